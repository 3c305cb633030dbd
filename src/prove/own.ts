import { isAbsolute, resolve } from 'node:path';
import { parse as parseDotenv } from 'dotenv';
import { parseConfigFile } from '../settings/config-file';
import { ENVIRONMENT, PARTS } from '../settings/environment';
import { VENDOR_DOUBLES } from './doubles/vendors';
import { DOINGS, type Door, OPT_OUTS, OUTCOMES, type Scene, VENDORS } from './plan/matrix';
import type { Available } from './plan/stand-plan';

/** The operator's own settings, as far as a trial on this machine can take them over. */
export interface Own {
  readonly settings: Readonly<Record<string, string>>;
  readonly available: Available;
  /** What was not taken over, or is therefore not tried. */
  readonly leftOut: readonly string[];
}

export interface OwnSource {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDir: string;
  readFile(path: string): string | undefined;
}

/** Addresses, secrets and folders: the doubles have their own, and real ones must not be called. */
const REPLACED =
  /^(HOST|PORT|DATABASE_URL|DEJIREN_(DATA_DIR|SECRET|ADMIN_TOKEN|EGRESS_HOSTS|NOTICE_CHECK|CONFIG|TEAMS_.*)|SLACK_.*|Microsoft.*|To(Bot|Channel).*)$/u;

/** What vendors and platforms bring along is replaced as well, but for what their doubles keep. */
const BROUGHT: ReadonlySet<string> = new Set(PARTS.flatMap(({ names }) => Object.keys(names)));
const KEPT: ReadonlySet<string> = new Set(VENDORS.flatMap((vendor) => VENDOR_DOUBLES[vendor].keeps));
const isReplaced = (name: string): boolean => !KEPT.has(name) && (BROUGHT.has(name) || REPLACED.test(name));

/** The longest silence that the quick form waits for. */
const PATIENCE_SECONDS = 10;

/** Reads what an operator would start with: the environment, `.env` and the YAML file. */
export function ownSettings({ environment, workingDir, readFile }: OwnSource, form: 'quick' | 'full'): Own {
  const path = (name: string): string => (isAbsolute(name) ? name : resolve(workingDir, name));
  const given = { ...parseDotenv(readFile(path('.env')) ?? ''), ...environment };
  const has = (name: string): boolean => (given[name] ?? '').trim() !== '';
  const kept = Object.keys(ENVIRONMENT).filter((name) => has(name) && !isReplaced(name));
  const settings: Record<string, string> = Object.fromEntries(kept.map((name) => [name, given[name] ?? '']));
  const leftOut: string[] = [];

  if (has('DEJIREN_RESIDENCY')) {
    delete settings.DEJIREN_RESIDENCY;
    leftOut.push('DEJIREN_RESIDENCY: the addresses of doubles prove no region; the start checks it for the real ones');
  }
  const file = has('DEJIREN_CONFIG') ? path(given.DEJIREN_CONFIG ?? '') : undefined;
  if (file !== undefined) settings.DEJIREN_CONFIG = file;
  const config = parseConfigFile(file === undefined ? undefined : readFile(file));
  const silence = 'config' in config ? config.config.limits.betweenDeltasSeconds : 0;
  const waits = form === 'full' || silence <= PATIENCE_SECONDS;
  if (!waits) leftOut.push(`silence in mid-answer: your limit is ${silence} s; the full form waits for it`);

  const isOptOut = given.DEJIREN_CONSENT_MODE?.trim() === 'opt-out';
  const admits = 'config' in config && config.config.consent.admitExternals;
  leftOut.push(
    'a restart with a changed notice, and conversations that are forbidden: with settings of the trial alone',
  );

  const vendors = VENDORS.filter((vendor) => has(VENDOR_DOUBLES[vendor].setUpBy));
  if (vendors.length === 0) leftOut.push('a vendor: none is set up; an OpenAI-compatible one stands in for it');
  return {
    settings,
    available: {
      vendors: vendors.length === 0 ? ['openai-compatible'] : vendors,
      doors: doorsOf(has, given.DEJIREN_LOCAL),
      scenes: scenesOf(isOptOut, admits).filter((scene) => waits || scene !== 'timeout'),
      mode: isOptOut ? 'opt-out' : 'opt-in',
      admitsExternals: admits,
    },
    leftOut,
  };
}

/** What needs no settings of its own. Where a notice that is shown is enough, other scenes are played. */
function scenesOf(isOptOut: boolean, admitsExternals: boolean): readonly Scene[] {
  const outside: readonly Scene[] = ['guest', 'external'];
  const scenes: readonly Scene[] = isOptOut ? [...OUTCOMES, ...OPT_OUTS] : [...OUTCOMES, ...DOINGS];
  return scenes.filter(
    (scene) => scene !== 'blocked-place' && !(admitsExternals ? outside.includes(scene) : scene === 'opt-out-guest'),
  );
}

function doorsOf(has: (name: string) => boolean, local: string | undefined): readonly Door[] {
  const doors: Door[] = [];
  if (has('SLACK_BOT_TOKEN')) doors.push(has('SLACK_APP_TOKEN') ? 'slack-socket' : 'slack-http');
  if (has('MicrosoftAppId') || has('DEJIREN_TEAMS_INSECURE_LOOPBACK')) doors.push('teams');
  if (local === 'true' || (doors.length === 0 && local !== 'false')) doors.push('local');
  return doors;
}
