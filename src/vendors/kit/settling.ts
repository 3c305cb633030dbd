/**
 * Milliseconds that a stream may stay open, with nothing more in it, once the vendor said how the answer ended: after
 * its last event (an ended connection serves the next answer), after a reason to end, and after a reason that more
 * words followed: that one was no reason. Words begin them again, and what only keeps the connection open does not.
 */
const SETTLE_MS = { last: 500, said: 10_000, doubted: 20_000 } as const;

/** What the vendor said of the end. */
interface Told {
  /** By the protocol nothing comes after it. */
  readonly isLast?: boolean;
}

/** Watches over a stream from the time when the vendor says how its answer ended. */
export interface Settling {
  /** Waits for the next event, and hangs up on a stream that stays open for too long. */
  next<Event>(events: AsyncIterator<Event>): Promise<IteratorResult<Event>>;
  /** Told of the words of each event, and of what the vendor said of the end so far. */
  hear(words: string, ending: Told | undefined): void;
  /** It stayed open for too long, and was hung up on. */
  isSettled(): boolean;
  /** Words came after a reason to end. */
  isDoubted(): boolean;
}

export function createSettling(hangUp: () => void): Settling {
  let ended: Told | undefined;
  let isDoubted = false;
  let isSettled = false;
  let settleAt = 0;
  const settle = (): void => {
    isSettled = true;
    hangUp();
  };
  return {
    next(events) {
      if (ended === undefined) return events.next();
      const patience = setTimeout(settle, settleAt - performance.now());
      return events.next().finally(() => clearTimeout(patience));
    },
    hear(words, ending) {
      const before = ended;
      ended = ending;
      if (ending === undefined) return;
      if (words !== '' && before !== undefined) isDoubted = true;
      if (words !== '' || before === undefined || ending.isLast !== before.isLast)
        settleAt = performance.now() + SETTLE_MS[ending.isLast === true ? 'last' : isDoubted ? 'doubted' : 'said'];
    },
    isSettled: () => isSettled,
    isDoubted: () => isDoubted,
  };
}
