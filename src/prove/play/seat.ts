import type { Standing } from '../judge/consent-model';
import type { ChatKind, Door } from '../plan/matrix';
import type { ButtonName } from './buttons';

/** What a person says to dejiren. */
export interface Question {
  readonly text: string;
  readonly files?: readonly { readonly name: string; readonly content: string }[];
}

export interface PressWish {
  /** Somebody else presses it. */
  readonly byOther?: boolean;
  /** The box above it is ticked. */
  readonly ticked?: boolean;
  /** On the first card that has such a button, not the last. */
  readonly oldest?: boolean;
  /** The notice that the press names, in place of the one that the card showed. */
  readonly noticeId?: string;
}

/** How the platform takes the next words of an answer. */
export type PlatformTrouble = 'platform-refuses' | 'platform-slows' | 'platform-fails' | 'platform-resets';

/** One person in one conversation of one platform, on the platform's own wire. */
export interface Seat {
  readonly door: Door;
  /** The id of the conversation, as settings name it. */
  readonly conversation: string;
  /** Gives the command with these words; resolves when it was answered. */
  command(words: string): Promise<void>;
  /** The same as a message. */
  type(words: string): Promise<void>;
  /** Somebody else gives the command there. */
  otherCommand(words: string): Promise<void>;
  /** Asks; resolves when the platform has brought it. */
  ask(question: Question): Promise<void>;
  /** The platform brings the last question once more, as it does where an acknowledgement was lost. */
  deliverAgain(): Promise<void>;
  /** How many things dejiren has begun to show to this person. */
  shownCount(): number;
  /** Whether the last thing shown is whole: a card, a note, or an answer that has ended. */
  isWhole(): boolean;
  /** Whether people see now that dejiren is at work on the last question, and that it takes long. */
  atWork(): 'no' | 'yes' | 'long';
  /** All that is shown to this person now. */
  shown(): string;
  /** Whether a card that is shown has this button. */
  hasButton(name: ButtonName): boolean;
  /** Presses a button of the newest card that has it; resolves when it was answered. Rejects where none has it. */
  pressButton(name: ButtonName, wish?: PressWish): Promise<void>;
  /** Opens what is behind the newest label, and goes back; rejects where no card has more to read. */
  readDetails(): Promise<void>;
  /** Stops the answer that is under way. */
  stop(): Promise<void>;
  /** Presses a button that says and carries these words, which no card of dejiren has. */
  press(words: string): Promise<void>;
  /** The platform makes trouble when the next answer is shown. */
  trouble(kind: PlatformTrouble): void;
  /** Lets go of what the platform's side of dejiren is documented to keep in memory for a while. */
  forget(): Promise<void>;
  /** Resolves once it holds; rejects when it did not in time. */
  until(holds: () => boolean): Promise<void>;
  leave(): Promise<void>;
}

/** What HTTP answered to a platform, or to anybody: none of it may hold a canary. */
export interface Heard {
  readonly what: string;
  readonly words: string;
}

/** What the program sent to a platform. */
export interface Received {
  /** The cases in whose chats, or before whose eyes, it was put; undefined where it was put nowhere. */
  readonly seenIn: readonly string[] | undefined;
  readonly words: string;
  /** What of it nobody sees: its head, and fields that are for programs. Left out where it is shown whole. */
  readonly hidden?: string;
}

export interface SeatWish {
  readonly caseId: string;
  readonly place: ChatKind;
  readonly standing: Standing;
  readonly personName: string;
  readonly channelName: string;
  /** Said before by somebody else, where the platform has threads that dejiren may read. */
  readonly thread: string;
  readonly heard: (answer: Heard) => void;
  /** Milliseconds after which what was waited for is not tried. */
  readonly patienceMs: number;
}

/** A chat platform's double, with seats for people. */
export interface Platform {
  readonly doors: readonly Door[];
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  /** Ports of this machine that the program may connect to. */
  readonly ports: readonly number[];
  /** The organisation's id, where settings can name one of its conversations. */
  readonly tenant: string | undefined;
  /** The id that the conversation of a case will have, as settings name it. */
  conversationOf(caseId: string, place: ChatKind): string;
  /** Tells the double where the program listens. */
  open(url: string): void;
  seat(wish: SeatWish): Promise<Seat>;
  /** Everything that the program sent to the platform. */
  received(): readonly Received[];
  /** Requests that the platform would never send, and what was answered. */
  malformed(words: string, heard: (answer: Heard) => void): Promise<void>;
  close(): Promise<void>;
}
