import { isAbsolute, join, resolve } from 'node:path';
import { parse as parseDotenv } from 'dotenv';
import { Secret } from '../model/secret';
import type { Fault } from '../model/settings-part';
import { parseConfigFile, refuseForeignChoices, refuseForeignPresidio } from './config-file';
import { ENVIRONMENT, parseEnvironment } from './environment';
import { isAskedFor, platformsOf } from './platform-settings';
import { foreignProxies, proxyOf } from './proxies';
import { refuseForeignHosts, refuseUnprovenRoutes } from './routes-out';
import { type SettingFault, type Settings, SettingsError } from './settings';
import { unknownNames } from './unknown-names';
import { vendorsOf } from './vendor-settings';

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
  const fault: Fault = (name, problem, example = ENVIRONMENT[name]?.example ?? '') => {
    // What follows from a setting's first fault is not told as well.
    if (!faults.some((one) => one.name === name)) faults.push({ name, problem, example });
  };
  const path = (name: string): string => (isAbsolute(name) ? name : resolve(workingDir, name));
  const read = (name: string): string | undefined => {
    try {
      return readFile(path(name));
    } catch {
      return undefined;
    }
  };

  const given = { ...parseDotenv(read('.env') ?? ''), ...environment };
  const env = parseEnvironment(given, fault);
  faults.push(...unknownNames(given), ...foreignProxies(given, env.DEJIREN_EGRESS_HOSTS));

  const configSource = env.DEJIREN_CONFIG === undefined ? undefined : read(env.DEJIREN_CONFIG);
  if (env.DEJIREN_CONFIG !== undefined && configSource === undefined)
    fault('DEJIREN_CONFIG', 'points to a file that cannot be read');
  const file = parseConfigFile(configSource);
  if ('faults' in file) faults.push(...file.faults);

  const around = { host: env.HOST, readFile: read, onPlatform: isAskedFor(given) };
  const platforms = platformsOf(env, fault, around);
  const vendors = vendorsOf(env, { fault, around, onPlatform: around.onPlatform });
  refuseForeignHosts(env, fault);
  refuseUnprovenRoutes(env.DEJIREN_RESIDENCY, vendors.setUp, fault);
  if ('config' in file) {
    refuseForeignChoices(file.config, vendors.setUp, faults);
    refuseForeignPresidio(file.config, env.DEJIREN_EGRESS_HOSTS, faults);
  }
  if (faults.length > 0 || 'faults' in file) throw new SettingsError(faults);

  const dataDir = path(env.DEJIREN_DATA_DIR);
  const { config } = file;
  return freeze({
    http: { host: env.HOST, port: env.PORT },
    publicUrl: env.DEJIREN_PUBLIC_URL,
    dataDir,
    databasePath:
      env.DATABASE_URL === undefined ? join(dataDir, 'dejiren.db') : path(env.DATABASE_URL.slice('sqlite:'.length)),
    secret: env.DEJIREN_SECRET,
    logLevel: env.LOG_LEVEL,
    language: env.DEJIREN_LANGUAGE,
    platforms,
    vendors,
    consent: {
      mode: env.DEJIREN_CONSENT_MODE,
      noticeFirst: env.DEJIREN_NOTICE_FIRST,
      ...config.consent,
    },
    controller: {
      name: env.DEJIREN_CONTROLLER_NAME ?? (config.controller.name || undefined),
      contact: env.DEJIREN_CONTROLLER_CONTACT ?? (config.controller.contact || undefined),
    },
    signingKey: env.DEJIREN_SIGNING_KEY,
    tenants: config.tenants,
    redaction: {
      ...config.redaction,
      mode: env.DEJIREN_REDACTION ?? config.redaction.mode,
      presidio: config.redaction.presidio,
    },
    context: env.DEJIREN_CONTEXT,
    egressHosts: env.DEJIREN_EGRESS_HOSTS,
    proxy: proxyOf(given, env.DEJIREN_EGRESS_HOSTS),
    residency: env.DEJIREN_RESIDENCY,
    adminToken: env.DEJIREN_ADMIN_TOKEN,
    noticeCheck: env.DEJIREN_NOTICE_CHECK,
    limits: config.limits,
    links: env.DEJIREN_LINKS,
    linkHosts: config.linkHosts,
    instructions: config.instructions,
  });
}

/** Freezes settings all the way down, secrets excepted: they cannot be changed anyway. */
function freeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !(value instanceof Secret) && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) freeze(inner);
  }
  return value;
}
