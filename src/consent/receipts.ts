import type { LedgerRow } from './chain/row';
import type { RecordedDecision } from './ledger';
import type { Notice } from './notice';
import type { Receipt } from './receipt';

/** Rows with the notice that each names, whatever holds now; `inForce` knows those that were never served. */
export function withNotices(
  history: readonly RecordedDecision[],
  inForce: ReadonlyMap<string, Notice>,
): readonly RecordedDecision[] {
  return history.map(({ row, notice: served }) => {
    const current = inForce.get(row.vendor);
    return { row, notice: served ?? (current?.id === row.noticeId ? current : undefined) };
  });
}

/** A person's receipts, oldest first, of the ledger's rows about them. */
export function receiptsOf(
  history: readonly RecordedDecision[],
  inForce: ReadonlyMap<string, Notice>,
): readonly Receipt[] {
  return history.flatMap(({ row, notice }): Receipt[] => {
    if (row.event === 'erased') return [];
    return [
      {
        id: `${row.subject.slice(0, 16)}-${row.seq}`,
        vendor: row.vendor,
        vendorName: (notice ?? inForce.get(row.vendor))?.vendorName ?? row.vendor,
        purpose: row.purpose,
        event: row.event,
        at: row.at,
        validUntil: row.event === 'granted' ? row.validUntil : undefined,
        noticeId: row.noticeId,
        endpoint: notice?.route.endpoint ?? '',
        region: notice?.route.region ?? '',
        language: row.language,
        surface: row.surface,
        mode: row.mode,
        ledgerSeq: row.seq,
        ledgerHash: row.hash,
      },
    ];
  });
}

/**
 * The rows that a person's standing with one vendor rests on: for each purpose the newest decision, or the newest
 * notice that was shown where nothing was decided.
 */
export function standingRows(history: readonly RecordedDecision[], vendor: string): readonly RecordedDecision[] {
  return (['use', 'training'] as const).flatMap((purpose) => {
    const rows = history.filter(({ row }) => row.vendor === vendor && row.purpose === purpose);
    const last = rows.findLast(({ row }) => isDecision(row)) ?? rows.at(-1);
    return last === undefined ? [] : [last];
  });
}

function isDecision({ event }: LedgerRow): boolean {
  return event === 'granted' || event === 'withdrawn';
}
