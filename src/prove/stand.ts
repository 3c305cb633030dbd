import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StartedVendor } from './doubles/vendor-double';
import type { Script } from './doubles/vendor-script';
import { VENDOR_DOUBLES } from './doubles/vendors';
import type { Counts } from './judge/consent-model';
import type { VendorRequest } from './judge/evidence';
import { faultsOnTheWire, lastTurn } from './judge/wire';
import type { Case, Door, ProvenVendor } from './plan/matrix';
import { fits, type StandPlan } from './plan/stand-plan';
import { asideOf, type Conduct, conductOf, heldConduct } from './play/conduct';
import { PLAYED_DOORS } from './play/platforms';
import type { Platform } from './play/seat';
import { type Canaries, caseIdOf, type Field } from './watch/canaries';

/** The doubles that stand around the program in one run, and the settings that lead it to them. */
export interface Stand {
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly adminToken: string;
  /** `127.0.0.1:PORT` of everything that may be connected to. */
  readonly services: ReadonlySet<string>;
  readonly platforms: ReadonlyMap<Door, Platform>;
  conduct(one: Case): Conduct;
  counts(): Counts;
  exchanged(one: Case): boolean;
  requests(): readonly VendorRequest[];
  close(): Promise<void>;
}

/** What the environment asks for in hostile surroundings: that everything be printed. */
export const HOSTILE: Readonly<Record<string, string>> = {
  DEBUG: '*',
  NODE_DEBUG: '*',
  OPENAI_LOG: 'debug',
  SLACK_LOG_LEVEL: 'debug',
  AZURE_LOG_LEVEL: 'verbose',
  GOOGLE_SDK_NODE_LOGGING: 'all',
  LOG_LEVEL: 'trace',
};

export interface StandWish {
  readonly plan: StandPlan;
  readonly canaries: Canaries;
  readonly vendors: readonly ProvenVendor[];
  readonly doors: readonly Door[];
  /** The operator's own; undefined: those that try the most. */
  readonly settings: Readonly<Record<string, string>> | undefined;
  /** For what is loaded before the program. */
  readonly extra: Readonly<Record<string, string>>;
  readonly folder: string;
}

/** A vendor that stands around the program. */
type PlayedVendor = StartedVendor & { readonly vendor: ProvenVendor };

export async function buildStand(wish: StandWish): Promise<Stand> {
  const { plan, canaries, vendors, doors, settings, extra } = wish;
  let secretCount = 0;
  const secret = (): string => canaries.of('secret', caseIdOf(secretCount++)).word;
  const doubles = await Promise.all(
    vendors.map(async (vendor) => ({ vendor, ...(await VENDOR_DOUBLES[vendor].start(secret)) })),
  );
  const platforms = await startPlatforms(plan, doors, canaries, secret);
  const conducts = conductsOf(plan, canaries);
  const begun = new Map(vendors.map((vendor) => [vendor, new Map<number, number>()]));
  let order = 0;
  const attempts = new Map<string, number>();
  for (const { vendor, fake } of doubles)
    fake.choose((body) => {
      const script = scriptFor(vendor, body, { canaries, conducts, attempts });
      order += 1;
      if (script?.kind === 'answer') begun.get(vendor)?.set(fake.requests.length - 1, order);
      return script;
    });

  const adminToken = secret();
  const all = [...new Set(platforms.values())];
  const env = {
    DEJIREN_VENDOR: vendors[0] ?? 'preview',
    DEJIREN_LOCAL: 'false',
    ...(settings ?? trialSettings(wish, all)),
    DEJIREN_EGRESS_HOSTS: '127.0.0.1',
    DEJIREN_ADMIN_TOKEN: adminToken,
    DEJIREN_NOTICE_CHECK: 'false',
    ...Object.assign({}, ...doubles.map((one) => one.env), ...all.map((one) => one.env)),
    ...(plan.surroundings === 'hostile' && HOSTILE),
    ...extra,
  };
  const ports = [...all.flatMap((one) => one.ports), ...doubles.map(({ fake }) => Number(new URL(fake.origin).port))];
  return {
    env,
    secrets: [
      'DEJIREN_ADMIN_TOKEN',
      'DEJIREN_SECRET',
      ...doubles.flatMap((one) => one.secrets),
      ...all.flatMap((one) => one.secrets),
    ],
    adminToken,
    services: new Set(ports.map((port) => `127.0.0.1:${port}`)),
    platforms,
    conduct(one) {
      const found = conducts.get(one.id);
      if (found === undefined) throw new Error(`no such case: ${one.id}`);
      return found;
    },
    counts: () => Object.fromEntries(doubles.map(({ vendor, fake }) => [vendor, fake.requests.length])),
    exchanged: (one) => isOver(doubles, one, canaries),
    requests: () => doubles.flatMap((double) => requestsOf(double, begun.get(double.vendor) ?? new Map())),
    async close() {
      await Promise.all([...all.map((one) => one.close()), ...doubles.map(({ fake }) => fake.close())]);
    },
  };
}

