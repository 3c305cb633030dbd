import type { LedgerRow } from './ledger';
import type { Notice } from './notice';
import type { Receipt } from './receipt';

/** A person's receipts, oldest first, of the ledger's rows about them. */
export function receiptsOf(rows: readonly LedgerRow[], notices: ReadonlyMap<string, Notice>): readonly Receipt[] {
  return rows.flatMap((row): Receipt[] => {
    if (row.event === 'erased') return [];
    const notice = notices.get(row.vendor);
    return [
      {
        id: `${row.subject.slice(0, 16)}-${row.seq}`,
        vendor: row.vendor,
        vendorName: notice?.vendorName ?? row.vendor,
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
