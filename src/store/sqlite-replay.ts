import type { DatabaseSync } from 'node:sqlite';
import { LedgerError, type LedgerRow, nextStanding, type Standing } from '../consent/ledger';
import { readNotice } from './sqlite-notices';
import { readStanding, toText } from './sqlite-rows';

/** What people's standings must be, replayed from rows of the ledger. */
export interface Replay {
  take(row: LedgerRow): void;
  /** Whether the stored standings are the replayed ones: all of them, where the replay began with the first row. */
  matches(): boolean;
}

/**
 * Prepares replays. `begin` throws a `LedgerError` where a stored notice is not what its id says. A replay that does
 * not begin with the first row knows only what was decided since.
 */
export function createReplays(database: DatabaseSync): { begin(fromFirstRow: boolean): Replay } {
  const notices = database.prepare('SELECT id, material_id, vendor, body FROM notices');
  const selected = `
    SELECT t.subject, t.vendor, t.purpose, t.event, t.notice_id, t.at, t.valid_until,
           coalesce(n.material_id, '') AS material_id
    FROM standings t LEFT JOIN notices n ON n.id = t.notice_id`;
  const every = database.prepare(selected);
  const one = database.prepare(`${selected} WHERE t.subject = ? AND t.vendor = ? AND t.purpose = ?`);
  const ofSubject = database.prepare('SELECT 1 FROM standings WHERE subject = ?');

  return {
    begin(fromFirstRow) {
      const materialOf = new Map(notices.all().map((row) => [toText(row.id), readNotice(row).materialId]));
      const expected = new Map<string, Map<string, Standing>>();

      const matchesAll = (): boolean => {
        let left = [...expected.values()].reduce((sum, own) => sum + own.size, 0);
        for (const row of every.iterate()) {
          const should = expected.get(toText(row.subject))?.get(keyOf(toText(row.vendor), toText(row.purpose)));
          if (should === undefined || !same(readStanding(row), should)) return false;
          left -= 1;
        }
        return left === 0;
      };

      const matchesKnown = (): boolean =>
        [...expected].every(([subject, own]) =>
          own.size === 0
            ? ofSubject.get(subject) === undefined
            : [...own].every(([key, should]) => {
                const row = one.get(subject, ...key.split('\n'));
                return row !== undefined && same(readStanding(row), should);
              }),
        );

      return {
        take(row) {
          const own = expected.get(row.subject) ?? new Map<string, Standing>();
          const key = keyOf(row.vendor, row.purpose);
          const before = own.get(key);
          if (row.event === 'erased') expected.set(row.subject, new Map());
          else if (fromFirstRow || before !== undefined || row.event !== 'notice-shown') {
            const after = nextStanding(before, row, materialOf.get(row.noticeId) ?? '');
            if (after !== undefined) own.set(key, after);
            expected.set(row.subject, own);
          }
        },
        matches() {
          try {
            return fromFirstRow ? matchesAll() : matchesKnown();
          } catch (error) {
            if (error instanceof LedgerError) return false;
            throw error;
          }
        },
      };
    },
  };
}

function keyOf(vendor: string, purpose: string): string {
  return `${vendor}\n${purpose}`;
}

function same(one: Standing, other: Standing): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
