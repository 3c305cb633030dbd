import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { release } from 'node:os';
import { dirname, join } from 'node:path';
import { AT_ONCE, inTurns } from './in-turns';
import type { Finding } from './judge/findings';
import type { Own } from './own';
import { fullPlan, plantPlan, quickPlan } from './plan/plan';
import { type Available, EVERYTHING, type StandPlan } from './plan/stand-plan';
import type { Plant } from './plants/plant';
import { LANES } from './play/play-cases';
import { NotStarted } from './program';
import type { Progress } from './report/progress';
import { type Report, reportOf } from './report/report';
import { type RunResult, type RunWish, runStand } from './run-stand';
import { createCanaries } from './watch/canaries';

/** Where things are: the program, and what is loaded before it to plant a leak. */
export interface Binaries {
  readonly main: string;
  readonly plants: string;
}

export interface Trial {
  readonly form: 'quick' | 'full';
  readonly own?: Own;
  readonly plant?: Plant;
}

/**
 * On a machine with much else to do the program is slow, which is no finding: what does not come by then could not be
 * tried. A program with a leak in it may well not answer, and is waited for less long.
 */
const PATIENCE_MS = 90_000;
const PLANTED_PATIENCE_MS = 15_000;

/** Plays a whole trial, and tells what it came to. */
export async function prove(trial: Trial, place: Binaries, progress: Progress): Promise<Report> {
  const { form, own, plant } = trial;
  const available = own?.available ?? EVERYTHING;
  const startedAt = new Date();
  const strace = hasStrace();
  const plans = plansOf(trial, available);
  const steps = plans.reduce((sum, plan) => sum + plan.cases.length + plan.cutShort.length, 0);
  progress.start(plant === undefined ? `Testing the promises (${form})` : `Planted: ${plant.says}`, steps);
  const canaries = createCanaries();
  const wish: RunWish = {
    ...available,
    main: place.main,
    canaries,
    settings: own?.settings,
    extra: plant === undefined ? {} : { PROVE_PLANT: plant.name },
    preload: plant === undefined ? [] : [place.plants],
    strace,
    patienceMs: plant === undefined ? PATIENCE_MS : PLANTED_PATIENCE_MS,
    progress: () => progress.step(),
  };
  const results = await inTurns(plans, (plan) => runOrTell(plan, wish));
  progress.done();
  return reportOf({
    form: plant !== undefined ? `planted: ${plant.name}` : own === undefined ? form : `${form}, your own settings`,
    startedAt: startedAt.toISOString(),
    seconds: Math.round((Date.now() - startedAt.getTime()) / 100) / 10,
    versions: versionsOf(place, strace),
    notWatched: [...(strace ? [] : [NO_STRACE]), ...(own?.leftOut ?? [])],
    results,
  });
}

/** What the full form will do, and how long that takes: measured on two cores with nothing else to do. */
export function forecast(available: Available = EVERYTHING): string {
  const plans = fullPlan(available);
  const questions = plans.reduce((sum, { cases, cutShort }) => sum + cases.length + cutShort.length, 0);
  const lanes = plans.map(({ cases }) => {
    const byVendor = [...Map.groupBy(cases, ({ vendor }) => vendor).values()];
    return Math.max(0, ...byVendor.map(({ length }) => length / LANES));
  });
  const seconds = lanes.reduce((sum, lane) => sum + SECONDS_A_RUN + lane * SECONDS_A_CASE, 0) / AT_ONCE;
  return `The full matrix asks ${questions} questions in ${plans.length} runs of the program. This takes about ${Math.ceil(seconds / 60)} minutes.`;
}

const SECONDS_A_RUN = 8;
const SECONDS_A_CASE = 1.8;

/** Whether a finding is the one that a plant must turn up as. */
export function isExpected({ kind, place, field }: Plant, finding: Finding): boolean {
  return (
    finding.kind === kind &&
    (place === undefined || place.test(finding.place)) &&
    (field === undefined || finding.fields.includes(field))
  );
}

const NO_STRACE =
  'system calls: strace is not installed here, or not allowed. Deleted files, other sockets and other programs were therefore not seen.';

function plansOf({ form, plant }: Trial, available: Available): readonly StandPlan[] {
  if (plant !== undefined) return [plantPlan(plant.look ?? 'system-calls', plant.rows, plant.stand)];
  return form === 'full' ? fullPlan(available) : quickPlan(available);
}

/** A run that could not even begin is a trouble of its own; the others go on. */
async function runOrTell(plan: StandPlan, wish: RunWish): Promise<RunResult> {
  try {
    return await runStand(plan, wish);
  } catch (error) {
    const why = error instanceof NotStarted ? `the program did not start: ${error.message.trim()}` : String(error);
    return { plan, findings: [], troubles: [why], settings: {}, seen: NOTHING_SEEN };
  }
}

const NOTHING_SEEN: RunResult['seen'] = {
  systemCalls: 0,
  permittedWrites: 0,
  vendorRequests: 0,
  filesChanged: [],
  rows: 0,
  streamBytes: 0,
  pages: 0,
  answers: 0,
  connected: [],
  memoryBytes: 0,
};

/** Whether strace is there, and may trace: in some containers it may not. */
export function hasStrace(): boolean {
  return spawnSync('strace', ['-f', '-o', '/dev/null', '-e', 'trace=write', 'true']).status === 0;
}

function versionsOf({ main }: Binaries, strace: boolean): Readonly<Record<string, string>> {
  const folder = dirname(main);
  const manifest = [join(folder, '../package.json')].find((path) => existsSync(path));
  const { version = 'unknown', dependencies = {} } =
    manifest === undefined ? {} : JSON.parse(readFileSync(manifest, 'utf8'));
  const tool = strace ? spawnSync('strace', ['--version'], { encoding: 'utf8' }).stdout.split('\n')[0] : undefined;
  const digest = (name: string): string =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
  return {
    dejiren: version,
    'dist/dejiren.js': digest('dejiren.js'),
    Node: process.versions.node,
    system: `${process.platform} ${release()} ${process.arch}`,
    strace: tool?.replace(/^strace -- version /u, '') ?? 'none',
    ...installed(folder, Object.keys(dependencies)),
  };
}

/** The versions of the packages that are there, not those that are asked for. */
function installed(folder: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const path = join(folder, '../node_modules', name, 'package.json');
      return existsSync(path) ? [[name, String(JSON.parse(readFileSync(path, 'utf8')).version)]] : [];
    }),
  );
}
