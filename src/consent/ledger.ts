import type { LedgerVerification } from './chain/fault';
import type { Standing } from './chain/project';
import type { LedgerEvent, LedgerRow } from './chain/row';
import type { ConsentMode, ConsentOrigin, ConsentPerson, Pseudonyms, Purpose, WithdrawalListener } from './consent';
import type { Deed, Taking } from './deed';
import type { Notice } from './notice';

/** A row with the notice that it names; undefined where that notice was never served. */
export interface RecordedDecision {
  readonly row: LedgerRow;
  readonly notice: Notice | undefined;
}

/** A decision to be written down, before the chain gives it a place. */
export type LedgerEntry = Pick<
  LedgerRow,
  'at' | 'vendor' | 'purpose' | 'noticeId' | 'mode' | 'surface' | 'language'
> & {
  readonly event: Exclude<LedgerEvent, 'erased'>;
  readonly validUntil: number;
};

/** A person as the ledger knows them. */
export interface Subject {
  /** The pseudonym that the ledger's rows have. */
  readonly id: string;
  readonly pseudonyms: Pseudonyms;
  /** The vendor that the person chose. */
  readonly vendor: string | undefined;
  /** Every vendor that there is a standing with. */
  readonly vendors: readonly string[];
  standing(vendor: string, purpose: Purpose): Standing | undefined;
}

/** Where an erasure came from, in which mode, and when: milliseconds since the epoch. */
export type ErasureOrigin = ConsentOrigin & { readonly mode: ConsentMode; readonly at: number };

/**
 * The append-only record of decisions, and what follows from it. Every method rejects with a `LedgerError`.
 *
 * What a withdrawal promises: once its commit is acknowledged, no vendor call begins and no call that shows a word
 * begins on any replica that has heard of it, and every replica hears of it within a bound. A store across the network
 * can keep that as well as a file on this machine. An engine does three things for it, and nothing above rests on more:
 *
 * 1. It tells its listeners of a withdrawal before it acknowledges it: before `append` or `erase` resolves.
 * 2. What was acknowledged to any replica is seen by every look that begins afterwards, on all of them. A look that
 *    began before may still answer what was true then; whoever acts on one asks first what was heard meanwhile.
 * 3. A withdrawal that another replica wrote is heard of within a bound: the engine tells its listeners of it, or, as
 *    SQLite does, has every look read what is committed. Somebody's consent is looked at right before a vendor is
 *    asked and before each call that shows words, so that the bound is the time to the next of these.
 *
 * @example
 * ledger.onWithdrawal((person, vendor) => dispatcher.withdraw(person, vendor));
 * await ledger.append(person, entries, [], { input, did: 'took', about: ['openai'] });
 * // Here every answer to this person by OpenAI has ended.
 */
export interface Ledger {
  /** Undefined for a person without a record. */
  find(person: ConsentPerson): Promise<Subject | undefined>;
  /**
   * Writes the entries in one durable transaction, unless the deed was taken before. On return they outlive a power
   * cut. A withdrawal of what is withdrawn already by then is no row. Without a deed they are written as they are.
   */
  append(
    person: ConsentPerson,
    entries: readonly LedgerEntry[],
    notices: readonly Notice[],
    deed?: Deed,
  ): Promise<Taking>;
  chooseVendor(person: ConsentPerson, vendor: string, deed?: Deed): Promise<Taking>;
  /** What would come of a deed if it were done now. It takes nothing, and waits for nobody who writes. */
  wouldTake(person: ConsentPerson, deed: Deed): Promise<Taking>;
  /** The person's rows, oldest first. */
  history(person: ConsentPerson): Promise<readonly RecordedDecision[]>;
  /** A notice as it was served; undefined where no such was. */
  notice(id: string): Promise<Notice | undefined>;
  /** Every notice that somebody's present standing rests on, the newest served first. */
  noticesAgreedTo(): Promise<readonly Notice[]>;
  /**
   * Destroys the person's key and appends `erased`: the chain stays whole, and nothing in it leads to the person.
   * Where there is no record it is taken all the same, and nothing is written.
   */
  erase(person: ConsentPerson, origin: ErasureOrigin, deed?: Deed): Promise<Taking>;
  /** Tells the listener of every withdrawal and erasure, as {@link Ledger} promises. Returns what ends that. */
  onWithdrawal(listener: WithdrawalListener): () => void;
  /** Checks all of it. Where it is not intact, every later call rejects. Rejects as well when `signal` is aborted. */
  verify(signal?: AbortSignal): Promise<LedgerVerification>;
  /** Takes over a ledger whose only fault is that its head is not sealed. Resolves to how it stands then. */
  seal(): Promise<LedgerVerification>;
}
