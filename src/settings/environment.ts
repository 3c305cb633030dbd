import { z } from 'zod';
import { LOG_LEVELS } from '../log/pino-log';
import { flag, GUID_EXAMPLE, guid, hosts, secret, url, word } from '../model/setting-schemas';
import { type Fault, type SettingNames, type SettingsPart, setting, type ValuesOf } from '../model/settings-part';
import { REDACTION_MODES } from '../redact/kinds';
import { PLACES } from '../vendors/kit/places';
import { VENDOR_MODULES, VENDORS } from '../vendors/registry';

/** Places that a route can be proven to stay in. */
const RESIDENCIES = PLACES.filter((place) => place !== 'global');

/** dejiren's own settings, and the platforms'. */
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
  DATABASE_URL: setting(
    word.regex(/^sqlite:.+/u).optional(),
    'must be sqlite: and a path; PostgreSQL is not in this version',
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
  DEJIREN_NOTICE_FIRST: setting(flag.default(false), 'must be true or false', 'true'),
  DEJIREN_VENDOR: setting(z.enum(VENDORS).optional(), `must be one of ${VENDORS.join(', ')}`, 'openai'),
  DEJIREN_FALLBACK: setting(
    word
      .transform((value) => value.split(/[\s,]+/u).filter((vendor) => vendor !== ''))
      .pipe(z.array(z.enum(VENDORS)).max(VENDORS.length))
      .default([]),
    `must be a list of vendors with commas between, of ${VENDORS.join(', ')}`,
    'bedrock, openai',
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
  DEJIREN_EGRESS_HOSTS: setting(
    hosts.default([]),
    'must be a list of hosts with commas between',
    'llm.example.com, 127.0.0.1:8080',
  ),
  DEJIREN_RESIDENCY: setting(
    z.enum(RESIDENCIES).optional(),
    `must be a place that can be proven: ${RESIDENCIES.join(', ')}`,
    'jp',
  ),
  DEJIREN_NOTICE_CHECK: setting(flag.default(true), 'must be true or false', 'false'),
  DEJIREN_ADMIN_TOKEN: setting(
    secret(16).optional(),
    'must have at least 16 characters',
    'the output of: openssl rand -hex 24',
  ),
  DEJIREN_CONFIG: setting(word.min(1).optional(), 'must be the path of a YAML file', './dejiren.yaml'),
  DEJIREN_LANGUAGE: setting(z.enum(['en', 'ja']).default('en'), 'must be en or ja', 'ja'),
  DEJIREN_LOCAL: setting(flag.optional(), 'must be true or false', 'true'),
  LOG_LEVEL: setting(z.enum(LOG_LEVELS).default('info'), `must be one of ${LOG_LEVELS.join(', ')}`, 'info'),
  SLACK_BOT_TOKEN: setting(
    secret(5, /^(xapp|xoxp|xoxe)[.-]/u).optional(),
    'must be the Bot User OAuth Token, no other kind',
    'xoxb-…',
  ),
  SLACK_SIGNING_SECRET: setting(
    secret(5).optional(),
    'must be the Signing Secret of Basic Information',
    '32 hexadecimal digits',
  ),
  SLACK_APP_TOKEN: setting(
    secret(5, /^xox/u).optional(),
    'must be an App-Level Token with connections:write, no other kind',
    'xapp-…',
  ),
  SLACK_API_URL: setting(
    url.default('https://slack.com/api/'),
    'must be an http or https address',
    'https://slack.com/api/',
  ),
  MicrosoftAppId: setting(guid.optional(), 'must be the Microsoft App ID of the bot', GUID_EXAMPLE),
  MicrosoftAppPassword: setting(secret(8).optional(), 'must be a client secret of the app', 'the Value of the secret'),
  MicrosoftAppType: setting(
    z.enum(['SingleTenant', 'UserAssignedMSI', 'MultiTenant']).default('SingleTenant'),
    'must be SingleTenant, UserAssignedMSI or MultiTenant',
    'SingleTenant',
  ),
  MicrosoftAppTenantId: setting(guid.optional(), 'must be the id of the app’s tenant', GUID_EXAMPLE),
  DEJIREN_TEAMS_CERTIFICATE: setting(
    word.min(1).optional(),
    'must be the path of a PEM file with the certificate and its private key',
    './teams.pem',
  ),
  DEJIREN_TEAMS_TENANTS: setting(
    word
      .transform((value) => value.split(/[\s,]+/u).filter((tenant) => tenant !== ''))
      .pipe(z.array(guid).max(1_000))
      .default([]),
    'must be a list of tenant ids with commas between',
    GUID_EXAMPLE,
  ),
  DEJIREN_TEAMS_SERVICE_HOSTS: setting(
    hosts.default([]),
    'must be a list of hosts with commas between',
    'smba.teams.sovcloud-core.fr',
  ),
  DEJIREN_TEAMS_HISTORY: setting(flag.default(false), 'must be true or false', 'true'),
  DEJIREN_TEAMS_GRAPH_URL: setting(
    url.optional(),
    'must be the address of Microsoft Graph in the bot’s cloud',
    'https://dod-graph.microsoft.us',
  ),
  DEJIREN_TEAMS_INSECURE_LOOPBACK: setting(flag.default(false), 'must be true or false', 'true'),
  ToBotFromChannelOpenIdMetadataUrl: setting(
    url.default('https://login.botframework.com/v1/.well-known/openidconfiguration'),
    'must be an http or https address',
    'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
  ),
  ToBotFromChannelTokenIssuer: setting(
    word.min(1).default('https://api.botframework.com'),
    'must be the issuer of the channel’s tokens',
    'https://api.botframework.us',
  ),
  ToChannelFromBotLoginUrl: setting(
    url.optional(),
    'must be an http or https address',
    'https://login.microsoftonline.us/TENANT',
  ),
  ToChannelFromBotOAuthScope: setting(
    word.min(1).default('https://api.botframework.com'),
    'must be what the bot’s tokens are for',
    'https://api.botframework.us',
  ),
} as const satisfies SettingNames;

/** What is read of dejiren's own settings. The values of the parts' settings stand beside them, for the parts to read. */
export type Environment = ValuesOf<typeof OWN>;

/** The settings that the vendors bring along. */
export const PARTS: readonly SettingsPart[] = VENDOR_MODULES.map(({ settings }) => settings);

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
