import type { MessageRef } from './turn';

/** What a press on a card's button asks for. It travels through the platform and back: ids only, never text. */
export interface CardAction {
  readonly do: 'grant' | 'withdraw' | 'withdraw-all' | 'notice' | 'status' | 'help' | 'export' | 'erase' | 'dismiss';
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
}

/** A message of dejiren's own with buttons, free of any platform. Strings are dejiren's sentences, in one language. */
export interface Card {
  readonly title: string;
  /** Plain sentences, a paragraph each. */
  readonly paragraphs: readonly string[];
  /** Label and value pairs, shown as a table or a list. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly links: readonly { readonly label: string; readonly url: string }[];
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
