import type { Problem, ProblemDetails } from './problem';
import type { SafeText } from './text';

/** Names what answered, for the footer of an answer and for its metadata. */
export interface Answerer {
  readonly vendor: string;
  /** The place of processing as shown to people, e.g. `jp`, `global`, `this machine`. */
  readonly region: string;
  readonly model: string;
  readonly noticeId: string;
  /** A pseudonym of the person who asked: attributes the answer to them when the thread is read again. */
  readonly asker: string;
}

/** How an answer ended. A reply stream is ended exactly once. */
export type ReplyEnding =
  | { readonly kind: 'complete' }
  /** The vendor stopped at its length limit, or the answer met ours. */
  | { readonly kind: 'cut' }
  /** The person pressed Stop. */
  | { readonly kind: 'stopped' }
  /** The person withdrew consent: no further model text may be shown. */
  | { readonly kind: 'withdrawn' }
  /** The vendor's safety filter stopped the answer: what was shown of it is replaced by the ending's sentence. */
  | { readonly kind: 'retracted' }
  /** dejiren is shutting down. */
  | { readonly kind: 'interrupted' }
  | ({ readonly kind: 'failed'; readonly problem: Problem } & ProblemDetails);

/** How an answer ended in which no word came: one that is empty is none. */
export function withoutWords(ending: ReplyEnding): Exclude<ReplyEnding, { kind: 'complete' | 'cut' }> {
  switch (ending.kind) {
    case 'complete':
      return { kind: 'failed', problem: 'empty-answer' };
    case 'cut':
      return { kind: 'failed', problem: 'empty-at-limit' };
    default:
      return ending;
  }
}

/** What the dispatcher gives a reply stream to work by. */
export interface ReplyControl {
  /** Who answers: settled by the time that the first piece is written. */
  answerer(): Answerer;
  /** Aborted by Stop, a withdrawal, a denial or shutdown: no call that shows model text begins after it. */
  readonly signal: AbortSignal;
  /** Asked before each flush. `false`: `signal` is aborted, and no model text may be posted any more. Never rejects. */
  mayPost(): Promise<boolean>;
  /** How a reply ends whose signal is aborted, whatever it is ended with; undefined while it is not. */
  brokenOff(): ReplyEnding | undefined;
  /** By what the operator finds what nobody foresaw: told with the problem `unknown`, and logged. */
  errorId(): string;
  /** Told once, when the first words are visible on the platform. */
  onFirstVisible(): void;
}

/**
 * An answer on its way to the chat. The adapter paces it to the platform's limits; no text is lost or repeated.
 *
 * A failure that comes before any text was shown is told to the asker alone where the platform can do so.
 */
export interface ReplyStream {
  /** Takes the next piece of sanitised Markdown. Never throws; what the platform refuses shows in {@link end}. */
  write(piece: SafeText): void;
  /** Resolves when the platform has everything that may be shown, and the ending's sentence. Never rejects. */
  end(ending: ReplyEnding): Promise<ReplyOutcome>;
}

/** Whether the platform took the whole answer; `code` is for the operator and free of content. */
export type ReplyOutcome = { readonly delivered: true } | { readonly delivered: false; readonly code: string };
