import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { LedgerError, type LedgerVerification, nextStanding, type Standing } from '../../consent/ledger';
import { opensSubject } from '../keys';
import { readPerson, readStored, type StoredPerson, sealOfPerson } from './people';
import { readRow, toBytes, toText } from './rows';

type Row = Record<string, SQLOutputValue>;

/** People whose standings are replayed at a time: some 3 ms. */
const SLICE = 100;

/** How what stands beside the rows does not follow from them. */
export type ReplayFault = Extract<
  Extract<LedgerVerification, { intact: false }>['code'],
  'state-differs' | `subject-${string}`
>;

/**
 * Whether the stored standings and people are what follows from the ledger's rows. Every call reads within one
 * transaction. `unsealed`: whether people may be without a seal, as those of an earlier version are.
 */
export interface Replay {
  /** Of one person; undefined where everything fits. */
  faultOf(subject: string, unsealed: boolean): ReplayFault | undefined;
  /** The same of the next people after a pseudonym, in their order; tells the last one looked at, or `end`. */
  next(after: string, unsealed: boolean): { readonly upTo: string; readonly fault: ReplayFault | undefined } | 'end';
  /** Somebody without a seal, with the newest row about them; only after `faultOf` found none. */
  person(subject: string): StoredPerson | undefined;
}

/** What follows from the rows. */
interface Replayed {
  /** By person, vendor and purpose. */
  readonly standings: ReadonlyMap<string, Standing>;
  /** The newest row about each person; `erased` where that is what it says. */
  readonly newest: ReadonlyMap<string, number | 'erased'>;
}

/**
 * Replays from the rows of a few people at a time, so that it holds little and may go on beside writes however many
 * people there are: what was written between two calls is in the rows and in the standings alike.
 */
export function createReplay(database: DatabaseSync, secret: Uint8Array): Replay {
  const people = database.prepare(`
    SELECT subject FROM (SELECT DISTINCT subject FROM ledger WHERE subject > ?1 ORDER BY subject LIMIT ?2)
    UNION SELECT subject FROM (SELECT DISTINCT subject FROM standings WHERE subject > ?1 ORDER BY subject LIMIT ?2)
    UNION SELECT subject FROM (SELECT subject FROM subjects WHERE subject > ?1 ORDER BY subject LIMIT ?2)
    ORDER BY subject LIMIT ?2`);
  const rows = database.prepare(`
    SELECT l.*, coalesce(n.material_id, '') AS material_id
    FROM ledger l LEFT JOIN notices n ON n.id = l.notice_id
    WHERE l.subject BETWEEN ? AND ? ORDER BY l.subject, l.seq`);
  const stored = database.prepare(`
    SELECT t.subject, t.vendor, t.purpose, t.event, t.notice_id, t.at, t.valid_until
    FROM standings t WHERE t.subject BETWEEN ? AND ? ORDER BY t.subject, t.vendor, t.purpose`);
  const subjects = database.prepare(`
    SELECT subject, lookup, key, vendor AS chosen, seq, seal FROM subjects WHERE subject BETWEEN ? AND ?`);

  const replayed = (first: string, last: string): Replayed => {
    const standings = new Map<string, Standing>();
    const newest = new Map<string, number | 'erased'>();
    for (const raw of rows.iterate(first, last)) {
      const row = readRow(raw);
      // Whoever comes back after an erasure is somebody else to the ledger.
      if (newest.get(row.subject) === 'erased') throw new LedgerError('broken');
      newest.set(row.subject, row.event === 'erased' ? 'erased' : row.seq);
      if (row.event === 'erased') {
        for (const key of standings.keys()) if (key.startsWith(`${row.subject}\n`)) standings.delete(key);
        continue;
      }
      const key = keyOf(row.subject, row.vendor, row.purpose);
      const after = nextStanding(standings.get(key), row, toText(raw.material_id));
      if (after !== undefined) standings.set(key, after);
    }
    return { standings, newest };
  };

  const storedBetween = (first: string, last: string): ReadonlyMap<string, readonly Row[]> =>
    Map.groupBy(stored.all(first, last), (row) => toText(row.subject));

  /** Whether the standings that are stored of everybody are those that follow, and no others. */
  const standingsFit = (standings: Replayed['standings'], found: ReadonlyMap<string, readonly Row[]>): boolean => {
    let count = 0;
    for (const [subject, ofPerson] of found)
      for (const { vendor, purpose, ...standing } of ofPerson.map(readStored)) {
        count += 1;
        if (!same(standings.get(keyOf(subject, vendor, purpose)), standing)) return false;
      }
    return count === standings.size;
  };

  const subjectFault = (
    newest: Replayed['newest'],
    found: ReadonlyMap<string, readonly Row[]>,
    unsealed: boolean,
    [first, last]: readonly [string, string],
  ): ReplayFault | undefined => {
    const left = new Map(newest);
    let sealsFit = true;
    for (const row of subjects.iterate(first, last)) {
      const subject = toText(row.subject);
      if (!opensSubject(toBytes(row.key), toBytes(row.lookup), subject)) return 'subject-changed';
      const seq = left.get(subject) ?? 0;
      if (seq === 'erased') return 'subject-returned';
      left.delete(subject);
      if (row.seal === null) {
        sealsFit &&= unsealed;
        continue;
      }
      const person = readPerson(toBytes(row.lookup), row, found.get(subject) ?? []);
      sealsFit &&= person.seq === seq && sealOfPerson(secret, person).equals(toBytes(row.seal));
    }
    if ([...left.values()].some((seq) => seq !== 'erased')) return 'subject-missing';
    return sealsFit ? undefined : 'state-differs';
  };

  /** Everybody between the two, both included. */
  const faultBetween = (first: string, last: string, unsealed: boolean): ReplayFault | undefined => {
    try {
      const { standings, newest } = replayed(first, last);
      const found = storedBetween(first, last);
      return standingsFit(standings, found) ? subjectFault(newest, found, unsealed, [first, last]) : 'state-differs';
    } catch (error) {
      if (error instanceof LedgerError) return 'state-differs';
      throw error;
    }
  };

  return {
    faultOf: (subject, unsealed) => faultBetween(subject, subject, unsealed),
    next(after, unsealed) {
      const names = people.all(after, SLICE);
      const [first, last] = [names[0], names.at(-1)];
      if (first === undefined || last === undefined) return 'end';
      const upTo = toText(last.subject);
      return { upTo, fault: faultBetween(toText(first.subject), upTo, unsealed) };
    },
    person(subject) {
      const row = subjects.get(subject, subject);
      if (row === undefined) return undefined;
      const seq = replayed(subject, subject).newest.get(subject);
      const person = readPerson(toBytes(row.lookup), row, stored.all(subject, subject));
      return { ...person, seq: typeof seq === 'number' ? seq : 0 };
    },
  };
}

function keyOf(subject: string, vendor: string, purpose: string): string {
  return `${subject}\n${vendor}\n${purpose}`;
}

function same(one: Standing | undefined, other: Omit<Standing, 'materialId'>): boolean {
  return (
    one !== undefined &&
    one.event === other.event &&
    one.noticeId === other.noticeId &&
    one.at === other.at &&
    one.validUntil === other.validUntil
  );
}
