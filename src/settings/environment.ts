import { z } from 'zod';
import { LOG_LEVELS } from '../log/pino-log';
import { REDACTION_MODES } from '../redact/kinds';
import { VENDORS } from '../vendors/connector';
import { AZURE_DEPLOYMENT_TYPES, PLACES } from '../vendors/kit/places';
import { Secret } from './secret-value';

const word = z.string().trim();
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const secret = (least: number, not = /^$/u) =>
  word
    .min(least)
    .refine((value) => !not.test(value))
    .transform((value) => new Secret(value));
const url = z.url({ protocol: /^https?$/ });
const hosts = word
  .transform((value) => value.split(/[\s,]+/u).filter((host) => host !== ''))
  .pipe(z.array(z.string().regex(/^(\*\.)?(\[[0-9a-f:]+\]|[\w.-]+)(:\d{1,5})?$/iu)));

const guid = word.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu).transform((value) => value.toLowerCase());
const GUID_EXAMPLE = '00000000-0000-0000-0000-000000000000';

const models = word
  .transform((value) => value.split(',').map((model) => model.trim()))
  .pipe(z.tuple([z.string().min(1).max(200)], z.string().min(1).max(200)).refine(({ length }) => length <= 20));

/** How a setting is described to people: what it must be, and how it looks when it is right. */
interface Described {
  readonly schema: z.ZodType;
  readonly must: string;
  readonly example: string;
}

const described = <Schema extends z.ZodType>(schema: Schema, must: string, example: string) => ({
  schema,
  must,
  example,
});

/** Places that a route can be proven to stay in. */
const RESIDENCIES = PLACES.filter((place) => place !== 'global');

const MODELS_MUST = 'must be the name of a model, or several with commas between, the first of them the usual one';

