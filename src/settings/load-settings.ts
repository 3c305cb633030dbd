import { isAbsolute, join, resolve } from 'node:path';
import { parse as parseDotenv } from 'dotenv';
import { hostAllowed, KNOWN_HOSTS } from '../egress/hosts';
import { openAiRoute } from '../vendors/openai';
import { openAiCompatibleRoute } from '../vendors/openai-compatible';
import { parseConfigFile } from './config-file';
import { ENVIRONMENT, type Environment, type SettingName } from './environment';
import { Secret } from './secret-value';
import { type SettingFault, type Settings, SettingsError, type SlackSettings, type VendorSettings } from './settings';

/** Where the settings are read from. `readFile` gives undefined for a file that is not there. */
export interface SettingsSource {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDir: string;
  readFile(path: string): string | undefined;
}

/**
 * Reads the environment, `.env` (which never overrides it) and the optional YAML file, once. Throws a
 * `SettingsError` that tells every fault at once.
 */
export function loadSettings({ environment, workingDir, readFile }: SettingsSource): Settings {
  const faults: SettingFault[] = [];
  const fault = (name: SettingName, problem: string, example: string = ENVIRONMENT[name].example): void => {
    faults.push({ name, problem, example });
  };

  const given = { ...parseDotenv(readFile(join(workingDir, '.env')) ?? ''), ...environment };
  const env = parseEnvironment(given, fault);
  const path = (name: string): string => (isAbsolute(name) ? name : resolve(workingDir, name));

  let configSource: string | undefined;
  if (env.DEJIREN_CONFIG !== undefined) {
    configSource = readFile(path(env.DEJIREN_CONFIG));
    if (configSource === undefined) fault('DEJIREN_CONFIG', 'the file cannot be read');
  }
  const file = parseConfigFile(configSource);
  if ('faults' in file) faults.push(...file.faults);

  const slack = slackOf(env, fault);
  const local = env.DEJIREN_LOCAL ?? slack === undefined;
  if (local && !/^(127(\.\d+){3}|localhost|::1)$/u.test(env.HOST))
    fault('HOST', 'the local page is for this machine only and needs a loopback address', '127.0.0.1');
  const vendors = vendorsOf(env, slack !== undefined, fault);
  refuseForeignHosts(env, slack, vendors, fault);
  refuseUnprovenRegions(env, vendors, fault);
  if (faults.length > 0 || 'faults' in file) throw new SettingsError(faults);

  const dataDir = path(env.DEJIREN_DATA_DIR);
  const { config } = file;
  return freeze({
    http: { host: env.HOST, port: env.PORT },
    dataDir,
    databasePath:
      env.DATABASE_URL === undefined ? join(dataDir, 'dejiren.db') : path(env.DATABASE_URL.slice('sqlite:'.length)),
    secret: env.DEJIREN_SECRET,
    logLevel: env.LOG_LEVEL,
    language: env.DEJIREN_LANGUAGE,
    slack,
    local,
    vendors,
    consent: {
      mode: env.DEJIREN_CONSENT_MODE,
      noticeFirst: env.DEJIREN_NOTICE_FIRST,
      ...config.consent,
      tenants: config.tenants,
    },
    context: env.DEJIREN_CONTEXT,
    egressHosts: env.DEJIREN_EGRESS_HOSTS,
    residency: env.DEJIREN_RESIDENCY,
    limits: config.limits,
    linkHosts: config.linkHosts,
    instructions: config.instructions,
  });
}

type Fault = (name: SettingName, problem: string, example?: string) => void;

function parseEnvironment(given: Readonly<Record<string, string | undefined>>, fault: Fault): Environment {
  const values: Record<string, unknown> = {};
  for (const [name, { schema, must }] of Object.entries(ENVIRONMENT)) {
    const raw = given[name]?.trim();
    const parsed = schema.safeParse(raw === '' ? undefined : raw);
    if (!parsed.success) fault(name as SettingName, must);
    values[name] = parsed.success ? parsed.data : schema.safeParse(undefined).data;
  }
  return values as Environment;
}

