import { type Connector, isAtWork, type StreamPart } from '../connector';
import { VendorError, type VendorErrorCategory } from './vendor-error';

/** Failures of the route itself: whatever is asked next would meet them too. */
const OUTAGES: ReadonlySet<VendorErrorCategory> = new Set([
  'timeout',
  'network',
  'truncated',
  'overloaded',
  'protocol',
]);

/** Without a status they are ours: there were no credentials, or the host may not be called. */
const NEVER_SENT: ReadonlySet<VendorErrorCategory> = new Set(['auth', 'residency']);

export interface BreakerOptions {
  /** Failed answers in a row after which the route is left alone. */
  readonly failures: number;
  /** Milliseconds until one answer is tried again; doubled after every trial that fails, up to the longest. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

/** Told when a route is left alone, and when it answers again. */
export interface BreakerListener {
  onBroken(): void;
  onRestored(): void;
}

const BREAKER: BreakerOptions = { failures: 5, firstPauseMs: 5_000, longestPauseMs: 60_000 };

/**
 * Leaves a route alone that fails again and again: questions fail at once as `overloaded` (or go to the next vendor
 * that the person agreed to) instead of waiting for each its own timeout. Failures after the first part are not counted.
 */
export function withBreaker(
  connector: Connector,
  listener: BreakerListener,
  options: BreakerOptions = BREAKER,
  now: () => number = () => performance.now(),
): Connector {
  const breaker = createBreaker(listener, options, now);

  return {
    ...connector,
    stream: (prompt, signal, mayAskAgain) => ({
      [Symbol.asyncIterator]() {
        const parts = connector.stream(prompt, signal, mayAskAgain)[Symbol.asyncIterator]();
        let attempt: ((telling: Telling) => void) | undefined;
        let isTold = false;
        const tell = (telling: Telling): void => {
          isTold = true;
          attempt?.(telling);
        };

        async function begin(): Promise<IteratorResult<StreamPart>> {
          attempt ??= breaker.enter();
          if (attempt === undefined) throw new VendorError('overloaded');
          try {
            const next = await parts.next();
            if (isAtWork(next)) tell('answers');
            return next;
          } catch (error) {
            tell(tellingOf(error, signal.aborted));
            throw error;
          }
        }

        return {
          next: () => (isTold ? parts.next() : begin()),
          async return() {
            if (!isTold) tell('nothing');
            await parts.return?.();
            return { done: true, value: undefined };
          },
        };
      },
    }),
  };
}

/** What the beginning of an answer tells of its route. */
type Telling = 'answers' | 'fails' | 'nothing';

function tellingOf(error: unknown, stopped: boolean): Telling {
  if (!(error instanceof VendorError) || stopped) return 'nothing';
  const { category, status } = error;
  if (OUTAGES.has(category)) return 'fails';
  return category === 'cancelled' || (NEVER_SENT.has(category) && status === undefined) ? 'nothing' : 'answers';
}

/** Its own, since the libraries take a trial that was stopped for one that came back (docs/decisions). */
function createBreaker(listener: BreakerListener, options: BreakerOptions, now: () => number) {
  const { failures, firstPauseMs, longestPauseMs } = options;
  let inRow = 0;
  /** While the route is left alone: how long, and until when. */
  let pause: { readonly ms: number; readonly until: number } | undefined;
  let isTrying = false;

  const pauseFor = (ms: number): void => {
    pause = { ms, until: now() + ms };
  };

  function counted(telling: Telling): void {
    // One that began before the route was left alone counts no more.
    if (pause !== undefined || telling === 'nothing') return;
    inRow = telling === 'fails' ? inRow + 1 : 0;
    if (inRow < failures) return;
    pauseFor(firstPauseMs);
    listener.onBroken();
  }

  function tried(telling: Telling): void {
    isTrying = false;
    if (pause === undefined || telling === 'nothing') return;
    if (telling === 'fails') pauseFor(Math.min(longestPauseMs, pause.ms * 2));
    else {
      pause = undefined;
      inRow = 0;
      listener.onRestored();
    }
  }

  return {
    /** How to tell what became of an attempt; undefined where there may be none: nobody waits for another's trial. */
    enter(): ((telling: Telling) => void) | undefined {
      if (pause === undefined) return counted;
      if (isTrying || now() < pause.until) return undefined;
      isTrying = true;
      return tried;
    },
  };
}
