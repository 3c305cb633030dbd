import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { setImmediate as nextRound } from 'node:timers/promises';
import {
  GENESIS,
  hashRow,
  type LedgerHead,
  type LedgerVerification,
  nextStanding,
  type Standing,
} from '../consent/ledger';
import { readRow, readStanding, toNumber, toText } from './sqlite-rows';

/** Rows checked before other work gets its turn: some 3 ms. */
const SLICE = 500;
const TAIL = 200;

export interface LedgerVerifier {
  /** Checks the newest rows and the head: what a start can afford. */
  verifyTail(): LedgerVerification;
  /** Checks every row, the head, and that the standings follow from the rows. Rejects when `signal` is aborted. */
  verify(signal?: AbortSignal): Promise<LedgerVerification>;
}

export function createVerifier(database: DatabaseSync): LedgerVerifier {
  const rowsAfter = database.prepare('SELECT * FROM ledger WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?');
  const headRow = database.prepare('SELECT seq, hash FROM ledger_head WHERE one = 1');
  const last = database.prepare('SELECT coalesce(max(seq), 0) AS seq FROM ledger');
  const materials = database.prepare('SELECT id, material_id FROM notices');
  const standings = database.prepare(`
    SELECT t.subject, t.vendor, t.purpose, t.event, t.notice_id, t.at, t.valid_until,
           coalesce(n.material_id, '') AS material_id
    FROM standings t LEFT JOIN notices n ON n.id = t.notice_id`);

  const readHead = (): LedgerHead => {
    const row = headRow.get();
    return row === undefined ? { seq: 0, hash: GENESIS } : { seq: toNumber(row.seq), hash: toText(row.hash) };
  };

  /** The first fault in a run of rows after `before`, or where the run ends. */
  const follow = (
    rows: readonly Record<string, SQLOutputValue>[],
    before: LedgerHead,
    visit?: (row: ReturnType<typeof readRow>) => void,
  ): LedgerVerification => {
    let at = before;
    for (const raw of rows) {
      const seq = at.seq + 1;
      let row: ReturnType<typeof readRow>;
      try {
        row = readRow(raw);
      } catch {
        return { intact: false, seq, code: 'row-changed' };
      }
      if (row.seq !== seq) return { intact: false, seq, code: 'row-missing' };
      if (row.previous !== at.hash) return { intact: false, seq, code: 'chain-broken' };
      if (hashRow(row) !== row.hash) return { intact: false, seq, code: 'row-changed' };
      visit?.(row);
      at = { seq, hash: row.hash };
    }
    return { intact: true, head: at };
  };

  const meetsHead = (end: LedgerHead, head: LedgerHead): LedgerVerification =>
    end.seq === head.seq && end.hash === head.hash ? { intact: true, head } : headDiffers(end.seq, head);

  return {
    verifyTail() {
      const head = readHead();
      const newest = toNumber(last.get()?.seq);
      if (newest !== head.seq) return headDiffers(newest, head);
      if (newest === 0) return { intact: true, head };
      const start = Math.max(0, newest - TAIL);
      const [first, ...rest] = rowsAfter.all(start, newest, TAIL);
      if (first === undefined) return { intact: false, seq: start + 1, code: 'row-missing' };
      const before = { seq: start, hash: start === 0 ? GENESIS : toText(first.previous) };
      const followed = follow([first, ...rest], before);
      return followed.intact ? meetsHead(followed.head, head) : followed;
    },

    async verify(signal) {
      const head = readHead();
      const newest = toNumber(last.get()?.seq);
      if (newest !== head.seq) return headDiffers(newest, head);
      const materialOf = new Map(materials.all().map((row) => [toText(row.id), toText(row.material_id)]));
      const expected = new Map<string, Map<string, Standing>>();
      let at: LedgerHead = { seq: 0, hash: GENESIS };
      for (;;) {
        signal?.throwIfAborted();
        const rows = rowsAfter.all(at.seq, head.seq, SLICE);
        if (rows.length === 0) break;
        const followed = follow(rows, at, (row) => {
          if (row.event === 'erased') {
            expected.delete(row.subject);
            return;
          }
          const own = expected.get(row.subject) ?? new Map<string, Standing>();
          const key = `${row.vendor}\n${row.purpose}`;
          const after = nextStanding(own.get(key), row, materialOf.get(row.noticeId) ?? '');
          if (after !== undefined) own.set(key, after);
          expected.set(row.subject, own);
        });
        if (!followed.intact) return followed;
        at = followed.head;
        await nextRound();
      }
      const met = meetsHead(at, head);
      // Rows that came in meanwhile would make the standings run ahead: then the next check sees them.
      if (!met.intact || readHead().seq !== head.seq) return met;
      return standingsFollow(expected) ? met : { intact: false, seq: head.seq, code: 'state-differs' };
    },
  };

  function standingsFollow(expected: ReadonlyMap<string, ReadonlyMap<string, Standing>>): boolean {
    let left = [...expected.values()].reduce((sum, own) => sum + own.size, 0);
    for (const row of standings.iterate()) {
      const should = expected.get(toText(row.subject))?.get(`${toText(row.vendor)}\n${toText(row.purpose)}`);
      if (should === undefined || JSON.stringify(readStanding(row)) !== JSON.stringify(should)) return false;
      left -= 1;
    }
    return left === 0;
  }
}

function headDiffers(newest: number, head: LedgerHead): LedgerVerification {
  return { intact: false, seq: Math.min(newest, head.seq) + 1, code: 'head-differs' };
}
