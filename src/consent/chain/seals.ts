import type { StoredStanding } from './project';
import type { LedgerHead } from './row';

/** A head as it is stored, with the seal that the installation put on it. */
export interface SealedHead extends LedgerHead {
  /** Undefined in what an earlier version wrote. */
  readonly seal: Uint8Array | undefined;
}

/** Somebody as they are on record. */
export interface StoredPerson {
  /** Where their key is found. */
  readonly lookup: Uint8Array;
  readonly key: Uint8Array;
  /** The pseudonym that the rows have. */
  readonly subject: string;
  /** The vendor that they chose; empty where they chose none. */
  readonly chosen: string;
  /** The newest row about them; 0 where there is none. */
  readonly seq: number;
  /** By vendor, then purpose. */
  readonly standings: readonly StoredStanding[];
}

/** Somebody with the seal over all that is believed of them; undefined in what an earlier version wrote. */
export interface SealedPerson extends StoredPerson {
  readonly seal: Uint8Array | undefined;
}

/**
 * What only this installation can put beside what is stored. What hangs together in itself may have been made to; a
 * seal under the installation's secret cannot.
 */
export interface Seals {
  ofHead(head: LedgerHead): Buffer;
  /** Over all that is believed of somebody. The vendor that they chose is not in it: it is no consent. */
  ofPerson(person: StoredPerson): Buffer;
  /** Whether a key and its place are what a pseudonym commits to. */
  opens(person: Pick<StoredPerson, 'key' | 'lookup' | 'subject'>): boolean;
}

/** Whether a stored head is one that this installation wrote; there is none before the first row. */
export function headFaultOf(head: SealedHead | undefined, seals: Seals): 'head-unsealed' | 'head-differs' | undefined {
  if (head === undefined) return undefined;
  if (head.seal === undefined) return 'head-unsealed';
  return seals.ofHead(head).equals(head.seal) ? undefined : 'head-differs';
}

/** Whether somebody is sealed as they are stored. */
export function isSealed(person: SealedPerson, seals: Seals): boolean {
  return person.seal !== undefined && seals.ofPerson(person).equals(person.seal);
}
