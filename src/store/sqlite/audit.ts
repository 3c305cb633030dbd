import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { DecisionCount, LedgerAudit, StandingCount } from '../../consent/audit';
import { EMPTY, GENESIS, type LedgerRow } from '../../consent/chain/row';
import { LedgerError } from '../../consent/ledger-error';
import type { Notice } from '../../consent/notice';
import { readNotice } from './notices';
import { readEvent, readHead, readMode, readPurpose, readRow, readStandingEvent, toNumber, toText } from './rows';

type Row = Record<string, SQLOutputValue>;

/** Rows read at a time: no reading stays open between two, so that none holds up who writes. */
const SLICE = 500;

export function createSqliteAudit(database: DatabaseSync): LedgerAudit {
  const sql = {
    head: database.prepare('SELECT seq, hash FROM ledger_head WHERE one = 1'),
    hashAt: database.prepare('SELECT hash FROM ledger WHERE seq = ?'),
    rows: database.prepare('SELECT * FROM ledger WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?'),
    notices: database.prepare('SELECT id, material_id, vendor, body FROM notices ORDER BY first_served_at, id'),
    decisions: database.prepare(`
      SELECT strftime('%Y-%m', at / 1000, 'unixepoch') AS month, vendor, purpose, event, mode, count(*) AS count
      FROM ledger GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`),
    standings: database.prepare(`
      SELECT vendor, purpose, event, count(*) AS people
      FROM standings GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`),
  };

  async function* rows(upTo: number): AsyncIterable<LedgerRow> {
    for (let after = 0; ; ) {
      const slice = reading(() => sql.rows.all(after, upTo, SLICE).map(readRow));
      yield* slice;
      const last = slice.at(-1);
      if (last === undefined || slice.length < SLICE) return;
      after = last.seq;
    }
  }

  async function* notices(): AsyncIterable<Notice> {
    for (const row of reading(() => sql.notices.all())) yield reading(() => readNotice(row));
  }

  return {
    head: async () => reading(() => readHead(sql.head.get()) ?? EMPTY),
    async hashAt(seq) {
      if (seq === 0) return GENESIS;
      const row = reading(() => sql.hashAt.get(seq));
      return row === undefined ? undefined : reading(() => toText(row.hash));
    },
    rows,
    notices,
    decisions: async () => reading(() => sql.decisions.all().map(readDecisionCount)),
    standings: async () => reading(() => sql.standings.all().map(readStandingCount)),
  };
}

function readDecisionCount(row: Row): DecisionCount {
  return {
    month: toText(row.month),
    vendor: toText(row.vendor),
    purpose: readPurpose(row.purpose),
    event: readEvent(row.event),
    mode: readMode(row.mode),
    count: toNumber(row.count),
  };
}

function readStandingCount(row: Row): StandingCount {
  return {
    vendor: toText(row.vendor),
    purpose: readPurpose(row.purpose),
    event: readStandingEvent(row.event),
    people: toNumber(row.people),
  };
}

function reading<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw error instanceof LedgerError ? error : new LedgerError('unavailable');
  }
}
