import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Canaries } from './canaries';
import { drip } from './conduct';
import { agree, begin, type Drive, type Moment, NotTried, playCase } from './drive';
import type { Evidence } from './evidence';
import type { Finding } from './findings';
import { judge } from './judge';
import type { Case, Door, ProvenVendor, StandPlan } from './plan';
import { makeFolders, NotStarted, removeFolders, startTried, type Tried } from './program';
import { createSearch } from './search';
import type { Heard, Seat } from './seat';
import { buildStand, type Stand } from './stand';
import { type CallWatch, watchCalls } from './watch-calls';
import { lookIntoDatabase } from './watch-database';
import { watchFiles } from './watch-files';
import { lookIntoMemory } from './watch-memory';
import { askAmiss, readPages } from './watch-pages';

export interface RunWish {
  readonly main: string;
  readonly canaries: Canaries;
  readonly vendors: readonly ProvenVendor[];
  readonly doors: readonly Door[];
  readonly settings: Readonly<Record<string, string>> | undefined;
  readonly extra: Readonly<Record<string, string>>;
  readonly preload: readonly string[];
  readonly strace: boolean;
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
  const files = watchFiles(watchedFolders(folders.whole, wish.main), [], search);
  let own: string | undefined;
  const calls = watchCalls(search, { services: stand.services, own: () => own });
  const traced = wish.strace && plan.look === 'system-calls';
  const troubles: string[] = [];
  const moments: Moment[] = [];
  const answers: Heard[] = [];
  const played: Case[] = [];
  const drive: Drive = {
    canaries,
    counts: stand.counts,
    note: (moment) => moments.push(moment),
    exchanged: stand.exchanged,
  };
  let running: Tried | undefined;
  try {
    const program = await startTried({
      main: wish.main,
      env: stand.env,
      folders,
      preload: wish.preload,
      ...(traced && { onSystemCall: calls.take }),
      ...(!traced && plan.look === 'memory' && { nodeFlags: MEMORY_FLAGS }),
    });
    running = program;
    own = `127.0.0.1:${program.port}`;
    for (const platform of stand.platforms.values()) platform.open(program.url);
    const parts: Parts = { stand, wish, drive, troubles, answers, played, forgets: plan.look === 'memory' };
    await playAll(plan.cases, parts);
    if (program.ended) throw new Error(`the program ended by itself; its last line: ${lastLineOf(program)}`);
    for (const platform of stand.platforms.values())
      await platform.malformed(canaries.of('malformed', 'any').text, (heard) => answers.push(heard));
    answers.push(...(await askAmiss(program.url, canaries.of('malformed', 'any').text)));
    const memory = plan.look === 'memory' ? await lookIntoMemory(program, search) : undefined;
    if (memory?.trouble !== undefined) troubles.push(memory.trouble);
    const pages = await endInTheMiddle(plan, program, parts);

    const { stdout, stderr } = program.output();
    const { findings, changed } = files.look(calls.written);
    const databases = changed.filter((path) => path.endsWith('.db'));
    const looked = databases.map((path) => lookIntoDatabase(path, search));
    const evidence: Evidence = {
      plan,
      canaries,
      search,
      streams: { stdout, stderr },
      files: findings,
      rows: looked.flatMap((one) => one.findings),
      calls: calls.findings,
      memory: memory?.findings ?? [],
      pages,
      answers,
      requests: stand.requests(),
      moments,
      received: [...stand.platforms.values()].flatMap((one) => one.received()),
      played,
    };
    if (databases.length === 0) troubles.push('the database was not found');
    troubles.push(...controls(evidence, calls, traced));
    return {
      plan,
      findings: judge(evidence),
      troubles,
      settings: publicSettings(stand),
      seen: {
        systemCalls: [...calls.counts.values()].reduce((sum, count) => sum + count, 0),
        permittedWrites: calls.permitted(),
        vendorRequests: evidence.requests.length,
        filesChanged: ownFiles(changed, [folders.whole, dirname(wish.main)], calls.written),
        rows: looked.reduce((sum, one) => sum + one.rows, 0),
        streamBytes: stdout.length + stderr.length,
        pages: pages.length,
        answers: answers.length,
        connected: [...calls.connected],
        memoryBytes: memory?.bytes ?? 0,
      },
    };
  } catch (error) {
    if (running?.ended !== true || error instanceof NotStarted) throw error;
    throw new Error(`the program ended by itself; its last line: ${lastLineOf(running)}`);
  } finally {
    await running?.end('SIGKILL');
    await stand.close();
    removeFolders(folders);
  }
}

interface Parts {
  readonly stand: Stand;
  readonly wish: RunWish;
  readonly drive: Drive;
  readonly troubles: string[];
  readonly answers: Heard[];
  readonly played: Case[];
  /** Whether every seat is left with nothing kept on purpose. */
  readonly forgets: boolean;
}

