/** Work on what was acknowledged, which waits while requests keep coming: a burst starves no acknowledgement. */
export interface AcksFirst<Item> {
  /** Whether nothing more may wait: what comes now is to be refused, so that it is delivered again. */
  readonly isFull: boolean;
  /** Told of every request as it comes in. */
  requestCame(): void;
  add(item: Item): void;
}

/** Slack sends at most 30,000 events an hour and workspace, Teams 30 activities a second and app. */
const MAX_WAITING = 10_000;
/** For so long in milliseconds, requests that keep coming are acknowledged before anything is worked on. */
const ACKS_FIRST_MS = 100;

/** Begins one piece of work in each round of the event loop that brought no request. `work` must not throw. */
export function createAcksFirst<Item>(
  work: (item: Item) => void,
  now: () => number = () => performance.now(),
): AcksFirst<Item> {
  const waiting: { readonly item: Item; readonly since: number }[] = [];
  let scheduled = false;
  let requests = 0;

  const schedule = (): void => {
    if (scheduled || waiting.length === 0) return;
    scheduled = true;
    const before = requests;
    setImmediate(() => {
      scheduled = false;
      const [oldest] = waiting;
      const quiet = requests === before;
      if (oldest !== undefined && (quiet || now() - oldest.since > ACKS_FIRST_MS)) {
        waiting.shift();
        work(oldest.item);
      }
      schedule();
    });
  };

  return {
    get isFull() {
      return waiting.length >= MAX_WAITING;
    },
    requestCame() {
      requests += 1;
    },
    add(item) {
      waiting.push({ item, since: now() });
      schedule();
    },
  };
}
