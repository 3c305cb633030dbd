import { hashRow, type LedgerHead, type LedgerRow } from './row';

/** What a row says, before a chain gives it a place. */
export type RowContent = Omit<LedgerRow, 'seq' | 'previous' | 'hash'>;

/**
 * The row that follows a head.
 *
 * @example
 * const first = rowAfter(EMPTY, content);
 * const second = rowAfter(first, more); // second.previous === first.hash
 */
export function rowAfter(head: LedgerHead, content: RowContent): LedgerRow {
  const placed = { ...content, seq: head.seq + 1, previous: head.hash };
  return { ...placed, hash: hashRow(placed) };
}
