import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Canaries, caseIdOf } from './canaries';
import { type Conduct, conductOf, heldConduct } from './conduct';
import type { Counts } from './drive';
import type { VendorRequest } from './evidence';
import { createLocalPlatform } from './local-platform';
import type { Case, Door, ProvenVendor, StandPlan } from './plan';
import type { Platform } from './seat';
import { startSlackPlatform } from './slack-platform';
import { startTeamsPlatform } from './teams-platform';
import { startVendorDouble, type VendorDouble } from './vendor-doubles';

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

export async function buildStand({
  plan,
  canaries,
  vendors,
  doors,
  settings,
  extra,
  folder,
}: StandWish): Promise<Stand> {
  let secretCount = 0;
  const secret = (): string => canaries.of('secret', caseIdOf(secretCount++)).word;
  const doubles = await Promise.all(vendors.map((vendor) => startVendorDouble(vendor, secret)));
  const platforms = await startPlatforms(plan, doors, secret);
  const conducts = conductsOf(plan, canaries);
  const byPrompt = new Map([...conducts].map(([id, { script }]) => [canaries.of('prompt', id).word, script]));
  for (const { fake } of doubles) fake.choose((body) => [...byPrompt].find(([word]) => body.includes(word))?.[1]);

  const adminToken = secret();
  const all = [...new Set(platforms.values())];
  const env = {
    DEJIREN_VENDOR: vendors[0] ?? 'preview',
    DEJIREN_LOCAL: 'false',
    ...(settings ?? trialSettings(vendors, folder)),
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
    requests: () => doubles.flatMap(requestsOf),
    async close() {
      await Promise.all([...all.map((one) => one.close()), ...doubles.map(({ fake }) => fake.close())]);
    },
  };
}

/** What gives a leak the most to leak: everybody's words as context, every vendor as a fallback, short waits. */
function trialSettings(vendors: readonly ProvenVendor[], folder: string): Readonly<Record<string, string>> {
  const config = join(folder, 'prove.yaml');
  writeFileSync(config, 'limits: { firstDeltaSeconds: 20, betweenDeltasSeconds: 2 }\n');
  return { DEJIREN_CONFIG: config, DEJIREN_FALLBACK: vendors.join(','), DEJIREN_CONTEXT: 'consented' };
}

async function startPlatforms(
  plan: StandPlan,
  doors: readonly Door[],
  secret: () => string,
): Promise<ReadonlyMap<Door, Platform>> {
  const platforms = new Map<Door, Platform>();
  const slack = `slack-${plan.slack}` as const;
  if (doors.includes(slack)) platforms.set(slack, await startSlackPlatform(plan.slack, secret));
  if (doors.includes('teams')) platforms.set('teams', await startTeamsPlatform(secret));
  if (doors.includes('local')) platforms.set('local', createLocalPlatform());
  return platforms;
}

function conductsOf({ cases, cutShort }: StandPlan, canaries: Canaries): ReadonlyMap<string, Conduct> {
  return new Map([
    ...cases.map((one) => [one.id, conductOf(one, canaries)] as const),
    ...cutShort.map((one) => [one.id, heldConduct(one, canaries)] as const),
  ]);
}

function isOver(doubles: readonly VendorDouble[], one: Case, canaries: Canaries): boolean {
  const { word } = canaries.of('prompt', one.id);
  const mine = doubles
    .find(({ vendor }) => vendor === one.vendor)
    ?.fake.requests.filter(({ rawBody }) => rawBody.includes(word));
  return mine !== undefined && mine.length > 0 && mine.every(({ isOver }) => isOver());
}

/** The heads without this vendor's own key, which has to be there. */
function requestsOf({ vendor, fake, env, secrets }: VendorDouble): readonly VendorRequest[] {
  const own = secrets.flatMap((name) => env[name] ?? []);
  return fake.requests.map(({ rawBody, headers, path }, index) => {
    const head = own.reduce((words, key) => words.replaceAll(key, ''), `${path} ${JSON.stringify(headers)}`);
    return { vendor, index, body: rawBody, head };
  });
}
