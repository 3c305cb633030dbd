import type { LedgerAudit } from '../consent/audit';
import type { Ledger } from '../consent/ledger';
import type { TurnRegister } from '../dispatch/admit';

/**
 * What dejiren keeps, whichever engine keeps it. Nothing here waits in place: an engine may be a file on this machine
 * or a server across the network.
 */
export interface Store {
  readonly ledger: Ledger;
  readonly audit: LedgerAudit;
  /** Of everything that a person did and that must have its effect once: questions, commands, presses. */
  readonly inputs: TurnRegister;
  /** Whether another process had it open when this one came. */
  readonly shared: boolean;
  /** Whether the store can be read now, and is where it was opened. Never rejects. */
  ready(): Promise<boolean>;
  close(): Promise<void>;
}

/** What commands that only look may do: it changes nothing, beside a running dejiren or without one. */
export interface ReadOnlyStore {
  readonly ledger: Pick<Ledger, 'verify' | 'notice' | 'noticesAgreedTo'>;
  readonly audit: LedgerAudit;
  close(): Promise<void>;
}
