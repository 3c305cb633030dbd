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
import { readHead, sealFaultOf } from './sqlite-head';
import { readNotice } from './sqlite-notices';
import { createReplay } from './sqlite-replay';
import { readRow, toNumber, toText } from './sqlite-rows';

/** Rows checked before other work gets its turn: some 3 ms. */
const SLICE = 500;
const TAIL = 200;

export interface LedgerVerifier {
  /** Checks the newest rows, the people in them, the head and the notices: what a start can afford. */
  verifyTail(): LedgerVerification;
  /**
   * Checks every row, the head, that the standings follow from the rows, that people are who they were, and that the
   * chain holds what it held when it was `known`. Rejects when `signal` is aborted.
   */
  verify(signal: AbortSignal | undefined, known: LedgerHead): Promise<LedgerVerification>;
}

export function createVerifier(database: DatabaseSync, secret: Uint8Array): LedgerVerifier {
  const rowsAfter = database.prepare('SELECT * FROM ledger WHERE seq > ? ORDER BY seq LIMIT ?');
  const headRow = database.prepare('SELECT seq, hash, seal FROM ledger_head WHERE one = 1');
  const last = database.prepare('SELECT coalesce(max(seq), 0) AS seq FROM ledger');
  const hashAt = database.prepare('SELECT hash FROM ledger WHERE seq = ?');
  const notices = database.prepare('SELECT id, material_id, vendor, body FROM notices');
  const replay = createReplay(database);

  const storedHead = (): LedgerHead => readHead(headRow.get());

  /** Reads several tables as they are at one moment: another process may be writing. */
  const atOnce = <Result>(read: () => Result): Result => {
    database.exec('BEGIN');
    try {
      return read();
    } finally {
      database.exec('COMMIT');
    }
  };

  /** The first fault in a run of rows after `before`, or where the run ends. */
  const follow = (rows: readonly Record<string, SQLOutputValue>[], before: LedgerHead): LedgerVerification => {
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
      at = { seq, hash: row.hash };
    }
    return { intact: true, head: at };
  };

  const noticesFit = (): boolean => {
    try {
      for (const row of notices.iterate()) readNotice(row);
      return true;
    } catch (error) {
      if (error instanceof LedgerError) return false;
      throw error;
    }
  };

  const checkTail = (): LedgerVerification => {
    const head = storedHead();
    const newest = toNumber(last.get()?.seq);
    if (newest !== head.seq) return headDiffers(newest, head);
    if (!noticesFit()) return { intact: false, seq: head.seq, code: 'notice-changed' };
    const start = Math.max(0, newest - TAIL);
    const rows = rowsAfter.all(start, TAIL);
    const hash = start === 0 ? GENESIS : toText(rows[0]?.previous);
    const followed = meetsHead(follow(rows, { seq: start, hash }), head);
    if (!followed.intact) return followed;
    const people = new Set(rows.map((row) => toText(row.subject)));
    const whole = start > 0 ? 'end' : replay.next('');
    const faults = [...people].map(replay.faultOf);
    const code = faults.find((fault) => fault !== undefined) ?? (typeof whole === 'object' ? whole.fault : undefined);
    return code === undefined ? sealed(followed) : { intact: false, seq: head.seq, code };
  };

  /** What fits, told as such only where this installation wrote its head. */
  const sealed = (fits: LedgerVerification): LedgerVerification => {
    const code = sealFaultOf(headRow.get(), secret);
    return code === undefined || !fits.intact ? fits : { intact: false, seq: fits.head.seq, code };
  };

  /** Whether the chain still holds the row that it ended with. */
  const holds = ({ seq, hash }: LedgerHead): boolean => seq === 0 || hashAt.get(seq)?.hash === hash;

  /** Follows the chain in slices, each as it is at one moment, until it meets the head. */
  async function followAll(signal: AbortSignal | undefined): Promise<LedgerVerification> {
    let at: LedgerHead = { seq: 0, hash: GENESIS };
    for (;;) {
      signal?.throwIfAborted();
      const { followed, more } = atOnce(() => {
        const rows = rowsAfter.all(at.seq, SLICE);
        const run = follow(rows, at);
        const full = rows.length === SLICE;
        return { followed: full ? run : meetsHead(run, storedHead()), more: full };
      });
      if (!followed.intact || !more) return followed;
      at = followed.head;
      await nextRound();
    }
  }

  return {
    verifyTail() {
      try {
        return atOnce(checkTail);
      } catch (error) {
        if (error instanceof LedgerError) return { intact: false, seq: 0, code: 'state-differs' };
        throw error;
      }
    },

    async verify(signal, known) {
      if (!holds(known)) return { intact: false, seq: known.seq, code: 'head-differs' };
      if (!noticesFit()) return { intact: false, seq: storedHead().seq, code: 'notice-changed' };
      const followed = await followAll(signal);
      if (!followed.intact) return followed;
      for (let after = ''; ; await nextRound()) {
        signal?.throwIfAborted();
        const looked = atOnce(() => replay.next(after));
        if (looked === 'end') return sealed(followed);
        if (looked.fault !== undefined) return { intact: false, seq: followed.head.seq, code: looked.fault };
        after = looked.upTo;
      }
    },
  };
}

function meetsHead(followed: LedgerVerification, head: LedgerHead): LedgerVerification {
  if (!followed.intact) return followed;
  const { seq, hash } = followed.head;
  return seq === head.seq && hash === head.hash ? followed : headDiffers(seq, head);
}

function headDiffers(newest: number, head: LedgerHead): LedgerVerification {
  return { intact: false, seq: Math.min(newest, head.seq) + 1, code: 'head-differs' };
}
