import type { Door } from './plan';

/** What a person says to dejiren. */
export interface Question {
  readonly text: string;
  /** Said before by somebody who did not agree, where the platform has threads that dejiren may read. */
  readonly thread?: string;
  readonly files?: readonly { readonly name: string; readonly content: string }[];
}

/** One person in one conversation of one platform, on the platform's own wire. */
export interface Seat {
  readonly door: Door;
  /** Types the command with these words; resolves when it was answered. */
  command(words: string): Promise<void>;
  /** Asks; resolves when the platform has brought it. */
  ask(question: Question): Promise<void>;
  /** How many things dejiren has begun to show to this person. */
  shownCount(): number;
  /** Whether the last thing shown is whole: a card, a note, or an answer that has ended. */
  isWhole(): boolean;
  /** All that is shown to this person now. */
  shown(): string;
  /** Stops the answer that is under way. */
  stop(): Promise<void>;
  /** Presses a button that says and carries these words, which no card of dejiren has. */
  press(words: string): Promise<void>;
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

/** What the program sent to a platform; `caseId`: whose chat it was sent to, where it is one. */
export interface Received {
  readonly caseId: string | undefined;
  readonly words: string;
}

export interface SeatWish {
  readonly caseId: string;
  readonly personName: string;
  readonly channelName: string;
  readonly heard: (answer: Heard) => void;
}

/** A chat platform's double, with seats for people. */
export interface Platform {
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  /** Ports of this machine that the program may connect to. */
  readonly ports: readonly number[];
  /** Tells the double where the program listens. */
  open(url: string): void;
  seat(wish: SeatWish): Promise<Seat>;
  /** Everything that the program sent to the platform. */
  received(): readonly Received[];
  /** Requests that the platform would never send, and what was answered. */
  malformed(words: string, heard: (answer: Heard) => void): Promise<void>;
  close(): Promise<void>;
}
