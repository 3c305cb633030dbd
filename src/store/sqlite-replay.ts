import type { DatabaseSync } from 'node:sqlite';
import { LedgerError, nextStanding, type Standing } from '../consent/ledger';
import { readRow, readStanding, toText } from './sqlite-rows';

/** People whose standings are replayed at a time: some 2 ms. */
const SLICE = 100;

/** Whether the stored standings are what follows from the ledger's rows. Every call reads within one transaction. */
export interface Replay {
  /** One person's. */
  fits(subject: string): boolean;
  /**
   * Those of the next people after a pseudonym, in their order. Tells the last one looked at, `differs`, or `end`
   * where nobody comes after.
   */
  next(after: string): { readonly upTo: string } | 'differs' | 'end';
}

/**
 * Replays from the rows of a few people at a time, so that it holds little and may go on beside writes however many
 * people there are: what was written between two calls is in the rows and in the standings alike.
 */
export function createReplay(database: DatabaseSync): Replay {
  const people = database.prepare(`
    SELECT subject FROM (SELECT DISTINCT subject FROM ledger WHERE subject > ?1 ORDER BY subject LIMIT ?2)
    UNION SELECT subject FROM (SELECT DISTINCT subject FROM standings WHERE subject > ?1 ORDER BY subject LIMIT ?2)
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

  const replayed = (first: string, last: string): Map<string, Standing> => {
    const standings = new Map<string, Standing>();
    for (const raw of rows.iterate(first, last)) {
      const row = readRow(raw);
      if (row.event === 'erased') {
        for (const key of standings.keys()) if (key.startsWith(`${row.subject}\n`)) standings.delete(key);
        continue;
      }
      const key = keyOf(row.subject, row.vendor, row.purpose);
      const after = nextStanding(standings.get(key), row, toText(raw.material_id));
      if (after !== undefined) standings.set(key, after);
    }
    return standings;
  };

  /** Everybody between the two, both included. */
  const fitsBetween = (first: string, last: string): boolean => {
    try {
      const expected = replayed(first, last);
      const found = stored.all(first, last);
      return (
        found.length === expected.size &&
        found.every((row) => {
          const key = keyOf(toText(row.subject), toText(row.vendor), toText(row.purpose));
          return same(expected.get(key), readStanding(row));
        })
      );
    } catch (error) {
      if (error instanceof LedgerError) return false;
      throw error;
    }
  };

  return {
    fits: (subject) => fitsBetween(subject, subject),
    next(after) {
      const names = people.all(after, SLICE);
      const [first, last] = [names[0], names.at(-1)];
      if (first === undefined || last === undefined) return 'end';
      const upTo = toText(last.subject);
      return fitsBetween(toText(first.subject), upTo) ? { upTo } : 'differs';
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
