/**
 * A bounded queue of work. It starts at most one piece in each round of the event loop, so that a burst of
 * questions leaves room for acknowledging the next ones.
 */
export interface TurnQueue {
  /** Takes the work, or returns `false` when the queue is full. Work that rejects is over like any other. */
  add(work: () => Promise<void>): boolean;
}

/** `running`: how many pieces may run at once; `waiting`: how many more may wait. */
export function createTurnQueue(limits: { readonly running: number; readonly waiting: number }): TurnQueue {
  const waiting: (() => Promise<void>)[] = [];
  let head = 0;
  let running = 0;
  let scheduled = false;

  const schedule = (): void => {
    if (scheduled || head === waiting.length || running >= limits.running) return;
    scheduled = true;
    setImmediate(startNext);
  };

  const startNext = (): void => {
    scheduled = false;
    const work = waiting[head];
    if (work === undefined) return;
    head += 1;
    if (head === waiting.length || head > 1024) {
      waiting.splice(0, head);
      head = 0;
    }
    running += 1;
    const leave = (): void => {
      running -= 1;
      schedule();
    };
    work().then(leave, leave);
    schedule();
  };

  return {
    add(work) {
      if (waiting.length - head >= limits.waiting) return false;
      waiting.push(work);
      schedule();
      return true;
    },
  };
}
