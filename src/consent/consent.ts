import type { Text } from '../model/text';
import type { Input } from './input';
import type { Notice } from './notice';
import type { ExportPart, Receipt } from './receipt';

/** A person as consent knows them; the chat's `Person` is one. */
export interface ConsentPerson {
  readonly platform: string;
  readonly tenant: string;
  readonly id: string;
  readonly membership: 'member' | 'guest' | 'external' | 'bot' | 'unknown';
}

export type Purpose = 'use' | 'training';
export type ConsentMode = 'opt-in' | 'opt-out';

export type DenyReason =
  | 'ledger-unavailable'
  | 'blocked'
  | 'residency'
  | 'notice-missing'
  | 'notice-expired'
  | 'not-a-person'
  | 'standing-unknown'
  | 'external'
  | 'withdrawn';

/** What follows where somebody is shown a notice and says nothing: they are asked again, or the next question is sent. */
export type Silence = 'asks-again' | 'sends';

export type AskReason = 'first' | 'notice-changed' | 'expired' | 'training';

/** What may be done with one person's words for one vendor and purpose, now. */
export type Decision =
  /** `inform`: the notice changed in an editorial way since the grant; show the new one. */
  | { readonly kind: 'allow'; readonly basis: 'consent' | 'notice-shown'; readonly inform: boolean }
  | { readonly kind: 'ask'; readonly reason: AskReason }
  | { readonly kind: 'deny'; readonly reason: DenyReason };

/** Pseudonyms of one person, derived from that person's key: erasing the key makes them anybody's. */
export interface Pseudonyms {
  /** Attributes answers to their asker, in the metadata of dejiren's messages. */
  readonly asker: string;
  /** For vendors that ask for a safety identifier; ≤ 64 characters. */
  readonly safetyId: string;
}

export interface Verdict {
  readonly decision: Decision;
  /** The vendor that it is about. */
  readonly vendor: string;
  /** The notice in force for the vendor, where there is one. */
  readonly notice: Notice | undefined;
  /** Present when the decision is `allow`. */
  readonly pseudonyms: Pseudonyms | undefined;
  readonly silence: Silence;
  /** What they agreed to earlier, where they are asked again because it changed and it is on record. */
  readonly before?: Notice | undefined;
}

/** Asked before anything of a person's goes to a vendor. Never rejects: what cannot be known is denied. */
export interface ConsentGate {
  /** Without a vendor it is about the one that answers this person. */
  check(person: ConsentPerson, vendor: string | undefined, conversation: string): Promise<Verdict>;
  /** The vendor that answers this person there: their choice where it is allowed, else what was decided for the place. */
  vendorInEffect(person: ConsentPerson, conversation?: string): Promise<string>;
}

/** How it is between a person and a vendor, for `status`. */
export interface VendorState {
  readonly vendor: string;
  readonly vendorName: string;
  readonly region: string;
  readonly state: 'agreed' | 'notice-shown' | 'not-asked' | 'withdrawn' | 'stale' | 'expired' | 'unavailable';
  /** Milliseconds since the epoch of the last decision. */
  readonly since: number | undefined;
  readonly inEffect: boolean;
}

