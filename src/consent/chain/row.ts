import { hash } from 'node:crypto';
import type { ConsentMode, ConsentOrigin, Purpose } from '../consent';

export type LedgerEvent = 'granted' | 'withdrawn' | 'notice-shown' | 'erased';

/** A row of the ledger. No row holds a name, a message or a platform's id of a person or a channel. */
export interface LedgerRow {
  /** 1 for the first row, without gaps. */
  readonly seq: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The person's pseudonym, under a key of their own. */
  readonly subject: string;
  readonly platform: string;
  readonly tenant: string;
  readonly event: LedgerEvent;
  /** Empty where the event concerns all vendors (`erased`). */
  readonly vendor: string;
  readonly purpose: Purpose;
  /** Empty for `erased`, and for withdrawals from a vendor without a notice. */
  readonly noticeId: string;
  readonly mode: ConsentMode;
  readonly surface: ConsentOrigin['surface'];
  readonly language: ConsentOrigin['language'];
  readonly actor: 'self';
  /** Milliseconds since the epoch at which a grant ends; 0 for other events. */
  readonly validUntil: number;
  /** The hash of the row before, {@link GENESIS} for the first. */
  readonly previous: string;
  readonly hash: string;
}

/** Where a chain stands: kept elsewhere, it shows that rows were cut off or all rewritten. */
export interface LedgerHead {
  readonly seq: number;
  readonly hash: string;
}

export const GENESIS = '0'.repeat(64);

/** The head of a chain without a row. */
export const EMPTY: LedgerHead = { seq: 0, hash: GENESIS };

/**
 * The hash that chains a row to the one before it: SHA-256 over every other field, the previous hash included. It is
 * part of the format of what is stored: it never changes.
 */
export function hashRow(row: Omit<LedgerRow, 'hash'>): string {
  const fields = [
    row.previous,
    row.seq,
    row.at,
    row.subject,
    row.platform,
    row.tenant,
    row.event,
    row.vendor,
    row.purpose,
    row.noticeId,
    row.mode,
    row.surface,
    row.language,
    row.actor,
    row.validUntil,
  ];
  return hash('sha256', JSON.stringify(fields), 'hex');
}
