import { nameOf } from '../judge/controls';
import { type Case, DOINGS, OPT_OUTS, RESTARTS, type Scene } from '../plan/matrix';
import type { Stand } from '../stand';
import type { Canaries } from '../watch/canaries';
import { drip } from './conduct';
import { playDoing } from './doings';
import { type Notebook, standingIn } from './notebook';
import { begin, playOutcome } from './outcomes';
import { type Drive, NotTried, Person } from './person';
import { playOptOut, playRestart } from './restarts';
import type { Heard, Seat } from './seat';

/** What the cases of a run are played with. */
export interface Parts {
  readonly stand: Stand;
  readonly canaries: Canaries;
  readonly drive: Omit<Drive, 'erasing'>;
  readonly notebook: Notebook;
  readonly erasing: (caseId: string, erase: () => Promise<void>) => Promise<void>;
  readonly troubles: string[];
  readonly answers: Heard[];
  readonly played: Case[];
  readonly progress: (one: Case) => void;
  readonly patienceMs: number;
  /** Whether every seat is left with nothing kept on purpose. */
  readonly forgets: boolean;
}

/** Cases that are played at once for each vendor. */
export const LANES = 2;

/** The cases of one lane one after the other, those of different lanes at once. */
export async function playAll(cases: readonly Case[], parts: Parts): Promise<void> {
  await inLanes(cases, async (one) => {
    await tryCase(one, parts, async () => {
      const seat = await seatFor(one, parts);
      try {
        await play(one, seat, parts);
        if (parts.forgets) await seat.forget();
      } finally {
        await seat.leave();
      }
    });
    parts.progress(one);
  });
}

/** The first parts of scenes that go on after the program was started again. */
export async function playBefore(cases: readonly Case[], parts: Parts): Promise<ReadonlyMap<string, Seat>> {
  const seats = new Map<string, Seat>();
  await inLanes(cases, (one) =>
    tryCase(one, parts, async () => {
      const seat = await seatFor(one, parts);
      await playRestart('before', one, seat, driveOf(one, parts));
      seats.set(one.id, seat);
    }),
  );
  return seats;
}

/** The second parts, of those whose first part came to its end. */
export async function playAfter(cases: readonly Case[], seats: ReadonlyMap<string, Seat>, parts: Parts): Promise<void> {
  await inLanes(cases, async (one) => {
    const seat = seats.get(one.id);
    if (seat !== undefined)
      await tryCase(one, parts, () => playRestart('after', one, seat, driveOf(one, parts)), 'again');
    parts.progress(one);
  });
}

/** Brings each of these into the middle of an answer; gives what lets the vendors go on. */
export async function beginAll(cases: readonly Case[], parts: Parts): Promise<() => void> {
  const drips: (() => void)[] = [];
  await Promise.all(
    cases.map((one) =>
      tryCase(one, parts, async () => {
        const person = new Person(one, await seatFor(one, parts), driveOf(one, parts));
        const { gate } = parts.stand.conduct(one);
        await person.agree();
        if (gate !== undefined) drips.push(drip(gate));
        await begin(person);
      }),
    ),
  );
  return () => {
    for (const stop of drips) stop();
    for (const one of cases) parts.stand.conduct(one).gate?.open();
  };
}

async function inLanes(cases: readonly Case[], play: (one: Case) => Promise<void>): Promise<void> {
  const lanes = Map.groupBy(cases.entries(), ([index, { vendor }]) => `${vendor} ${index % LANES}`);
  await Promise.all(
    [...lanes.values()].map(async (lane) => {
      for (const [, one] of lane) await play(one);
    }),
  );
}

async function tryCase(
  one: Case,
  parts: Parts,
  work: () => Promise<void>,
  time: 'first' | 'again' = 'first',
): Promise<void> {
  if (time === 'first') parts.played.push(one);
  try {
    await work();
  } catch (error) {
    const where = error instanceof NotTried ? error.step : error instanceof Error ? error.message : 'an error';
    parts.troubles.push(`${nameOf(one)}: stopped at “${where}”`);
  }
}

async function play(one: Case, seat: Seat, parts: Parts): Promise<void> {
  const drive = driveOf(one, parts);
  if (isOf(DOINGS, one.scene)) return playDoing(one, seat, drive);
  if (isOf(OPT_OUTS, one.scene)) return playOptOut(one, seat, drive);
  if (isOf(RESTARTS, one.scene)) throw new NotTried('a scene of another run');
  return playOutcome(one, seat, parts.stand.conduct(one), drive);
}

function isOf(scenes: readonly Scene[], scene: Scene): boolean {
  return scenes.includes(scene);
}

function driveOf(one: Case, { drive, erasing }: Parts): Drive {
  return { ...drive, erasing: (erase) => erasing(one.id, erase) };
}

function seatFor(one: Case, { stand, canaries, notebook, answers, patienceMs }: Parts): Promise<Seat> {
  const platform = stand.platforms.get(one.door);
  if (platform === undefined) throw new Error(`no double for ${one.door}`);
  notebook.came(one);
  return platform.seat({
    caseId: one.id,
    place: one.place,
    standing: standingIn(one.scene),
    personName: canaries.of('name', one.id).word,
    channelName: canaries.of('channel-name', one.id).word,
    thread: canaries.of('thread', one.id).text,
    heard: (heard) => answers.push(heard),
    patienceMs,
  });
}
