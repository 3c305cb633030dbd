import { BrokenLedger, type LedgerFault } from '../../consent/chain/fault';
import { LedgerError } from '../../consent/ledger-error';

/** Whether the ledger may be answered from. Once it turned out not to fit, it may not any more. */
export class LedgerHealth {
  private readonly onBroken: (fault: LedgerFault) => void;
  /** Where the chain stands, for faults that do not tell it. */
  private readonly seq: () => number;
  private fault: LedgerFault | undefined;
  private unreadable = false;

  /** `onBroken` is called once, when the ledger turns out not to fit. */
  constructor(onBroken: (fault: LedgerFault) => void, seq: () => number) {
    this.onBroken = onBroken;
    this.seq = seq;
  }

  get isBroken(): boolean {
    return this.fault !== undefined;
  }

  /** Does what rests on the ledger, and remembers where it turns out not to fit. SQLite's own errors go through. */
  guard<Result>(work: () => Result): Result {
    if (this.isBroken) throw new LedgerError('broken');
    if (this.unreadable) throw new LedgerError('unavailable');
    try {
      return work();
    } catch (error) {
      if (error instanceof BrokenLedger) this.break(error.fault);
      else if (error instanceof LedgerError && error.code === 'broken')
        this.break({ intact: false, seq: this.seq(), code: 'state-differs' });
      throw error;
    }
  }

  break(fault: LedgerFault): void {
    if (this.fault === undefined) this.onBroken(fault);
    this.fault ??= fault;
  }

  /** Somebody looked at all of it, and took it over. */
  mend(): void {
    this.fault = undefined;
  }

  /** Whether a look at all of it failed for another reason than that it does not fit. */
  setUnreadable(unreadable: boolean): void {
    this.unreadable = unreadable;
  }
}
