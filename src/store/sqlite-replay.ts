import type { DatabaseSync } from 'node:sqlite';
import { LedgerError, type LedgerVerification, nextStanding, type Standing } from '../consent/ledger';
import { opensSubject } from './keys';
import { readRow, readStanding, toBytes, toText } from './sqlite-rows';

/** People whose standings are replayed at a time: some 2 ms. */
const SLICE = 100;

/** How what stands beside the rows does not follow from them. */
export type ReplayFault = Extract<
  Extract<LedgerVerification, { intact: false }>['code'],
  'state-differs' | `subject-${string}`
>;

/**
 * Whether the stored standings and people are what follows from the ledger's rows. Every call reads within one
 * transaction.
 */
export interface Replay {
  /** Of one person; undefined where everything fits. */
  faultOf(subject: string): ReplayFault | undefined;
  /** The same of the next people after a pseudonym, in their order; tells the last one looked at, or `end`. */
  next(after: string): { readonly upTo: string; readonly fault: ReplayFault | undefined } | 'end';
}

/**
 * Replays from the rows of a few people at a time, so that it holds little and may go on beside writes however many
 * people there are: what was written between two calls is in the rows and in the standings alike.
 */
export function createReplay(database: DatabaseSync): Replay {
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
    SELECT t.subject, t.vendor, t.purpose, t.event, t.notice_id, t.at, t.valid_until,
           coalesce(n.material_id, '') AS material_id
    FROM standings t LEFT JOIN notices n ON n.id = t.notice_id
    WHERE t.subject BETWEEN ? AND ?`);
  const subjects = database.prepare('SELECT subject, lookup, key FROM subjects WHERE subject BETWEEN ? AND ?');

  /** The standings that follow, and whether each person is there still. */
  const replayed = (first: string, last: string) => {
    const standings = new Map<string, Standing>();
    const people = new Map<string, 'there' | 'erased'>();
    for (const raw of rows.iterate(first, last)) {
      const row = readRow(raw);
      // Whoever comes back after an erasure is somebody else to the ledger.
      if (people.get(row.subject) === 'erased') throw new LedgerError('broken');
      people.set(row.subject, row.event === 'erased' ? 'erased' : 'there');
      if (row.event === 'erased') {
        for (const key of standings.keys()) if (key.startsWith(`${row.subject}\n`)) standings.delete(key);
        continue;
      }
      const key = keyOf(row.subject, row.vendor, row.purpose);
      const after = nextStanding(standings.get(key), row, toText(raw.material_id));
      if (after !== undefined) standings.set(key, after);
    }
    return { standings, people };
  };

  const subjectFault = (people: Map<string, 'there' | 'erased'>, first: string, last: string) => {
    for (const row of subjects.iterate(first, last)) {
      const subject = toText(row.subject);
      if (!opensSubject(toBytes(row.key), toBytes(row.lookup), subject)) return 'subject-changed';
      if (people.get(subject) === 'erased') return 'subject-returned';
      people.delete(subject);
    }
    return [...people.values()].includes('there') ? 'subject-missing' : undefined;
  };

  /** Everybody between the two, both included. */
  const faultBetween = (first: string, last: string): ReplayFault | undefined => {
    try {
      const { standings, people } = replayed(first, last);
      const found = stored.all(first, last);
      const fit =
        found.length === standings.size &&
        found.every((row) => {
          const key = keyOf(toText(row.subject), toText(row.vendor), toText(row.purpose));
          return same(standings.get(key), readStanding(row));
        });
      return fit ? subjectFault(people, first, last) : 'state-differs';
    } catch (error) {
      if (error instanceof LedgerError) return 'state-differs';
      throw error;
    }
  };

  return {
    faultOf: (subject) => faultBetween(subject, subject),
    next(after) {
      const names = people.all(after, SLICE);
      const [first, last] = [names[0], names.at(-1)];
      if (first === undefined || last === undefined) return 'end';
      const upTo = toText(last.subject);
      return { upTo, fault: faultBetween(toText(first.subject), upTo) };
    },
  };
}

function keyOf(subject: string, vendor: string, purpose: string): string {
  return `${subject}\n${vendor}\n${purpose}`;
}

function same(one: Standing | undefined, other: Standing): boolean {
  return (
    one !== undefined &&
    one.event === other.event &&
    one.noticeId === other.noticeId &&
    one.materialId === other.materialId &&
    one.at === other.at &&
    one.validUntil === other.validUntil
  );
}
