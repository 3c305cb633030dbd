import type { RecordedDecision } from './ledger';
import type { Notice } from './notice';
import type { Receipt } from './receipt';

/**
 * A person's receipts, oldest first, of the ledger's rows about them. A receipt tells of the notice that its row
 * names, whatever holds now; `inForce` knows those that were never served.
 */
export function receiptsOf(
  history: readonly RecordedDecision[],
  inForce: ReadonlyMap<string, Notice>,
): readonly Receipt[] {
  return history.flatMap(({ row, notice: served }): Receipt[] => {
    if (row.event === 'erased') return [];
    const current = inForce.get(row.vendor);
    const notice = served ?? (current?.id === row.noticeId ? current : undefined);
    return [
      {
        id: `${row.subject.slice(0, 16)}-${row.seq}`,
        vendor: row.vendor,
        vendorName: (notice ?? current)?.vendorName ?? row.vendor,
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