/** Every setting that is read from the environment. `.env.example` holds the same names. */
export const ENVIRONMENT = {
  HOST: described(word.min(1).max(255).default('127.0.0.1'), 'must be an address to listen on', '127.0.0.1'),
  PORT: described(
    z
      .string()
      .regex(/^\d{1,5}$/u)
      .transform(Number)
      .pipe(z.number().max(65_535))
      .default(3000),
    'must be a port from 0 to 65535',
    '3000',
  ),
  DATABASE_URL: described(
    word.regex(/^sqlite:.+/u).optional(),
    'must be sqlite: and a path; PostgreSQL is not in this version',
    'sqlite:./.dejiren/dejiren.db',
  ),
  DEJIREN_DATA_DIR: described(word.min(1).default('./.dejiren'), 'must be a folder', './.dejiren'),
  DEJIREN_SECRET: described(
    secret(32).optional(),
    'must have at least 32 characters',
    'the output of: openssl rand -base64 32',
  ),
  DEJIREN_SIGNING_KEY: described(
    z
      .string()
      .regex(/^[1-9]\d?$/u)
      .default('1')
      .transform(Number),
    'must be the number of the signing key, from 1 to 99',
    '2',
  ),
  DEJIREN_CONTROLLER_NAME: described(
    word.max(200).optional(),
    'must be the name of your organisation, at most 200 characters',
    'Example Bank, Ltd.',
  ),
  DEJIREN_CONTROLLER_CONTACT: described(
    word.max(200).optional(),
    'must be an address that people can write to, at most 200 characters',
    'privacy@example.com',
  ),
  DEJIREN_CONSENT_MODE: described(
    z.enum(['opt-in', 'opt-out']).default('opt-in'),
    'must be opt-in or opt-out',
    'opt-in',
  ),
  DEJIREN_NOTICE_FIRST: described(flag.default(false), 'must be true or false', 'true'),
  DEJIREN_VENDOR: described(z.enum(VENDORS).optional(), `must be one of ${VENDORS.join(', ')}`, 'openai'),
  DEJIREN_FALLBACK: described(
    word
      .transform((value) => value.split(/[\s,]+/u).filter((vendor) => vendor !== ''))
      .pipe(z.array(z.enum(VENDORS)).max(VENDORS.length))
      .default([]),
    `must be a list of vendors with commas between, of ${VENDORS.join(', ')}`,
    'bedrock, openai',
  ),
  DEJIREN_CONTEXT: described(
    z.enum(['own', 'consented', 'none']).default('own'),
    'must be own, consented or none',
    'own',
  ),
  DEJIREN_REDACTION: described(
    z.enum(REDACTION_MODES).optional(),
    `must be one of ${REDACTION_MODES.join(', ')}`,
    'mask',
  ),
  DEJIREN_EGRESS_HOSTS: described(
    hosts.default([]),
    'must be a list of hosts with commas between',
    'llm.example.com, 127.0.0.1:8080',
  ),
  DEJIREN_RESIDENCY: described(
    z.enum(RESIDENCIES).optional(),
    `must be a place that can be proven: ${RESIDENCIES.join(', ')}`,
    'jp',
  ),
  DEJIREN_NOTICE_CHECK: described(flag.default(true), 'must be true or false', 'false'),
  DEJIREN_ADMIN_TOKEN: described(
    secret(16).optional(),
    'must have at least 16 characters',
    'the output of: openssl rand -hex 24',
  ),
  DEJIREN_CONFIG: described(word.min(1).optional(), 'must be the path of a YAML file', './dejiren.yaml'),
  DEJIREN_LANGUAGE: described(z.enum(['en', 'ja']).default('en'), 'must be en or ja', 'ja'),
  DEJIREN_LOCAL: described(flag.optional(), 'must be true or false', 'true'),
  LOG_LEVEL: described(z.enum(LOG_LEVELS).default('info'), `must be one of ${LOG_LEVELS.join(', ')}`, 'info'),
  SLACK_BOT_TOKEN: described(
    secret(5, /^(xapp|xoxp|xoxe)[.-]/u).optional(),
    'must be the Bot User OAuth Token, no other kind',
    'xoxb-…',
  ),
  SLACK_SIGNING_SECRET: described(
    secret(5).optional(),
    'must be the Signing Secret of Basic Information',
    '32 hexadecimal digits',
  ),
  SLACK_APP_TOKEN: described(
    secret(5, /^xox/u).optional(),
    'must be an App-Level Token with connections:write, no other kind',
    'xapp-…',
  ),
  SLACK_API_URL: described(
    url.default('https://slack.com/api/'),
    'must be an http or https address',
    'https://slack.com/api/',
  ),
  MicrosoftAppId: described(guid.optional(), 'must be the Microsoft App ID of the bot', GUID_EXAMPLE),
  MicrosoftAppPassword: described(
    secret(8).optional(),
    'must be a client secret of the app',
    'the Value of the secret',
  ),
  MicrosoftAppType: described(
    z.enum(['SingleTenant', 'UserAssignedMSI', 'MultiTenant']).default('SingleTenant'),
    'must be SingleTenant, UserAssignedMSI or MultiTenant',
    'SingleTenant',
  ),
  MicrosoftAppTenantId: described(guid.optional(), 'must be the id of the app’s tenant', GUID_EXAMPLE),
  DEJIREN_TEAMS_CERTIFICATE: described(
    word.min(1).optional(),
    'must be the path of a PEM file with the certificate and its private key',
    './teams.pem',
  ),
  DEJIREN_TEAMS_TENANTS: described(
    word
      .transform((value) => value.split(/[\s,]+/u).filter((tenant) => tenant !== ''))
      .pipe(z.array(guid).max(1_000))
      .default([]),
    'must be a list of tenant ids with commas between',
    GUID_EXAMPLE,
  ),
  DEJIREN_TEAMS_SERVICE_HOSTS: described(
    hosts.default([]),
    'must be a list of hosts with commas between',
    'smba.teams.sovcloud-core.fr',
  ),
  DEJIREN_TEAMS_HISTORY: described(flag.default(false), 'must be true or false', 'true'),
  DEJIREN_TEAMS_GRAPH_URL: described(
    url.optional(),
    'must be the address of Microsoft Graph in the bot’s cloud',
    'https://dod-graph.microsoft.us',
  ),
  DEJIREN_TEAMS_INSECURE_LOOPBACK: described(flag.default(false), 'must be true or false', 'true'),
  ToBotFromChannelOpenIdMetadataUrl: described(
    url.default('https://login.botframework.com/v1/.well-known/openidconfiguration'),
    'must be an http or https address',
    'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
  ),
  ToBotFromChannelTokenIssuer: described(
    word.min(1).default('https://api.botframework.com'),
    'must be the issuer of the channel’s tokens',
    'https://api.botframework.us',
  ),
  ToChannelFromBotLoginUrl: described(
    url.optional(),
    'must be an http or https address',
    'https://login.microsoftonline.us/TENANT',
  ),
  ToChannelFromBotOAuthScope: described(
    word.min(1).default('https://api.botframework.com'),
    'must be what the bot’s tokens are for',
    'https://api.botframework.us',
  ),
  OPENAI_API_KEY: described(secret(1).optional(), 'must be a key of an OpenAI project', 'sk-…'),
  OPENAI_BASE_URL: described(
    url.default('https://api.openai.com/v1'),
    'must be an http or https address',
    'https://jp.api.openai.com/v1',
  ),
  OPENAI_MODEL: described(models.prefault('gpt-5-mini'), MODELS_MUST, 'gpt-5-mini, gpt-5'),
  OPENAI_SHARES_FOR_TRAINING: described(flag.default(false), 'must be true or false', 'false'),
  AZURE_OPENAI_ENDPOINT: described(
    url.optional(),
    'must be the https address of the resource',
    'https://RESOURCE.openai.azure.com',
  ),
  AZURE_OPENAI_API_KEY: described(secret(1).optional(), 'must be a key of the resource', 'a key, or none for Entra ID'),
  AZURE_OPENAI_DEPLOYMENT: described(
    models.optional(),
    'must be the name of a deployment, or several with commas between, the first of them the usual one',
    'gpt-5-mini',
  ),
  OPENAI_API_VERSION: described(
    word
      .regex(/^(v1|\d{4}-\d{2}-\d{2}(-preview)?)$/u)
      .transform((version) => (version === 'v1' ? undefined : version))
      .optional(),
    'must be a dated version of the Azure API, or v1',
    '2024-10-21',
  ),
  AZURE_OPENAI_DEPLOYMENT_TYPE: described(
    z.enum(AZURE_DEPLOYMENT_TYPES).default('global'),
    `must be the kind of the deployments: ${AZURE_DEPLOYMENT_TYPES.join(', ')}`,
    'standard',
  ),
  AZURE_OPENAI_REGION: described(
    word
      .regex(/^[a-z0-9]+$/u)
      .max(40)
      .optional(),
    'must be the region of the resource as Azure writes it',
    'japaneast',
  ),
  GOOGLE_CLOUD_PROJECT: described(
    word.regex(/^[\w.:-]{1,64}$/u).optional(),
    'must be the id of a project',
    'my-project',
  ),
  GOOGLE_CLOUD_LOCATION: described(
    word
      .regex(/^[a-z0-9-]+$/u)
      .max(40)
      .optional(),
    'must be a location of Vertex AI',
    'asia-northeast1',
  ),
  VERTEX_MODEL: described(models.optional(), MODELS_MUST, 'gemini-2.5-flash'),
  VERTEX_BASE_URL: described(url.optional(), 'must be an http or https address', 'https://vertex-gateway.example.com'),
  VERTEX_SDK: described(
    z.enum(['vertexai', 'genai']).default('vertexai'),
    'must be vertexai (@google-cloud/vertexai) or genai (@google/genai)',
    'genai',
  ),
  AWS_REGION: described(
    word
      .regex(/^[a-z]{2,}(-[a-z]+)+-\d$/u)
      .max(40)
      .optional(),
    'must be a Region of AWS',
    'ap-northeast-1',
  ),
  BEDROCK_MODEL_ID: described(
    models.optional(),
    'must be the id of a model or an inference profile, or several with commas between, the first of them the usual one',
    'jp.anthropic.claude-sonnet-4-5-20250929-v1:0',
  ),
  BEDROCK_GUARDRAIL_ID: described(word.max(2_048).optional(), 'must be the id of a guardrail', 'gr-0123456789ab'),
  BEDROCK_GUARDRAIL_VERSION: described(
    word.regex(/^(DRAFT|[1-9]\d{0,7})$/u).optional(),
    'must be the version of the guardrail',
    '1',
  ),
  AWS_ENDPOINT_URL_BEDROCK_RUNTIME: described(
    url.optional(),
    'must be an http or https address',
    'https://vpce-0123.bedrock-runtime.ap-northeast-1.vpce.amazonaws.com',
  ),
  OPENAI_COMPATIBLE_BASE_URL: described(
    url.optional(),
    'must be an http or https address',
    'http://127.0.0.1:11434/v1',
  ),
  OPENAI_COMPATIBLE_API_KEY: described(
    secret(1).optional(),
    'must be the key of that server, if it wants one',
    'any word',
  ),
  OPENAI_COMPATIBLE_MODEL: described(models.optional(), MODELS_MUST, 'llama3.2'),
  OPENAI_COMPATIBLE_IMAGES: described(flag.default(false), 'must be true or false', 'true'),
} as const satisfies Record<string, Described>;

export type SettingName = keyof typeof ENVIRONMENT;
export type Environment = { readonly [Name in SettingName]: z.output<(typeof ENVIRONMENT)[Name]['schema']> };