const ASIDE: ReadonlySet<Field> = new Set(['early-prompt', 'stranger', 'late-prompt']);

interface ScriptParts {
  readonly canaries: Canaries;
  readonly conducts: ReadonlyMap<string, Conduct>;
  readonly attempts: Map<string, number>;
}

/** By what is asked now: the case's own conduct, or a short answer to something else. */
function scriptFor(
  vendor: ProvenVendor,
  body: string,
  { canaries, conducts, attempts }: ScriptParts,
): Script | undefined {
  const asked = canaries.namedIn(lastTurn(body));
  const question = asked.find(({ field }) => field === 'prompt');
  if (question !== undefined) {
    const key = `${vendor} ${question.caseId}`;
    const attempt = attempts.get(key) ?? 0;
    attempts.set(key, attempt + 1);
    return conducts.get(question.caseId)?.script(vendor, attempt);
  }
  const aside = asked.find(({ field }) => ASIDE.has(field));
  return aside === undefined ? undefined : asideOf({ id: aside.caseId }, canaries);
}

/** What gives a leak the most to leak: everybody's words as context, every vendor as a fallback, short waits. */
function trialSettings(
  { vendors, folder, plan }: StandWish,
  platforms: readonly Platform[],
): Readonly<Record<string, string>> {
  const path = join(folder, 'prove.yaml');
  const blocked = plan.cases.filter(({ scene }) => scene === 'blocked-place');
  const tenants = platforms.flatMap(({ tenant, conversationOf, doors }): (readonly [string, object])[] => {
    const here = blocked.filter(({ door }) => doors.includes(door));
    if (tenant === undefined || here.length === 0) return [];
    const channels = here.map(({ id, place }) => [conversationOf(id, place), { blocks: [{ vendor: '*' }] }] as const);
    return [[tenant, { channels: Object.fromEntries(channels) }]];
  });
  const config = {
    limits: { firstDeltaSeconds: 20, betweenDeltasSeconds: 2 },
    consent: { admitExternals: plan.mode === 'opt-out' },
    tenants: Object.fromEntries(tenants),
  };
  writeFileSync(path, JSON.stringify(config));
  return {
    DEJIREN_CONFIG: path,
    DEJIREN_CONSENT_MODE: plan.mode,
    DEJIREN_FALLBACK: vendors.join(','),
    DEJIREN_CONTEXT: 'consented',
  };
}

async function startPlatforms(
  plan: StandPlan,
  doors: readonly Door[],
  canaries: Canaries,
  secret: () => string,
): Promise<ReadonlyMap<Door, Platform>> {
  const platforms = new Map<Door, Platform>();
  for (const door of doors.filter((one) => fits(one, plan)))
    platforms.set(door, await PLAYED_DOORS[door].start(canaries, secret));
  return platforms;
}

function conductsOf({ cases, cutShort }: StandPlan, canaries: Canaries): ReadonlyMap<string, Conduct> {
  return new Map([
    ...cases.map((one) => [one.id, conductOf(one, canaries)] as const),
    ...cutShort.map((one) => [one.id, heldConduct(one, canaries)] as const),
  ]);
}

function isOver(doubles: readonly PlayedVendor[], one: Case, canaries: Canaries): boolean {
  const { word } = canaries.of('prompt', one.id);
  const mine = doubles
    .find(({ vendor }) => vendor === one.vendor)
    ?.fake.requests.filter(({ rawBody }) => rawBody.includes(word));
  return mine !== undefined && mine.length > 0 && mine.every(({ isOver }) => isOver());
}

/** The heads without this vendor's own key, which has to be there. */
function requestsOf(
  { vendor, fake, env, secrets, promise }: PlayedVendor,
  begun: ReadonlyMap<number, number>,
): readonly VendorRequest[] {
  const own = secrets.flatMap((name) => env[name] ?? []);
  return fake.requests.map(({ method, rawBody, headers, path }, index) => {
    const head = own.reduce((words, key) => words.replaceAll(key, ''), `${path} ${JSON.stringify(headers)}`);
    const faults = faultsOnTheWire({ method, path, headers, body: rawBody }, promise);
    return { vendor, index, body: rawBody, head, faults, answered: begun.get(index) };
  });
}
