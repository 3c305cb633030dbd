import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { VENDOR_DOUBLES } from './doubles/vendors';
import { controls } from './judge/controls';
import type { Evidence } from './judge/evidence';
import type { Finding } from './judge/findings';
import { judge } from './judge/judge';
import type { Case, Door, ProvenVendor } from './plan/matrix';
import type { StandPlan } from './plan/stand-plan';
import { createNotebook } from './play/notebook';
import { beginAll, type Parts, playAfter, playAll, playBefore } from './play/play-cases';
import type { Heard } from './play/seat';
import { makeFolders, NotStarted, removeFolders, startTried, type Tried } from './program';
import { buildStand, type Stand } from './stand';
import { watchCalls } from './watch/calls';
import type { Canaries } from './watch/canaries';
import { lookIntoDatabases } from './watch/database';
import { watchFiles } from './watch/files';
import { watchKeys } from './watch/keys';
import { lookIntoMemory, type MemoryLook } from './watch/memory';
import { askAmiss, readPages } from './watch/pages';
import { createSearch } from './watch/search';

export interface RunWish {
  readonly main: string;
  readonly canaries: Canaries;
  readonly vendors: readonly ProvenVendor[];
  readonly doors: readonly Door[];
  readonly settings: Readonly<Record<string, string>> | undefined;
  /** Whether people from outside may agree; undefined: in opt-out alone. */
  readonly admitsExternals?: boolean;
  readonly extra: Readonly<Record<string, string>>;
  readonly preload: readonly string[];
  readonly strace: boolean;
  /** How long anything is waited for, in milliseconds. */
  readonly patienceMs: number;
  /** Told of each case that is over. */
  readonly progress: (one: Case) => void;
}

/** What one run of the program came to. */
export interface RunResult {
  readonly plan: StandPlan;
  readonly findings: readonly Finding[];
  /** What could not be tried, and where it stopped. */
  readonly troubles: readonly string[];
  readonly seen: Seen;
  /** Names and values of the settings, secrets and addresses left out. */
  readonly settings: Readonly<Record<string, string>>;
}

/** How much was looked at. */
export interface Seen {
  readonly systemCalls: number;
  /** Permitted writes in which a canary was seen: that the watch sees. */
  readonly permittedWrites: number;
  readonly vendorRequests: number;
  readonly filesChanged: readonly string[];
  readonly rows: number;
  readonly streamBytes: number;
  readonly pages: number;
  readonly answers: number;
  readonly connected: readonly string[];
  /** Bytes of memory that were looked through. */
  readonly memoryBytes: number;
}

/** dejiren lets nobody open its inspector while it runs: it has to be open from the start. */
const MEMORY_FLAGS = ['--inspect=127.0.0.1:0'];
/** Starts the program between doubles, plays the cases, ends it, and judges what it left behind. */
export async function runStand(plan: StandPlan, wish: RunWish): Promise<RunResult> {
  const folders = makeFolders();
  const { canaries } = wish;
  const stand = await buildStand({ ...wish, plan, folder: folders.work });
  const search = createSearch(canaries);
  const files = watchFiles({ own: folders.whole, beside: dirname(wish.main) }, search);
  const addresses = new Set<string>();
  const calls = watchCalls(search, { services: stand.services, own: addresses });
  const keys = watchKeys(join(folders.work, '.dejiren', 'dejiren.db'));
  const traced = wish.strace && plan.look === 'system-calls';
  const parts = partsOf(plan, stand, wish, keys.erasing);
  const runs: Tried[] = [];
  const start = async (env: Readonly<Record<string, string>>): Promise<Tried> => {
    calls.started();
    const program = await startTried({
      main: wish.main,
      env,
      folders,
      preload: wish.preload,
      ...(traced && { onSystemCall: calls.take }),
      ...(!traced && plan.look === 'memory' && { nodeFlags: MEMORY_FLAGS }),
    });
    runs.push(program);
    addresses.add(`127.0.0.1:${program.port}`);
    for (const platform of stand.platforms.values()) platform.open(program.url);
    return program;
  };
  try {
    const program = await playTo(plan, stand, parts, start);
    for (const platform of stand.platforms.values())
      await platform.malformed(canaries.of('malformed', 'any').text, (heard) => parts.answers.push(heard));
    parts.answers.push(...(await askAmiss(program.url, canaries.of('malformed', 'any').text)));
    const memory: MemoryLook | undefined = plan.look === 'memory' ? await lookIntoMemory(program, search) : undefined;
    const pages = await endInTheMiddle(plan, program, parts);

    const streams = outputOf(runs);
    const { findings, changed } = files.look(traced ? calls.written : undefined);
    const databases = lookIntoDatabases(changed, search);
    const evidence: Evidence = {
      plan,
      canaries,
      search,
      streams,
      files: findings,
      rows: databases.findings,
      calls: calls.findings,
      memory: memory?.findings ?? [],
      pages,
      answers: parts.answers,
      requests: stand.requests(),
      acts: parts.notebook.acts,
      received: [...stand.platforms.values()].flatMap((one) => one.received()),
      played: parts.played,
      keptKeys: keys.kept(),
    };
    const troubles = [
      ...parts.troubles,
      ...databases.troubles,
      ...(memory?.trouble === undefined ? [] : [memory.trouble]),
      ...controls(evidence, calls, traced),
    ];
    return {
      plan,
      findings: judge(evidence),
      troubles,
      settings: publicSettings(stand),
      seen: {
        systemCalls: [...calls.counts.values()].reduce((sum, count) => sum + count, 0),
        permittedWrites: calls.permitted(),
        vendorRequests: evidence.requests.length,
        filesChanged: changed.map((path) => path.replace(folders.whole, '')),
        rows: databases.rows,
        streamBytes: streams.stdout.length + streams.stderr.length,
        pages: pages.length,
        answers: parts.answers.length,
        connected: [...calls.connected],
        memoryBytes: memory?.bytes ?? 0,
      },
    };
  } catch (error) {
    const last = runs.at(-1);
    if (last?.ended !== true || error instanceof NotStarted) throw error;
    throw new Error(`the program ended by itself; its last line: ${lastLineOf(last)}`);
  } finally {
    await runs.at(-1)?.end('SIGKILL');
    await stand.close();
    removeFolders(folders);
  }
}

