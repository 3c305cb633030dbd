import type { LedgerRow } from './ledger';
import type { Notice } from './notice';

/** A person's record of one decision in the ledger: proof for them, without a word of anybody's. */
export interface Receipt {
  readonly id: string;
  readonly vendor: string;
  readonly vendorName: string;
  readonly purpose: 'use' | 'training';
  readonly event: 'granted' | 'withdrawn' | 'notice-shown';
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Milliseconds since the epoch at which a grant ends; undefined for other events. */
  readonly validUntil: number | undefined;
  readonly noticeId: string;
  readonly endpoint: string;
  readonly region: string;
  readonly language: 'en' | 'ja';
  readonly surface: 'command' | 'button' | 'card' | 'page';
  readonly mode: 'opt-in' | 'opt-out';
  /** Position in the ledger and the hash of its row. */
  readonly ledgerSeq: number;
  readonly ledgerHash: string;
}

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
