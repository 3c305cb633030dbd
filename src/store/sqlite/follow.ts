import type { SQLOutputValue } from 'node:sqlite';
import { hashRow, type LedgerHead, type LedgerRow, type LedgerVerification } from '../../consent/ledger';
import { readRow } from './rows';

/** Follows a run of rows from the head before them; `each` is called with every row that fits. */
export function followRows(
  rows: Iterable<Record<string, SQLOutputValue>>,
  before: LedgerHead,
  each: (row: LedgerRow) => void = () => {},
): LedgerVerification {
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
    each(row);
  }
  return { intact: true, head: at };
}

/** Whether a chain that was followed to its end is the one that the stored head tells of. */
export function meetsHead(followed: LedgerVerification, head: LedgerHead): LedgerVerification {
  if (!followed.intact) return followed;
  const { seq, hash } = followed.head;
  if (seq === head.seq && hash === head.hash) return followed;
  return { intact: false, seq: Math.min(seq, head.seq) + 1, code: 'head-differs' };
}
