import type { ConsentOrigin, ConsentPerson, ConsentView, Purpose, WithdrawalListener } from './consent';
import type { Deed, Taking } from './deed';
import { type ConsentGateParts, vendorOf } from './gate';
import type { LedgerEntry, Subject } from './ledger';
import type { Notice } from './notice';
import type { ProofIssuer } from './proof';

export interface ConsentHandlerParts extends ConsentGateParts {
  /** Who was never shown the notice in force is shown it before a command agrees to it. */
  readonly noticeFirst: boolean;
  /** The words that mean a vendor, in small letters and with `-` between several, and its id. */
  readonly vendorWords: ReadonlyMap<string, string>;
  readonly proofs: ProofIssuer;
  readonly onWithdrawal: WithdrawalListener;
}

/** A command or a press of a button, while it is carried out. */
export interface Act {
  readonly parts: ConsentHandlerParts;
  readonly person: ConsentPerson;
  readonly origin: ConsentOrigin;
}

export const PURPOSES: readonly Purpose[] = ['use', 'training'];

/** Who did it, as the ledger knows them now; undefined where there is no record of them. */
export function subjectOf({ parts, person }: Act): Promise<Subject | undefined> {
  return parts.ledger.find(person);
}

/** The vendor that answers them where they did it. */
export function vendorInEffect({ parts, person, origin }: Act, subject: Subject | undefined): string {
  return vendorOf(parts, person, subject, origin.conversation);
}

/** The vendors that are set up. */
export function vendorsOf({ parts }: Act): readonly string[] {
  return [...parts.notices.keys()];
}

export function vendorUnknown(act: Act): ConsentView {
  return { kind: 'vendor-unknown', vendors: vendorsOf(act) };
}

/** What every entry of an act has alike. */
export function stampOf({ parts: { policy, now }, person, origin: { surface, language } }: Act) {
  return { at: now(), mode: policy.mode(person.tenant), surface, language };
}

/** Asks nothing of the ledger where there is nothing to write, and nothing to take. */
export async function write(
  { parts: { ledger }, person }: Act,
  entries: readonly LedgerEntry[],
  served: readonly Notice[],
  deed: Deed,
): Promise<Taking> {
  if (entries.length === 0 && deed.input === undefined) return 'taken';
  return ledger.append(person, entries, served, deed);
}
