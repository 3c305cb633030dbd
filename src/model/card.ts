import type { CardDetails, CardFact, CardLink } from './card-details';
import type { MessageRef } from './turn';

/** `ask`: to be asked for consent, by the label; `notice`: the whole notice; `dismiss`: to be left alone for now. */
export const CARD_DEEDS = [
  'grant',
  'withdraw',
  'withdraw-all',
  'ask',
  'notice',
  'choose',
  'status',
  'help',
  'export',
  'erase',
  'dismiss',
] as const;

/** What a press on a card's button asks for. It travels through the platform and back: ids only, never text. */
export interface CardAction {
  readonly do: (typeof CARD_DEEDS)[number];
  readonly vendor?: string;
  /** Of an export, from 1. */
  readonly part?: number;
  readonly purpose?: 'use' | 'training';
  /** The card's box was ticked. */
  readonly training?: boolean;
  /** The notice that the card showed: a grant counts for this one only. */
  readonly noticeId?: string;
  /** The question to read again from the platform and answer once consent is given. */
  readonly question?: MessageRef;
}

export interface CardButton {
  readonly label: string;
  readonly style: 'primary' | 'danger' | 'plain';
  readonly action: CardAction;
  /**
   * More to read. A platform that can unfold it within the card does so, and needs no press; any other asks for it with
   * the button's action, and puts what comes in the card's place.
   */
  readonly details?: CardDetails;
}

/** A message of dejiren's own with buttons, free of any platform. Strings are dejiren's sentences, in one language. */
export interface Card {
  readonly title: string;
  /** Plain sentences, a paragraph each. */
  readonly paragraphs: readonly string[];
  /** A few words each, a line each. */
  readonly lines?: readonly CardFact[];
  /** Whole sentences with what they are about. */
  readonly facts: readonly CardFact[];
  readonly links: readonly CardLink[];
  /** A box to tick above the buttons, not ticked: a press of a `grant` button tells whether it was (`training`). */
  readonly choice?: string;
  readonly buttons: readonly CardButton[];
  /** A small closing line. */
  readonly footnote?: string;
  /** To be taken away as it is: shown in letters of one width, not a character changed. */
  readonly copy?: CopyBlock;
}

/** At most {@link COPY_CHARACTERS} characters without white space: what every platform shows in one message. */
export interface CopyBlock {
  readonly text: string;
  /** What a file of it is called, where the platform offers one. */
  readonly fileName: string;
}

/** Slack takes some 13,200 characters in all blocks of a message. */
export const COPY_CHARACTERS = 10_500;
/** What a receipt has of it at most, beside the newest decisions in words. */
export const RECEIPT_CHARACTERS = 9_800;
