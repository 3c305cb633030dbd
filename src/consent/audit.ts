import type { LedgerEvent, LedgerHead, LedgerRow } from './ledger';
import type { Notice } from './notice';

/** How many decisions of one kind were recorded in a month (UTC, e.g. `2026-11`). */
export interface DecisionCount {
  readonly month: string;
  readonly vendor: string;
  readonly purpose: LedgerRow['purpose'];
  readonly event: LedgerEvent;
  readonly mode: LedgerRow['mode'];
  readonly count: number;
}

/** How many people's last word about a vendor and purpose is this one. */
export interface StandingCount {
  readonly vendor: string;
  readonly purpose: LedgerRow['purpose'];
  readonly event: Exclude<LedgerEvent, 'erased'>;
  readonly people: number;
}

/**
 * The ledger as a whole, for whoever runs dejiren: nothing here leads to a person. Methods throw a `LedgerError` where
 * it cannot be read, or where a value in it is none of ours.
 */
export interface LedgerAudit {
  head(): LedgerHead;
  /** The hash that stands in a row; undefined where there is no such row. */
  hashAt(seq: number): string | undefined;
  /** The rows up to one, in order. */
  rows(upTo: number): Iterable<LedgerRow>;
  /** Every notice that was served, the oldest first. */
  notices(): Iterable<Notice>;
  decisions(): readonly DecisionCount[];
  standings(): readonly StandingCount[];
}
