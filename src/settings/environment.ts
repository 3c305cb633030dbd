import { z } from 'zod';
import { PLATFORM_MODULES } from '../../adapters/registry';
import { LOG_LEVELS } from '../log/pino-log';
import { flag, hosts, publicUrl, secret, word } from '../model/setting-schemas';
import { type Fault, type SettingNames, type SettingsPart, setting, type ValuesOf } from '../model/settings-part';
import { REDACTION_MODES } from '../redact/kinds';
import { ALL_RESIDENCIES } from '../vendors/kit/residency';
import { VENDOR_MODULES, VENDORS } from '../vendors/registry';

/** Places that a route can be proven to stay in. */
const RESIDENCIES = ALL_RESIDENCIES.filter((place) => place !== 'global');

/** dejiren's own settings. */
const OWN = {
  HOST: setting(word.min(1).max(255).default('127.0.0.1'), 'must be an address to listen on', '127.0.0.1'),
  PORT: setting(
    z
      .string()
      .regex(/^\d{1,5}$/u)
      .transform(Number)
      .pipe(z.number().max(65_535))
      .default(3000),
    'must be a port from 0 to 65535',
    '3000',
  ),
  DEJIREN_PUBLIC_URL: setting(
    publicUrl.optional(),
    'must be the https address at which people reach dejiren, without ? or #',
    'https://dejiren.example.com',
  ),
  DATABASE_URL: setting(
    word.regex(/^sqlite:.+/u).optional(),
    'must be sqlite: followed by a path; this version does not support PostgreSQL',
    'sqlite:./.dejiren/dejiren.db',
  ),
  DEJIREN_DATA_DIR: setting(word.min(1).default('./.dejiren'), 'must be a folder', './.dejiren'),
  DEJIREN_SECRET: setting(
    secret(32).optional(),
    'must have at least 32 characters',
    'the output of: openssl rand -base64 32',
  ),
  DEJIREN_SIGNING_KEY: setting(
    z
      .string()
      .regex(/^[1-9]\d?$/u)
      .default('1')
      .transform(Number),
    'must be the number of the signing key, from 1 to 99',
    '2',
  ),
  DEJIREN_CONTROLLER_NAME: setting(
    word.max(200).optional(),
    'must be the name of your organisation, at most 200 characters',
    'Example Bank, Ltd.',
  ),
  DEJIREN_CONTROLLER_CONTACT: setting(
    word.max(200).optional(),
    'must be an address that people can write to, at most 200 characters',
    'privacy@example.com',
  ),
  DEJIREN_CONSENT_MODE: setting(z.enum(['opt-in', 'opt-out']).default('opt-in'), 'must be opt-in or opt-out', 'opt-in'),
  DEJIREN_NOTICE_FIRST: setting(flag.default(true), 'must be true or false', 'false'),
  DEJIREN_VENDOR: setting(z.enum(VENDORS).optional(), `must be one of ${VENDORS.join(', ')}`, 'openai'),
  DEJIREN_FALLBACK: setting(
    word
      .transform((value) => value.split(/[\s,]+/u).filter((vendor) => vendor !== ''))
      .pipe(z.array(z.enum(VENDORS)).max(VENDORS.length))
      .default([]),
    `must be a comma-separated list of vendors: ${VENDORS.join(', ')}`,
    VENDORS.slice(0, 2).join(', '),
  ),
  DEJIREN_CONTEXT: setting(
    z.enum(['own', 'consented', 'none']).default('own'),
    'must be own, consented or none',
    'own',
  ),
  DEJIREN_REDACTION: setting(
    z.enum(REDACTION_MODES).optional(),
    `must be one of ${REDACTION_MODES.join(', ')}`,
    'mask',
  ),
  DEJIREN_LINKS: setting(z.enum(['visible', 'plain']).default('visible'), 'must be visible or plain', 'plain'),
  DEJIREN_EGRESS_HOSTS: setting(
    hosts.default([]),
    'must be a comma-separated list of hosts',
    'llm.example.com, 127.0.0.1:8080',
  ),
  DEJIREN_RESIDENCY: setting(z.enum(RESIDENCIES).optional(), `must be one of ${RESIDENCIES.join(', ')}`, 'jp'),
  DEJIREN_NOTICE_CHECK: setting(flag.default(true), 'must be true or false', 'false'),
  DEJIREN_ADMIN_TOKEN: setting(
    secret(16).optional(),
    'must have at least 16 characters',
    'the output of: openssl rand -hex 24',
  ),
  DEJIREN_CONFIG: setting(word.min(1).optional(), 'must be the path of a YAML file', './dejiren.yaml'),
  DEJIREN_LANGUAGE: setting(z.enum(['en', 'ja']).default('en'), 'must be en or ja', 'ja'),
  LOG_LEVEL: setting(z.enum(LOG_LEVELS).default('info'), `must be one of ${LOG_LEVELS.join(', ')}`, 'info'),
} as const satisfies SettingNames;

/** What is read of dejiren's own settings. The values of the parts' settings stand beside them, for the parts to read. */
export type Environment = ValuesOf<typeof OWN>;

/** The settings that the platforms and the vendors bring along. */
export const PARTS: readonly SettingsPart[] = [...PLATFORM_MODULES, ...VENDOR_MODULES].map(({ settings }) => settings);

/** Every setting that is read from the environment. `.env.example` holds the same names. */
export const ENVIRONMENT: SettingNames = Object.assign({}, OWN, ...PARTS.map(({ names }) => names));

/** Parses every setting. One that is wrong is a fault, and counts as if it were not there. */
export function parseEnvironment(given: Readonly<Record<string, string | undefined>>, fault: Fault): Environment {
  const values: Record<string, unknown> = {};
  for (const [name, { schema, must }] of Object.entries(ENVIRONMENT)) {
    const raw = given[name]?.trim();
    const parsed = schema.safeParse(raw === '' ? undefined : raw);
    if (!parsed.success) fault(name, must);
    values[name] = parsed.success ? parsed.data : schema.safeParse(undefined).data;
  }
  return values as Environment;
}
