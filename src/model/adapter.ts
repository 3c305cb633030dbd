import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Bytes } from './bytes';
import type { Card } from './card';
import type { Dialect } from './dialect';
import type { LinkState } from './link';
import type { ReplyControl, ReplyStream } from './reply';
import type { Text } from './text';
import type { AttachedFile, ConversationId, MessageId, Person, Platform, ThreadId, Turn, Utterance } from './turn';

/** A message of the thread, read from the platform at request time and dropped with the turn. */
export type ThreadMessage =
  | {
      readonly kind: 'person';
      readonly author: Person;
      /** Every name that the platform gave for the author: kept from the vendor when the author has not agreed. */
      readonly names: readonly Text[];
      readonly said: Utterance;
    }
  | {
      readonly kind: 'answer';
      /** The pseudonym of the person whom dejiren answered, from the message's metadata. */
      readonly asker: string | undefined;
      readonly said: Utterance;
    };

/** Messages before the question, oldest first. */
export type ThreadReading =
  | {
      readonly kind: 'read';
      readonly messages: readonly ThreadMessage[];
      /** Reads those right before these. Undefined where there are none, or no more are read. */
      readonly older?: () => Promise<ThreadReading>;
    }
  | { readonly kind: 'unavailable'; readonly reason: 'not-permitted' | 'failed' };

/** A file's bytes, read from the platform at request time and dropped with the turn. */
export type FileReading =
  | { readonly kind: 'read'; readonly bytes: Bytes }
  | { readonly kind: 'unavailable'; readonly reason: 'not-permitted' | 'too-large' | 'failed' | 'late' };

/** What people see of dejiren being at work on a question, before its words: a line, dots, a status. */
export interface WorkSign {
  /** Shows it, until words of the answer are shown. Returns at once and never throws. */
  show(): void;
  /** The answer is over: takes away what is left of it. Resolves when the platform did, or will not. Never rejects. */
  hide(): Promise<void>;
}

/** What the dispatcher may do in the place that a question came from. */
export interface TurnSurface {
  /** What is to be made inert in an answer that goes there. */
  readonly dialect: Dialect;
  /** Whether the platform can give the question back once its asker agreed, as far as is known. */
  readonly readsAgain: boolean;
  readonly sign: WorkSign;
  openReply(control: ReplyControl): ReplyStream;
  /** Shows a card to the asker alone. Resolves to whether it was shown. Never rejects. */
  tellPrivately(card: Card): Promise<boolean>;
  /**
   * Reads up to `limit` messages of the question's thread, those right before it; older ones when asked for. Never
   * rejects. All of it ends with `signal`, and by itself within seconds.
   */
  readThread(limit: number, signal: AbortSignal): Promise<ThreadReading>;
  /** Reads a file of the question, of at most `maxBytes`, until `signal` ends it. Never rejects. */
  readFile(file: AttachedFile, maxBytes: number, signal: AbortSignal): Promise<FileReading>;
}

/** What a wish to stop met with: an answer of the person's, only answers to others, or none. */
export type Stopped = 'stopped' | 'anothers' | 'nothing';

/** Where adapters bring questions: the dispatcher. */
export interface TurnInbox {
  /** Takes a question and returns at once; the platform is acknowledged without waiting for the answer. */
  receive(turn: Turn, surface: TurnSurface): void;
  /** Stops what is being answered to this person in this thread (in the whole conversation when no thread is told). */
  stop(person: Person, conversation: ConversationId, thread?: ThreadId): Stopped;
  /** Stops every answer in a conversation, or the answer to one message of it, whoever asked. */
  stopIn(conversation: ConversationId, message?: MessageId): void;
}

/** A path that an adapter answers on dejiren's HTTP server. */
export interface HttpRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  handle(request: IncomingMessage, response: ServerResponse): void | Promise<void>;
}

/** A chat platform. */
export interface ChatAdapter {
  readonly platform: Platform;
  readonly routes: readonly HttpRoute[];
  /**
   * Resolves when the platform was tried for the first time: where it cannot be reached, the adapter keeps trying, and
   * {@link links} tell so. Rejects with a `SetupError` where a setting is wrong, a refused token above all.
   */
  start(): Promise<void>;
  /** Whether questions are taken and can be answered. */
  ready(): boolean;
  /** How the ways to the platform stand; none where there is nothing to lose. */
  readonly links: readonly LinkState[];
  /** Takes no more questions. Turns in flight are the dispatcher's to drain. */
  stop(): Promise<void>;
  /** Lets go of what it has of a person in memory, where it has anything. */
  forget?(person: { readonly platform: string; readonly tenant: string; readonly id: string }): void;
}
