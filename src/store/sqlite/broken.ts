import { LedgerError, type LedgerVerification } from '../../consent/ledger';

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
