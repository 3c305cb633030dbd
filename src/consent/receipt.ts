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
  /** Of the notice that was agreed to; empty where that is not known any more. */
  readonly endpoint: string;
  readonly region: string;
  readonly language: 'en' | 'ja';
  readonly surface: 'command' | 'button' | 'card' | 'page';
  readonly mode: 'opt-in' | 'opt-out';
  /** Position in the ledger and the hash of its row. */
  readonly ledgerSeq: number;
  readonly ledgerHash: string;
}

/** One part of everything that is on record about a person: a signed document of its own. */
export interface ExportPart {
  /** From 1. */
  readonly number: number;
  readonly of: number;
  readonly jws: string;
}