/** The cases of one vendor one after the other, those of different vendors at once. */
async function playAll(cases: readonly Case[], parts: Parts): Promise<void> {
  const lanes = Map.groupBy(cases, ({ vendor }) => vendor);
  await Promise.all(
    [...lanes.values()].map(async (lane) => {
      for (const one of lane)
        await withSeat(one, parts, (seat) => playCase(one, seat, parts.stand.conduct(one), parts.drive));
    }),
  );
}

async function withSeat(one: Case, parts: Parts, play: (seat: Seat) => Promise<void>): Promise<void> {
  parts.played.push(one);
  try {
    const seat = await seatFor(one, parts);
    try {
      await play(seat);
      if (parts.forgets) await seat.forget();
    } finally {
      await seat.leave();
    }
  } catch (error) {
    parts.troubles.push(troubleOf(one, error));
  }
  parts.wish.progress(one);
}

function seatFor(one: Case, { stand, wish: { canaries }, answers }: Parts): Promise<Seat> {
  const platform = stand.platforms.get(one.door);
  if (platform === undefined) throw new Error(`no double for ${one.door}`);
  return platform.seat({
    caseId: one.id,
    personName: canaries.of('name', one.id).word,
    channelName: canaries.of('channel-name', one.id).word,
    heard: (heard) => answers.push(heard),
  });
}

/** Ends the program while these are in the middle of an answer; gives its pages as they were just before. */
async function endInTheMiddle(plan: StandPlan, program: Tried, parts: Parts): Promise<readonly Heard[]> {
  const { stand, drive, troubles, played } = parts;
  const seats: Seat[] = [];
  const drips: (() => void)[] = [];
  await Promise.all(
    plan.cutShort.map(async (one) => {
      played.push(one);
      const seat = await seatFor(one, parts);
      seats.push(seat);
      const { gate } = stand.conduct(one);
      try {
        await agree(one, seat, drive);
        if (gate !== undefined) drips.push(drip(gate));
        await begin(one, seat, drive);
      } catch (error) {
        troubles.push(troubleOf(one, error));
      }
    }),
  );
  await wait(plan.settleMs);
  const pages = [...(await readPages(program.url, stand.adminToken)), ...processNames(program.pid)];
  const end = program.end(plan.end);
  for (const stop of drips) stop();
  for (const one of plan.cutShort) stand.conduct(one).gate?.open();
  await end;
  for (const one of plan.cutShort) parts.wish.progress(one);
  return pages;
}

/** What the system tells everybody about a process, on Linux. */
function processNames(pid: number): readonly Heard[] {
  return ['cmdline', 'comm'].flatMap((name) => {
    const path = `/proc/${pid}/${name}`;
    return existsSync(path) ? [{ what: `/proc/PID/${name}`, words: readFileSync(path, 'latin1') }] : [];
  });
}

function troubleOf({ id, outcome, vendor, door }: Case, error: unknown): string {
  const where = error instanceof NotTried ? error.step : error instanceof Error ? error.message : 'an error';
  return `${outcome}, ${vendor}, ${door} (${id}): stopped at “${where}”`;
}

/** Files that are the program's; others write to the same machine. */
function ownFiles(changed: readonly string[], folders: readonly string[], written: ReadonlySet<string>): string[] {
  const [own = '', ...others] = folders;
  return changed
    .filter((path) => written.has(path) || [own, ...others].some((folder) => path.startsWith(`${folder}/`)))
    .map((path) => path.replace(own, ''));
}

/** What it logged last: a code, where a canary is not in it. */
function lastLineOf(program: Tried): string {
  return program.output().stdout.toString('utf8').trim().split('\n').at(-1)?.slice(0, 300) ?? '';
}

/** That the canaries were where they may be: what was never there proves nothing. */
function controls(evidence: Evidence, calls: CallWatch, strace: boolean): readonly string[] {
  const bodies = evidence.requests.map(({ body }) => body).join('\n');
  const received = evidence.received.map(({ words }) => words).join('\n');
  const missing = evidence.played.flatMap((one) => {
    const [prompt, reply] = [evidence.canaries.of('prompt', one.id).word, evidence.canaries.of('reply', one.id).word];
    const answered = !['refusal', 'echo', 'server-error'].includes(one.outcome);
    return [
      ...(bodies.includes(prompt)
        ? []
        : [`${one.outcome}, ${one.vendor}, ${one.door}: the question never reached the vendor`]),
      ...(!answered || received.includes(reply)
        ? []
        : [`${one.outcome}, ${one.vendor}, ${one.door}: the answer never reached the chat`]),
    ];
  });
  return strace && calls.permitted() === 0 ? [...missing, 'strace saw no canary where it may go'] : missing;
}

/** The program's own folders, and the places that every program may write to. */
function watchedFolders(own: string, main: string): readonly string[] {
  return [own, dirname(main), '/dev/shm', '/var/tmp', '/run/lock', '/var/log'].filter((path) => existsSync(path));
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

export function mainFile(): string {
  return [join(__dirname, 'main.js'), join(__dirname, '../../dist/main.js')].find((path) => existsSync(path)) ?? '';
}
