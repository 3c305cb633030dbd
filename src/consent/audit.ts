import type { LedgerEvent, LedgerHead, LedgerRow } from './chain/row';
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
 * The ledger as a whole, for whoever runs dejiren: nothing here leads to a person. Methods reject with a `LedgerError`
 * where it cannot be read, or where a value in it is not one of dejiren's.
 *
 * @example
 * const { seq } = await audit.head();
 * for await (const row of audit.rows(seq)) print(row.event);
 */
export interface LedgerAudit {
  head(): Promise<LedgerHead>;
  /** The hash that stands in a row; undefined where there is no such row. */
  hashAt(seq: number): Promise<string | undefined>;
  /** The rows up to one, in order. They are read as they are taken, some at a time. */
  rows(upTo: number): AsyncIterable<LedgerRow>;
  /** Every notice that was served, the oldest first. */
  notices(): AsyncIterable<Notice>;
  decisions(): Promise<readonly DecisionCount[]>;
  standings(): Promise<readonly StandingCount[]>;
}
