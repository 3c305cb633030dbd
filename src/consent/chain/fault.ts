import { LedgerError } from '../ledger-error';
import type { LedgerHead } from './row';

/** How all of a ledger fits. */
export type LedgerVerification =
  | { readonly intact: true; readonly head: LedgerHead }
  /** `seq` is the first row that does not fit; `code` tells how. */
  | {
      readonly intact: false;
      readonly seq: number;
      readonly code:
        | 'row-changed'
        | 'row-missing'
        | 'chain-broken'
        | 'head-differs'
        /** All of it fits, and nobody with the installation's secret ever said so: it is of an earlier version. */
        | 'head-unsealed'
        | 'state-differs'
        | 'notice-changed'
        /** A table, an index, a trigger or a view is another than dejiren made, or was added. */
        | 'schema-changed'
        /** Who somebody is to the ledger: is another, is gone, or is back after an erasure. */
        | 'subject-changed'
        | 'subject-missing'
        | 'subject-returned';
    };

/** How a ledger does not fit, and from which row on. */
export type LedgerFault = Extract<LedgerVerification, { readonly intact: false }>;

/** The ledger does not fit: what was read is not what this installation wrote. Nothing is answered from it any more. */
export class BrokenLedger extends LedgerError {
  readonly fault: LedgerFault;

  constructor(code: LedgerFault['code'], seq: number) {
    super('broken');
    this.fault = { intact: false, seq, code };
  }
}
