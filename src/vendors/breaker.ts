import { CircuitState, ConsecutiveBreaker, circuitBreaker, ExponentialBackoff, handleWhen } from 'cockatiel';
import type { Connector, StreamPart } from './connector';
import { VendorError, type VendorErrorCategory } from './vendor-error';

/** Failures of the route itself: whatever is asked next would meet them too. */
const OUTAGES: ReadonlySet<VendorErrorCategory> = new Set([
  'timeout',
  'network',
  'truncated',
  'overloaded',
  'protocol',
]);

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
 * that the person agreed to) instead of waiting for each its own timeout. What fails after the first part counts not.
 */
export function withBreaker(
  connector: Connector,
  listener: BreakerListener,
  options: BreakerOptions = BREAKER,
): Connector {
  const policy = circuitBreaker(
    handleWhen((error) => error instanceof VendorError && OUTAGES.has(error.category)),
    {
      halfOpenAfter: new ExponentialBackoff({ initialDelay: options.firstPauseMs, maxDelay: options.longestPauseMs }),
      breaker: new ConsecutiveBreaker(options.failures),
    },
  );
  policy.onBreak(() => listener.onBroken());
  policy.onReset(() => listener.onRestored());

  async function begin(parts: AsyncIterator<StreamPart>): Promise<IteratorResult<StreamPart>> {
    // Nobody waits for the trial of another.
    if (policy.state === CircuitState.HalfOpen) throw new VendorError('overloaded');
    try {
      return await policy.execute(() => parts.next());
    } catch (error) {
      throw error instanceof VendorError ? error : new VendorError('overloaded');
    }
  }

  return {
    ...connector,
    stream: (prompt, signal, mayAskAgain) => ({
      [Symbol.asyncIterator]() {
        const parts = connector.stream(prompt, signal, mayAskAgain)[Symbol.asyncIterator]();
        let begun = false;
        return {
          next() {
            if (begun) return parts.next();
            begun = true;
            return begin(parts);
          },
          async return() {
            await parts.return?.();
            return { done: true, value: undefined };
          },
        };
      },
    }),
  };
}
