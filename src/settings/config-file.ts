import { parse } from 'yaml';
import { z } from 'zod';
import { hostAllowed } from '../kit/hosts';
import { KINDS, REDACTION_MODES } from '../redact/kinds';
import { type SetUp, VENDORS, type Vendor } from '../vendors/registry';
import type { ScopeSettings, SettingFault } from './settings';

const block = z.union([
  z.strictObject({ vendor: z.enum([...VENDORS, '*']) }),
  z.strictObject({ purpose: z.enum(['use', 'training']) }),
]);
const blocks = z.array(block).max(100).default([]);
const place = {
  blocks,
  vendor: z.enum(VENDORS).optional(),
  models: z.partialRecord(z.enum(VENDORS), z.string().min(1).max(200)).default({}),
  instructions: z.string().max(8_000).default(''),
};
const count = (fallback: number, most = 1_000_000) => z.number().int().min(1).max(most).default(fallback);

const limits = z.strictObject({
  personPerHour: count(300),
  tenantPerHour: count(10_000, 10_000_000),
  questionCharacters: count(32_000),
  files: z.number().int().min(0).max(10).default(5),
  fileMegabytes: count(5, 20),
  fileCharacters: count(100_000),
  answerCharacters: count(100_000),
  contextMessages: z.number().int().min(0).max(200).default(20),
  contextCharacters: count(24_000),
  memoryTurns: z.number().int().min(0).max(50).default(8),
  memoryMinutes: count(15, 60),
  turnsAtOnce: count(600, 10_000),
  turnsWaiting: count(5_000, 100_000),
  silenceSeconds: count(60, 600),
  firstDeltaSeconds: count(300, 600),
  betweenDeltasSeconds: count(30, 600),
  answerSeconds: count(600, 3_600),
});

const redaction = z.strictObject({
  mode: z.enum(REDACTION_MODES).default('mask'),
  without: z.array(z.enum(KINDS)).default([]),
  names: z.boolean().default(false),
  presidio: z
    .strictObject({
      url: z.url({ protocol: /^https?$/ }),
      languages: z
        .array(z.string().regex(/^[a-z]{2,3}$/u))
        .min(1)
        .max(5)
        .default(['en']),
      timeoutMs: count(3_000, 30_000),
      scoreThreshold: z.number().min(0).max(1).default(0.5),
    })
    .optional(),
});
const label = z.string().trim().max(200).default('');

const schema = z.strictObject({
  controller: z.strictObject({ name: label, contact: label }).prefault({}),
  consent: z.strictObject({ grantDays: count(365, 3_650), admitExternals: z.boolean().default(false) }).prefault({}),
  tenants: z
    .record(
      z.string(),
      z.strictObject({
        consentMode: z.enum(['opt-in', 'opt-out']).optional(),
        redaction: z.enum(REDACTION_MODES).optional(),
        ...place,
        channels: z.record(z.string(), z.strictObject(place)).default({}),
      }),
    )
    .default({}),
  redaction: redaction.prefault({}),
  limits: limits.prefault({}),
  linkHosts: z
    .array(z.string().regex(/^(\*\.)?[\w.-]+$/u))
    .max(1_000)
    .default([]),
  instructions: z.string().max(8_000).default(''),
});

/** What the optional YAML file says. Its keys are explained in `docs/operating.md`. */
export type ConfigFile = z.output<typeof schema>;

/** Reads the file's text, or gives the defaults where there is none. Faults name the key, never its value. */
export function parseConfigFile(source: string | undefined): { config: ConfigFile } | { faults: SettingFault[] } {
  const fault = (problem: string): SettingFault => ({
    name: 'DEJIREN_CONFIG',
    problem,
    example: 'limits: { personPerHour: 100 }',
  });
  let content: unknown;
  try {
    content = source === undefined ? {} : (parse(source, { logLevel: 'error' }) ?? {});
  } catch {
    return { faults: [fault('points to a file that is not valid YAML')] };
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return { config: parsed.data };
  return {
    faults: parsed.error.issues.map((issue) => {
      const place = issue.path.length === 0 ? 'the file' : issue.path.map(String).join('.');
      return fault(
        issue.code === 'unrecognized_keys'
          ? `has an unknown key in ${place}: ${issue.keys.join(', ')}`
          : `has an invalid value at ${place}`,
      );
    }),
  };
}

/** What people write may go to a Presidio of the organisation's only where its host may be called. */
export function refuseForeignPresidio(
  { redaction: { presidio } }: ConfigFile,
  egressHosts: readonly string[],
  faults: SettingFault[],
): void {
  if (presidio === undefined) return;
  const url = new URL(presidio.url);
  const problem =
    url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== ''
      ? 'has an address at redaction.presidio.url with more than a host and a path'
      : hostAllowed(url, egressHosts)
        ? undefined
        : 'names a host at redaction.presidio.url that is not in DEJIREN_EGRESS_HOSTS';
  if (problem !== undefined)
    faults.push({ name: 'DEJIREN_CONFIG', problem, example: `DEJIREN_EGRESS_HOSTS=${url.host}` });
}

/** A tenant or a channel can only be given what is set up, and models that stand in the settings of their vendor. */
export function refuseForeignChoices({ tenants }: ConfigFile, setUp: SetUp, faults: SettingFault[]): void {
  const example = 'tenants: { T0123456789: { vendor: openai, models: { openai: gpt-5 } } }';
  const look = (at: string, { vendor, models }: ScopeSettings): void => {
    if (vendor !== undefined && setUp[vendor] === undefined)
      faults.push({ name: 'DEJIREN_CONFIG', problem: `names ${vendor} at ${at}.vendor, which is not set up`, example });
    for (const [name, model] of Object.entries(models) as [Vendor, string][])
      if (setUp[name]?.models.includes(model) !== true)
        faults.push({
          name: 'DEJIREN_CONFIG',
          problem: `names a model at ${at}.models.${name} that is not listed in the settings of ${name}`,
          example,
        });
  };
  for (const [id, tenant] of Object.entries(tenants)) {
    look(`tenants.${id}`, tenant);
    for (const [channel, settings] of Object.entries(tenant.channels))
      look(`tenants.${id}.channels.${channel}`, settings);
  }
}
