import type { ReplyEnding } from '../../src/model/reply';
import type { MessageSize } from './roll';

/** Asked right before each call that shows words of the answer; `false`: the call is not made. Never rejects. */
export type May = () => Promise<boolean>;

/** What became of a call. */
export type Sent =
  | { readonly kind: 'taken' }
  /** It was not made, for no more may be shown. */
  | { readonly kind: 'withheld' }
  /** The person stopped the answer on the platform itself, which takes no more of this message. */
  | { readonly kind: 'stopped' }
  /** The platform did not take it. `code` is for the operator. Without `goes` it will not take it in any other way. */
  | { readonly kind: 'refused'; readonly code: string; readonly goes?: Detour };

/**
 * What is to become of words that a message did not take.
 * - `another`: they go to another message; this one stays as it is.
 * - `anew`: they go to another message with all that this one held, for it is gone.
 * - `smaller`: they were too long, and are dealt out in smaller messages.
 * - `later`: they are shown once all of them are there, as this message can be written only once.
 */
export type Detour = 'another' | 'anew' | 'smaller' | 'later';

/**
 * One message of an answer, in whichever way the platform takes it. It is growing until it is filled or closed. None of
 * its calls rejects, and each that is given a {@link May} asks it right before words go out.
 */
export interface ReplyMessage {
  /** The platform's id; empty where it has given none. */
  readonly id: string;
  /** Whether words of the answer stand in it. */
  readonly posted: boolean;
  /** What it shows of the answer. */
  readonly text: string;
  /** Whether people would see it as still being written if it were never closed. */
  readonly unfinished: boolean;
  /** Milliseconds until it is to show more; 0 is now. `hasShown`: whether any of the answer is in the chat. */
  waitMs(hasShown: boolean): number;
  /** Shows more words of the answer. */
  grow(words: string, may: May): Promise<Sent>;
  /** Shows its last words, where the answer goes on in the next message. */
  fill(words: string, may: May): Promise<Sent>;
  /**
   * Shows its last words (there may be none), and how the answer ended. `may` is undefined where only a sentence of
   * dejiren's own is added, which is said whatever happened meanwhile.
   */
  close(words: string, ending: ReplyEnding, may: May | undefined): Promise<Sent>;
  /** Puts a sentence in the place of the answer's words, or takes them away: it is no message of the answer any more. */
  replace(sentence: string): Promise<void>;
}

/** Whether people were told why nothing came: `silent` where they know, as they ended it themselves. */
export type Telling = 'told' | 'silent' | 'untold';

/**
 * What a chat platform brings to show an answer: how its messages are opened, grown and closed, and at which pace. What
 * is shown when, in which message, what becomes of refused words and how an answer ends is decided once for all
 * platforms, by `createReplyStream`.
 *
 * @example
 * // A platform that takes each message once, and up to 4,000 bytes of it.
 * const transport: ReplyTransport = {
 *   size: { soft: 3_000, hard: 4_000 },
 *   holdsOnceRefused: true,
 *   begin: () => 'at-the-end',
 *   open: () => new OneMessage(chat),
 *   plainer: () => false,
 *   tellPrivately: (sentence) => chat.whisper(sentence),
 *   tellWhyNothing: async (sentence) => ((await chat.whisper(sentence)) ? 'told' : 'untold'),
 *   finished() {},
 * };
 */
export interface ReplyTransport {
  readonly size: MessageSize;
  /** Whether nothing more is shown before the end once a message was refused: an answer would come in crumbs. */
  readonly holdsOnceRefused: boolean;
  /**
   * The first words, or how the answer ended without any, are to be shown: resolves when nothing else of the transport is
   * in their way, such as its sign that dejiren is at work. Asked once; never rejects.
   */
  ready?(): Promise<void>;
  /** The first words are in the chat. */
  appeared?(): void;
  /** The first words came: tells whether they are shown as they come, or all at once at the end. */
  begin(): 'as-it-comes' | 'at-the-end';
  /** A message that nothing was sent of yet. `hasShown`: whether any of the answer is in the chat. */
  open(hasShown: boolean): ReplyMessage;
  /** Takes a plainer way for words that are too long in any message. `false`: there is none. */
  plainer(): boolean;
  /** Tells the asker alone. Resolves to whether the platform took it. */
  tellPrivately(sentence: string): Promise<boolean>;
  /** Nothing of the answer is in the chat: tells why. */
  tellWhyNothing(sentence: string, ending: ReplyEnding): Promise<Telling>;
  /** The person stopped the answer on the platform itself. */
  stopped?(): void;
  /** The answer is in the chat, to its end, in messages of these ids. */
  answered?(messages: readonly string[]): void;
  /** Called last. */
  finished(): void;
}