function slackOf(env: Environment, fault: Fault): SlackSettings | undefined {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = env;
  if (botToken === undefined && appToken === undefined && signingSecret === undefined) return undefined;
  if (botToken === undefined) fault('SLACK_BOT_TOKEN', 'is missing, while other Slack settings are there');
  const apiUrl = env.SLACK_API_URL.endsWith('/') ? env.SLACK_API_URL : `${env.SLACK_API_URL}/`;
  if (appToken !== undefined && botToken !== undefined)
    return { connection: { mode: 'socket', appToken }, botToken, apiUrl };
  if (signingSecret !== undefined && botToken !== undefined)
    return { connection: { mode: 'http', signingSecret }, botToken, apiUrl };
  if (botToken !== undefined)
    fault('SLACK_APP_TOKEN', 'is missing: Slack needs it (Socket Mode), or SLACK_SIGNING_SECRET (HTTP)');
  return undefined;
}

function vendorsOf(env: Environment, onPlatform: boolean, fault: Fault): VendorSettings {
  const openai =
    env.OPENAI_API_KEY === undefined
      ? undefined
      : {
          apiKey: env.OPENAI_API_KEY,
          baseURL: env.OPENAI_BASE_URL,
          model: env.OPENAI_MODEL,
          sharesForTraining: env.OPENAI_SHARES_FOR_TRAINING,
        };
  const { OPENAI_COMPATIBLE_BASE_URL: baseURL, OPENAI_COMPATIBLE_MODEL: model } = env;
  if (baseURL !== undefined && model === undefined)
    fault('OPENAI_COMPATIBLE_MODEL', 'is missing, while OPENAI_COMPATIBLE_BASE_URL is there');
  if (baseURL === undefined && model !== undefined)
    fault('OPENAI_COMPATIBLE_BASE_URL', 'is missing, while OPENAI_COMPATIBLE_MODEL is there');
  const openaiCompatible =
    baseURL === undefined || model === undefined
      ? undefined
      : { apiKey: env.OPENAI_COMPATIBLE_API_KEY ?? new Secret('none'), baseURL, model };

  const wanted = env.DEJIREN_VENDOR;
  if (wanted === 'openai' && openai === undefined)
    fault('OPENAI_API_KEY', 'is missing, while DEJIREN_VENDOR is openai');
  if (wanted === 'openai-compatible' && baseURL === undefined)
    fault('OPENAI_COMPATIBLE_BASE_URL', 'is missing, while DEJIREN_VENDOR is openai-compatible');
  if (wanted === 'azure-openai' || wanted === 'vertex-ai' || wanted === 'bedrock')
    fault('DEJIREN_VENDOR', `${wanted} is not in this version; openai, openai-compatible and preview are`);
  if (wanted === undefined && openai !== undefined && openaiCompatible !== undefined)
    fault('DEJIREN_VENDOR', 'is missing, while several vendors are set up: say which one answers by default');

  const only = openai !== undefined ? 'openai' : openaiCompatible !== undefined ? 'openai-compatible' : undefined;
  return { default: wanted ?? only ?? (onPlatform ? 'preview' : 'auto'), openai, openaiCompatible };
}

function refuseForeignHosts(
  env: Environment,
  slack: SlackSettings | undefined,
  vendors: VendorSettings,
  fault: Fault,
): void {
  const allowed = [...KNOWN_HOSTS, ...env.DEJIREN_EGRESS_HOSTS];
  const check = (name: SettingName, address: string | undefined): void => {
    if (address === undefined) return;
    const url = new URL(address);
    if (!hostAllowed(url, allowed))
      fault(
        name,
        'leads to a host that is neither a known one nor in DEJIREN_EGRESS_HOSTS',
        `DEJIREN_EGRESS_HOSTS=${url.host}`,
      );
  };
  if (slack !== undefined) check('SLACK_API_URL', slack.apiUrl);
  check('OPENAI_BASE_URL', vendors.openai?.baseURL);
  check('OPENAI_COMPATIBLE_BASE_URL', vendors.openaiCompatible?.baseURL);
}

function refuseUnprovenRegions(env: Environment, { openai, openaiCompatible }: VendorSettings, fault: Fault): void {
  const { DEJIREN_RESIDENCY: residency } = env;
  if (residency === undefined) return;
  if (openai !== undefined && openAiRoute(openai).region !== residency)
    fault('OPENAI_BASE_URL', `cannot be proven to stay in ${residency}`, `https://${residency}.api.openai.com/v1`);
  if (openaiCompatible !== undefined && openAiCompatibleRoute(openaiCompatible).region !== residency)
    fault('OPENAI_COMPATIBLE_BASE_URL', `cannot be proven to stay in ${residency}`, 'DEJIREN_RESIDENCY=own-servers');
}

/** Freezes settings all the way down, secrets excepted: they cannot be changed anyway. */
function freeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !(value instanceof Secret) && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) freeze(inner);
  }
  return value;
}