/** What a command or a button led to; `src/language` has the words for it. */
export type ConsentView =
  | {
      readonly kind: 'ask';
      /** `withdrawn`: they withdrew earlier and now asked a question again. */
      readonly reason: AskReason | 'withdrawn';
      readonly notice: Notice;
      readonly silence: Silence;
      /** What they agreed to earlier, where it says otherwise. */
      readonly before?: Notice | undefined;
      /** The command led to it, and agrees when it is typed once more. */
      readonly typed?: true;
    }
  /** `already`: nothing changed. `validUntil`: milliseconds since the epoch; of several, when the first one ends. */
  | {
      readonly kind: 'granted';
      readonly notices: readonly Notice[];
      readonly already: boolean;
      readonly validUntil: number;
    }
  /** `undo`: the notice to agree to again, where they had agreed to it, and to no other. */
  | {
      readonly kind: 'withdrawn';
      readonly vendors: readonly string[];
      readonly all: boolean;
      readonly already: boolean;
      readonly undo: Notice | undefined;
    }
  | { readonly kind: 'status'; readonly states: readonly VendorState[] }
  /** `validUntil`: until when they agreed to it, where they did. `before`: the vendor that answered them until now. */
  | {
      readonly kind: 'vendor-chosen';
      readonly notice: Notice;
      readonly validUntil: number | undefined;
      readonly before: string | undefined;
    }
  /** The word after `vendor` (or `on`, `off`, `notice`) names no vendor that is set up here. */
  | { readonly kind: 'vendor-unknown'; readonly vendors: readonly string[] }
  /** `before`: what they agreed to earlier, where that is something else. `opened`: by a card's button, to lead back. */
  | {
      readonly kind: 'notice';
      readonly notice: Notice;
      readonly before?: Notice | undefined;
      readonly agreed: boolean;
      readonly opened: boolean;
    }
  /** The notice changed in wording only since they agreed. */
  | { readonly kind: 'notice-reworded'; readonly notice: Notice }
  /** They want to be left alone for now. */
  | { readonly kind: 'dismissed' }
  /** `signed`: proof of how the person stands with one vendor, where there is something on record. */
  | {
      readonly kind: 'receipt';
      readonly receipts: readonly Receipt[];
      readonly signed: { readonly vendor: string; readonly vendorName: string; readonly jws: string } | undefined;
    }
  /** `part` undefined: there is nothing on record. */
  | { readonly kind: 'export'; readonly part: ExportPart | undefined }
  | { readonly kind: 'erase-confirm' }
  | { readonly kind: 'erased' }
  /** `page`: the address of the public article, where it is known. */
  | { readonly kind: 'help'; readonly vendors: readonly string[]; readonly page?: string | undefined }
  | { readonly kind: 'refused'; readonly reason: DenyReason };

/** Where a command or press came from, for the ledger. */
export interface ConsentOrigin {
  /** `card`: a private card that a question led to. */
  readonly surface: 'command' | 'button' | 'card' | 'page';
  readonly language: 'en' | 'ja';
  /** Where it was said, which may have a vendor of its own. It is written down nowhere. */
  readonly conversation?: string;
  /** What they did; absent where it comes once by nature, in the order in which it is done. */
  readonly input?: Input;
}

/** A button's request; the chat's `CardAction` is one. */
export interface ConsentAction {
  readonly do:
    | 'grant'
    | 'withdraw'
    | 'withdraw-all'
    | 'ask'
    | 'notice'
    | 'choose'
    | 'status'
    | 'help'
    | 'export'
    | 'erase'
    | 'dismiss';
  readonly vendor?: string;
  /** Of an export, from 1. */
  readonly part?: number;
  readonly purpose?: Purpose;
  readonly noticeId?: string;
  /** They ticked that their words may be used for training as well. */
  readonly training?: boolean;
}

/**
 * Runs `/dejiren-optin` and the cards' buttons. Never rejects: faults become `refused`.
 *
 * What comes again, and what comes late and would override a newer decision, changes nothing: it is answered with how
 * things stand now.
 */
export interface ConsentHandler {
  run(person: ConsentPerson, words: Text, origin: ConsentOrigin): Promise<ConsentView>;
  act(person: ConsentPerson, action: ConsentAction, origin: ConsentOrigin): Promise<ConsentView>;
  /** Records that a notice was put before a person: what `opt-out` mode rests on. */
  noticeShown(person: ConsentPerson, notice: Notice, origin: ConsentOrigin): Promise<void>;
}

/**
 * Told that somebody withdrew, or is about to: what is being answered to them by the vendor ends before this returns.
 * `vendor` undefined: by every vendor. Told more than once of the same withdrawal, and never throws.
 */
export type WithdrawalListener = (person: ConsentPerson, vendor: string | undefined) => void;
