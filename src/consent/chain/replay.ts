import type { LedgerFault } from './fault';
import { nextStanding, type Standing, type StoredStanding } from './project';
import type { LedgerRow } from './row';
import { isSealed, type SealedPerson, type Seals } from './seals';

/** How what stands beside the rows does not follow from them. */
export type ReplayFault = Extract<LedgerFault['code'], 'state-differs' | `subject-${string}`>;

/** A row with the material id of the notice that it names; empty where that is not on record. */
export interface JudgedRow {
  readonly row: LedgerRow;
  readonly materialId: string;
}

/** Some people, with all that is stored of them, as of one moment. */
export interface PeopleSlice {
  /** Every row about them: of each person, in order. */
  readonly rows: readonly JudgedRow[];
  /** By pseudonym, of whoever has one. */
  readonly standings: ReadonlyMap<string, readonly StoredStanding[]>;
  readonly people: readonly SealedPerson[];
}

/** What follows from rows. */
export interface Replayed {
  /** By person, vendor and purpose. */
  readonly standings: ReadonlyMap<string, Standing>;
  /** The newest row about each person; `erased` where that is what it says. */
  readonly newest: ReadonlyMap<string, number | 'erased'>;
}

/** What follows from rows; undefined where they cannot be: whoever comes back after an erasure is somebody else. */
export function replay(rows: readonly JudgedRow[]): Replayed | undefined {
  const standings = new Map<string, Standing>();
  const newest = new Map<string, number | 'erased'>();
  for (const { row, materialId } of rows) {
    const { subject, event, seq } = row;
    if (newest.get(subject) === 'erased') return undefined;
    newest.set(subject, event === 'erased' ? 'erased' : seq);
    if (event === 'erased') {
      for (const key of standings.keys()) if (key.startsWith(`${subject}\n`)) standings.delete(key);
      continue;
    }
    const key = keyOf(subject, row);
    standings.set(key, nextStanding(standings.get(key), { ...row, event }, materialId));
  }
  return { standings, newest };
}

/**
 * Whether the people of a slice, and how they stand, are what follows from their rows; undefined where they are.
 * `unsealed`: whether people may be without a seal, as those of an earlier version are.
 */
export function replayFaultOf(slice: PeopleSlice, seals: Seals, unsealed: boolean): ReplayFault | undefined {
  const replayed = replay(slice.rows);
  if (replayed === undefined || !standingsFit(replayed.standings, slice.standings)) return 'state-differs';
  return personFaultOf(replayed.newest, slice.people, seals, unsealed);
}

/** Whether the standings that are stored are those that follow, and no others. */
function standingsFit(
  standings: Replayed['standings'],
  stored: ReadonlyMap<string, readonly StoredStanding[]>,
): boolean {
  let count = 0;
  for (const [subject, ofPerson] of stored)
    for (const standing of ofPerson) {
      count += 1;
      if (!isSame(standings.get(keyOf(subject, standing)), standing)) return false;
    }
  return count === standings.size;
}

function personFaultOf(
  newest: Replayed['newest'],
  people: readonly SealedPerson[],
  seals: Seals,
  unsealed: boolean,
): ReplayFault | undefined {
  const left = new Map(newest);
  let sealsFit = true;
  for (const person of people) {
    if (!seals.opens(person)) return 'subject-changed';
    const seq = left.get(person.subject) ?? 0;
    if (seq === 'erased') return 'subject-returned';
    left.delete(person.subject);
    if (person.seal === undefined) sealsFit &&= unsealed;
    else sealsFit &&= person.seq === seq && isSealed(person, seals);
  }
  if ([...left.values()].some((seq) => seq !== 'erased')) return 'subject-missing';
  return sealsFit ? undefined : 'state-differs';
}

function keyOf(subject: string, { vendor, purpose }: Pick<StoredStanding, 'vendor' | 'purpose'>): string {
  return `${subject}\n${vendor}\n${purpose}`;
}

function isSame(one: Standing | undefined, other: StoredStanding): boolean {
  return (
    one !== undefined &&
    one.event === other.event &&
    one.noticeId === other.noticeId &&
    one.at === other.at &&
    one.validUntil === other.validUntil
  );
}