function partsOf(plan: StandPlan, stand: Stand, wish: RunWish, erasing: Parts['erasing']): Parts {
  const { canaries, vendors, progress, patienceMs } = wish;
  const notebook = createNotebook({
    vendors,
    mode: plan.mode,
    admitsExternals: wish.admitsExternals ?? plan.mode === 'opt-out',
    sharing: vendors.filter((vendor) => mayTrain(vendor, stand.env)),
    counts: stand.counts,
  });
  const { note, shares } = notebook;
  return {
    stand,
    canaries,
    drive: {
      canaries,
      vendors,
      counts: stand.counts,
      note,
      shares,
      exchanged: stand.exchanged,
      mode: plan.mode,
      looksFirst: stand.env.DEJIREN_NOTICE_FIRST !== 'false',
    },
    notebook,
    erasing,
    troubles: [],
    answers: [],
    played: [],
    progress,
    patienceMs,
    forgets: plan.look === 'memory',
  };
}

/** Plays all cases; where the run has a second part, the program is ended and started again in between. */
async function playTo(
  plan: StandPlan,
  stand: Stand,
  parts: Parts,
  start: (env: Readonly<Record<string, string>>) => Promise<Tried>,
): Promise<Tried> {
  const first = await start(stand.env);
  if (!plan.restarts) await playAll(plan.cases, parts);
  const seats = plan.restarts ? await playBefore(plan.cases, parts) : undefined;
  if (first.ended) throw new Error('the program ended by itself');
  if (seats === undefined) return first;
  await first.end(plan.end);
  const changed = parts.drive.vendors.filter((vendor) => VENDOR_DOUBLES[vendor].changed !== undefined);
  const env = Object.assign({}, stand.env, ...changed.map((vendor) => VENDOR_DOUBLES[vendor].changed?.(stand.env)));
  for (const vendor of changed) parts.notebook.changed(vendor, mayTrain(vendor, env));
  const second = await start(env);
  await playAfter(plan.cases, seats, parts);
  if (second.ended) throw new Error('the program ended by itself');
  return second;
}

function mayTrain(vendor: ProvenVendor, env: Stand['env']): boolean {
  return VENDOR_DOUBLES[vendor].mayTrain?.(env) === true;
}

/** Ends the program while these are in the middle of an answer; gives its pages as they were just before. */
async function endInTheMiddle(plan: StandPlan, program: Tried, parts: Parts): Promise<readonly Heard[]> {
  const letGo = await beginAll(plan.cutShort, parts);
  await wait(plan.settleMs);
  const pages = [...(await readPages(program.url, parts.stand.adminToken)), ...processNames(program.pid)];
  const end = program.end(plan.end);
  letGo();
  await end;
  for (const one of plan.cutShort) parts.progress(one);
  return pages;
}

/** What the system tells everybody about a process, on Linux. */
function processNames(pid: number): readonly Heard[] {
  return ['cmdline', 'comm'].flatMap((name) => {
    const path = `/proc/${pid}/${name}`;
    return existsSync(path) ? [{ what: `/proc/PID/${name}`, words: readFileSync(path, 'latin1') }] : [];
  });
}

function outputOf(runs: readonly Tried[]): Evidence['streams'] {
  const outputs = runs.map((one) => one.output());
  return {
    stdout: Buffer.concat(outputs.map(({ stdout }) => stdout)),
    stderr: Buffer.concat(outputs.map(({ stderr }) => stderr)),
  };
}

/** What it logged last: a code, where a canary is not in it. */
function lastLineOf(program: Tried): string {
  return program.output().stdout.toString('utf8').trim().split('\n').at(-1)?.slice(0, 300) ?? '';
}

function publicSettings({ env, secrets }: Stand): Readonly<Record<string, string>> {
  const hidden = new Set(secrets);
  const shown = (name: string, value: string): string =>
    hidden.has(name) ? 'set' : value.replaceAll(/127\.0\.0\.1:\d+/gu, 'double').replace(/^\/.*\//u, '');
  return Object.fromEntries(
    Object.entries(env)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, value]) => [name, shown(name, value)]),
  );
}
