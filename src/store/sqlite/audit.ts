import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { LedgerAudit } from '../../consent/audit';
import { GENESIS, LedgerError } from '../../consent/ledger';
import { readHead } from './head';
import { readNotice } from './notices';
import { readEvent, readMode, readPurpose, readRow, toNumber, toText } from './rows';

export function createSqliteAudit(database: DatabaseSync): LedgerAudit {
  const sql = {
    head: database.prepare('SELECT seq, hash FROM ledger_head WHERE one = 1'),
    hashAt: database.prepare('SELECT hash FROM ledger WHERE seq = ?'),
    rows: database.prepare('SELECT * FROM ledger WHERE seq <= ? ORDER BY seq'),
    notices: database.prepare('SELECT id, material_id, vendor, body FROM notices ORDER BY first_served_at, id'),
    decisions: database.prepare(`
      SELECT strftime('%Y-%m', at / 1000, 'unixepoch') AS month, vendor, purpose, event, mode, count(*) AS count
      FROM ledger GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`),
    standings: database.prepare(`
      SELECT vendor, purpose, event, count(*) AS people
      FROM standings GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`),
  };

  const reading = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      throw error instanceof LedgerError ? error : new LedgerError('unavailable');
    }
  };

  function* each<Item>(
    rows: () => Iterable<Record<string, SQLOutputValue>>,
    read: (row: Record<string, SQLOutputValue>) => Item,
  ): Iterable<Item> {
    for (const row of reading(rows)) yield reading(() => read(row));
  }

  return {
    head: () => reading(() => readHead(sql.head.get())),
    hashAt: (seq) =>
      reading(() => {
        if (seq === 0) return GENESIS;
        const row = sql.hashAt.get(seq);
        return row === undefined ? undefined : toText(row.hash);
      }),
    rows: (upTo) => each(() => sql.rows.iterate(upTo), readRow),
    notices: () => each(() => sql.notices.iterate(), readNotice),
    decisions: () =>
      reading(() =>
        sql.decisions.all().map((row) => ({
          month: toText(row.month),
          vendor: toText(row.vendor),
          purpose: readPurpose(row.purpose),
          event: readEvent(row.event),
          mode: readMode(row.mode),
          count: toNumber(row.count),
        })),
      ),
    standings: () =>
      reading(() =>
        sql.standings.all().map((row) => {
          const event = readEvent(row.event);
          if (event === 'erased') throw new LedgerError('broken');
          return { vendor: toText(row.vendor), purpose: readPurpose(row.purpose), event, people: toNumber(row.people) };
        }),
      ),
  };
}
