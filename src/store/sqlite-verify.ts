import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { setImmediate as nextRound } from 'node:timers/promises';
import {
  GENESIS,
  hashRow,
  LedgerError,
  type LedgerHead,
  type LedgerRow,
  type LedgerVerification,
} from '../consent/ledger';
import { createReplays, type Replay } from './sqlite-replay';
import { readRow, toNumber, toText } from './sqlite-rows';

/** Rows checked before other work gets its turn: some 3 ms. */
const SLICE = 500;
const TAIL = 200;

export interface LedgerVerifier {
  /** Checks the newest rows with what follows from them, the head and the notices: what a start can afford. */
  verifyTail(): LedgerVerification;
  /** Checks every row, the head, and that the standings follow from the rows. Rejects when `signal` is aborted. */
  verify(signal?: AbortSignal): Promise<LedgerVerification>;
}

export function createVerifier(database: DatabaseSync): LedgerVerifier {
  const rowsAfter = database.prepare('SELECT * FROM ledger WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?');
  const headRow = database.prepare('SELECT seq, hash FROM ledger_head WHERE one = 1');
  const last = database.prepare('SELECT coalesce(max(seq), 0) AS seq FROM ledger');
  const replays = createReplays(database);

  const readHead = (): LedgerHead => {
    const row = headRow.get();
    return row === undefined ? { seq: 0, hash: GENESIS } : { seq: toNumber(row.seq), hash: toText(row.hash) };
  };

  /** Reads several tables as they are at one moment: another process may be writing. */
  const atOnce = <Result>(read: () => Result): Result => {
    database.exec('BEGIN');
    try {
      return read();
    } finally {
      database.exec('COMMIT');
    }
  };

  const begin = (fromFirstRow: boolean): Replay | undefined => {
    try {
      return replays.begin(fromFirstRow);
    } catch (error) {
      if (error instanceof LedgerError) return undefined;
      throw error;
    }
  };

  /** The first fault in a run of rows after `before`, or where the run ends. */
  const follow = (
    rows: readonly Record<string, SQLOutputValue>[],
    before: LedgerHead,
    visit: (row: LedgerRow) => void,
  ): LedgerVerification => {
    let at = before;
    for (const raw of rows) {
      const seq = at.seq + 1;
      let row: LedgerRow;
      try {
        row = readRow(raw);
      } catch {
        return { intact: false, seq, code: 'row-changed' };
      }
      if (row.seq !== seq) return { intact: false, seq, code: 'row-missing' };
      if (row.previous !== at.hash) return { intact: false, seq, code: 'chain-broken' };
      if (hashRow(row) !== row.hash) return { intact: false, seq, code: 'row-changed' };
      visit(row);
      at = { seq, hash: row.hash };
    }
    return { intact: true, head: at };
  };

  const readTail = (): LedgerVerification => {
    const head = readHead();
    const newest = toNumber(last.get()?.seq);
    if (newest !== head.seq) return headDiffers(newest, head);
    const start = Math.max(0, newest - TAIL);
    const replay = begin(start === 0);
    if (replay === undefined) return { intact: false, seq: head.seq, code: 'notice-changed' };
    const rows = rowsAfter.all(start, newest, TAIL);
    const hash = start === 0 ? GENESIS : toText(rows[0]?.previous);
    const followed = follow(rows, { seq: start, hash }, replay.take);
    return followed.intact ? meetsHead(followed.head, head, replay) : followed;
  };

  return {
    verifyTail() {
      try {
        return atOnce(readTail);
      } catch (error) {
        if (error instanceof LedgerError) return { intact: false, seq: 0, code: 'state-differs' };
        throw error;
      }
    },

    async verify(signal) {
      const { head, newest, replay } = atOnce(() => ({
        head: readHead(),
        newest: toNumber(last.get()?.seq),
        replay: begin(true),
      }));
      if (newest !== head.seq) return headDiffers(newest, head);
      if (replay === undefined) return { intact: false, seq: head.seq, code: 'notice-changed' };
      let at: LedgerHead = { seq: 0, hash: GENESIS };
      for (;;) {
        signal?.throwIfAborted();
        const rows = rowsAfter.all(at.seq, head.seq, SLICE);
        if (rows.length === 0) break;
        const followed = follow(rows, at, replay.take);
        if (!followed.intact) return followed;
        at = followed.head;
        await nextRound();
      }
      // Rows that came in meanwhile would make the standings run ahead: then the next check sees them.
      return atOnce(() => meetsHead(at, head, readHead().seq === head.seq ? replay : undefined));
    },
  };
}

function meetsHead(end: LedgerHead, head: LedgerHead, replay: Replay | undefined): LedgerVerification {
  if (end.seq !== head.seq || end.hash !== head.hash) return headDiffers(end.seq, head);
  if (replay !== undefined && !replay.matches()) return { intact: false, seq: head.seq, code: 'state-differs' };
  return { intact: true, head };
}

function headDiffers(newest: number, head: LedgerHead): LedgerVerification {
  return { intact: false, seq: Math.min(newest, head.seq) + 1, code: 'head-differs' };
}
