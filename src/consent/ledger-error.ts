import { DejirenError } from '../model/errors';

/** The ledger could not be read or written, or its chain is broken. Nothing may go to a vendor. */
export class LedgerError extends DejirenError<'ledger', 'broken' | 'unavailable'> {
  constructor(code: LedgerError['code']) {
    super('LedgerError', 'ledger', code);
  }
}
