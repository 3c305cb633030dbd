import { newErrorId } from '../kit/error-id';
import type { Stopped } from '../model/adapter';
import { isSamePerson, type PersonKey } from '../model/person-key';
import type { Problem } from '../model/problem';
import type { ReplyEnding } from '../model/reply';
import type { ConversationId, MessageId, Person, ThreadId, Turn } from '../model/turn';

/** Why an answer is broken off before its end; `denied`: it may not go on, by no decision of the person's. */
export type AbortCause = 'stopped' | 'withdrawn' | 'interrupted' | { readonly denied: Problem };

/** A turn between its arrival and its last character. */
export interface Flight {
  readonly turn: Turn;
  readonly signal: AbortSignal;
  /** The vendor, once it is chosen. */
  vendor: string | undefined;
  /** Whether the register gave it to this process. */
  admitted: boolean;
  /** By what the operator finds what went wrong here, where nobody foresaw it. */
  errorId(): string;
  /** Undefined while nobody broke the turn off. */
  cause(): AbortCause | undefined;
  breakOff(cause: AbortCause): void;
  land(): void;
}

/** The turns that are being answered: who may be stopped, and what a shutdown waits for. */
export interface InFlight {
  readonly size: number;
  take(turn: Turn): Flight;
  /** Aborts the answers to one person in one conversation, or in one thread of it. */
  stop(person: Person, conversation: ConversationId, thread?: ThreadId): Stopped;
  /** Aborts the answers in one conversation, or to one message of it. */
  stopIn(conversation: ConversationId, message?: MessageId): void;
  /** Aborts what goes to the vendor (to every vendor where none is told) for one person, before it returns. */
  withdraw(person: PersonKey, vendor: string | undefined): void;
  interruptAll(): void;
  /** Resolves when nothing is in flight, or when `signal` is aborted. */
  landed(signal: AbortSignal): Promise<void>;
}

/** How the answer ends where it was broken off. */
export function brokenOff({ cause }: Pick<Flight, 'cause'>): ReplyEnding | undefined {
  const why = cause();
  if (why === undefined) return undefined;
  return typeof why === 'string' ? { kind: why } : { kind: 'failed', problem: why.denied };
}

export function createInFlight(): InFlight {
  const flights = new Set<Flight>();
  let onEmpty: (() => void) | undefined;

  const abortWhere = (matches: (flight: Flight) => boolean, cause: AbortCause): void => {
    for (const flight of flights) if (matches(flight)) flight.breakOff(cause);
  };

  return {
    get size() {
      return flights.size;
    },
    take(turn) {
      const controller = new AbortController();
      let cause: AbortCause | undefined;
      let errorId: string | undefined;
      const flight: Flight = {
        turn,
        signal: controller.signal,
        vendor: undefined,
        admitted: false,
        errorId() {
          errorId ??= newErrorId();
          return errorId;
        },
        cause: () => cause,
        breakOff(why) {
          cause ??= why;
          controller.abort();
        },
        land() {
          flights.delete(flight);
          if (flights.size === 0) onEmpty?.();
        },
      };
      flights.add(flight);
      return flight;
    },
    stop(person, conversation, thread) {
      const there = [...flights].filter(
        ({ turn }) =>
          turn.conversation.id === conversation && (thread === undefined || turn.conversation.thread === thread),
      );
      const own = there.filter(({ turn }) => isSamePerson(turn.person, person));
      for (const flight of own) flight.breakOff('stopped');
      if (own.length > 0) return 'stopped';
      return there.length > 0 ? 'anothers' : 'nothing';
    },
    stopIn(conversation, message) {
      abortWhere(
        ({ turn }) =>
          turn.conversation.id === conversation && (message === undefined || turn.message.message === message),
        'stopped',
      );
    },
    withdraw(person, vendor) {
      abortWhere(
        (flight) =>
          isSamePerson(flight.turn.person, person) &&
          (vendor === undefined || flight.vendor === undefined || flight.vendor === vendor),
        'withdrawn',
      );
    },
    interruptAll() {
      abortWhere(() => true, 'interrupted');
    },
    landed(signal) {
      if (flights.size === 0 || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        onEmpty = resolve;
        signal.addEventListener('abort', () => resolve());
      });
    },
  };
}
