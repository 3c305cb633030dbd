import type { CardDetails, CardFact, CardLink } from '../../src/model/card-details';
import type { VendorLine } from '../../src/model/vendor-line';

/**
 * What the local chat and its page say to each other: JSON over POST, and `PageEvent`s over server-sent events.
 * Words are open here, because this is the last step out of dejiren and the page is the platform.
 */
export interface PersonView {
  readonly id: string;
  readonly name: string;
  /** The language that dejiren speaks to them until the page's switch says otherwise. */
  readonly language: 'en' | 'ja' | undefined;
}

export interface ConversationView {
  readonly id: string;
  readonly kind: 'channel' | 'direct';
}

export interface AnswerView {
  /** `waiting`: asked, and no word of the answer is there yet. */
  readonly state: 'waiting' | 'streaming' | 'ended';
  /** The person who asked, and who may stop it. */
  readonly to: string;
  /** The id of the message that it answers. */
  readonly question: string;
  readonly vendorName: string;
  readonly region: string;
  readonly model: string;
  /** A sentence about how it ended, where it did not simply come to its end. */
  readonly ending?: string;
}

export interface ButtonView {
  readonly label: string;
  readonly style: 'primary' | 'danger' | 'plain';
  /** Unfolded by the page itself: such a button is never pressed. */
  readonly details?: CardDetails;
}

export interface CardView {
  /** Counts up whenever the card's content changes: a press names the version that it was made on. */
  readonly version: number;
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** A few words each, a line each. */
  readonly lines?: readonly CardFact[];
  readonly facts: readonly CardFact[];
  readonly links: readonly CardLink[];
  /** The label of a box to tick, not ticked. */
  readonly choice?: string;
  readonly buttons: readonly ButtonView[];
  readonly footnote?: string;
  /** To be copied as it is, or taken as a file. */
  readonly copy?: { readonly text: string; readonly fileName: string };
}

export interface MessageView {
  readonly id: string;
  readonly conversation: string;
  /** The id of the message that starts the thread; in a direct chat, of the conversation since `/new`. */
  readonly thread: string;
  /** A person's id, or `dejiren`. */
  readonly author: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly text: string;
  /** What came with it. */
  readonly files?: readonly { readonly name: string; readonly size: number }[];
  readonly answer?: AnswerView;
  /** A card is seen by one person only. */
  readonly card?: CardView;
}

/** Everything that one person may see: sent whenever a page connects. */
export interface StateView {
  readonly you: string;
  readonly people: readonly PersonView[];
  readonly conversations: readonly ConversationView[];
  readonly vendor: VendorLine | undefined;
  /** Oldest first. */
  readonly messages: readonly MessageView[];
}

export type PageEvent =
  | { readonly type: 'state'; readonly state: StateView }
  /** A new message, or the whole of one that changed. */
  | { readonly type: 'message'; readonly message: MessageView }
  /** The next words of an answer. */
  | { readonly type: 'piece'; readonly id: string; readonly text: string }
  | { readonly type: 'removed'; readonly ids: readonly string[] }
  | { readonly type: 'vendor'; readonly vendor: VendorLine }
  /** The page is not connected, and why. */
  | { readonly type: 'refused'; readonly code: RefusalCode };

/** Why a request was not taken. */
export type RefusalCode =
  | 'malformed'
  | 'empty'
  | 'too-large'
  | 'text-too-long'
  | 'not-json'
  | 'not-yours'
  | 'not-your-answer'
  | 'gone'
  | 'card-changed'
  | 'too-many-pages'
  | 'stopping'
  | 'failed';
