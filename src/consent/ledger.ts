import { hash } from 'node:crypto';
import { DejirenError } from '../model/errors';
import type { ConsentMode, ConsentOrigin, ConsentPerson, Pseudonyms, Purpose } from './consent';
import type { Did, Input } from './input';
import type { Notice } from './notice';

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

/** A row with the notice that it names; undefined where that notice was never served. */
export interface RecordedDecision {
  readonly row: LedgerRow;
  readonly notice: Notice | undefined;
}

/** What a row says, before the ledger gives it a place. */
export type LedgerEntry = Pick<
  LedgerRow,
  'at' | 'vendor' | 'purpose' | 'noticeId' | 'mode' | 'surface' | 'language'
> & {
  readonly event: Exclude<LedgerEvent, 'erased'>;
  readonly validUntil: number;
};

export const GENESIS = '0'.repeat(64);

/** The hash that chains a row to the one before it: SHA-256 over every other field, the previous hash included. */
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

/** What the ledger holds last about a person and a vendor. */
export interface Standing {
  readonly event: 'granted' | 'withdrawn' | 'notice-shown';
  readonly noticeId: string;
  /** The material id of that notice; empty when the notice is not on record. */
  readonly materialId: string;
  readonly at: number;
  readonly validUntil: number;
}

/**
 * What a person's standing is after a row, given the one before. A notice that was shown never overrides a
 * decision; after a change in wording only, it becomes the notice that the grant is known by.
 */
export function nextStanding(
  before: Standing | undefined,
  row: Pick<LedgerRow, 'event' | 'noticeId' | 'at' | 'validUntil'>,
  materialId: string,
): Standing | undefined {
  const { event, noticeId, at, validUntil } = row;
  if (event === 'erased') return undefined;
  if (event !== 'notice-shown' || before === undefined || before.event === 'notice-shown')
    return { event, noticeId, materialId, at, validUntil };
  const reworded = before.event === 'granted' && materialId !== '' && before.materialId === materialId;
  return reworded ? { ...before, noticeId } : before;
}

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

/** Where the chain stands: kept elsewhere, it shows that rows were cut off or all rewritten. */
export interface LedgerHead {
  readonly seq: number;
  readonly hash: string;
}

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

/** What an input does. The ledger takes it in the transaction that writes what follows from it, or not at all. */
export interface Deed {
  /** Undefined: it comes once by nature, and its order is that of its coming. */
  readonly input: Input | undefined;
  /** Undefined where it decides nothing: a notice is shown. */
  readonly did: Did | undefined;
  /** The vendors that it is about; {@link EVERY_VENDOR} among them where it is about those to come as well. */
  readonly about: readonly string[];
  /** It is done about all of them or not at all. */
  readonly whole?: boolean;
  /** Called in the tick of the commit, where the deed is taken. */
  readonly onCommit?: () => void;
}

export const EVERY_VENDOR = '';

/**
 * What came of a deed. `repeated`: its input was taken earlier, and nothing was written. `outdated`: the person has
 * said something newer about a vendor of it; for that vendor nothing was written.
 */
export type Taking = 'taken' | 'repeated' | 'outdated';

/** The append-only record of decisions, and what follows from it. Every method rejects with a `LedgerError`. */
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
  erase(
    person: ConsentPerson,
    origin: ConsentOrigin & { readonly mode: ConsentMode; readonly at: number },
    deed?: Deed,
  ): Promise<Taking>;
  /** Checks all of it. Where it is not intact, every later call rejects. Rejects as well when `signal` is aborted. */
  verify(signal?: AbortSignal): Promise<LedgerVerification>;
  /** Takes over a ledger whose only fault is that its head is not sealed. Resolves to how it stands then. */
  seal(): Promise<LedgerVerification>;
}

/** The ledger could not be read or written, or its chain is broken. Nothing may go to a vendor. */
export class LedgerError extends DejirenError<'ledger', 'broken' | 'unavailable'> {
  constructor(code: LedgerError['code']) {
    super('LedgerError', 'ledger', code);
  }
}
