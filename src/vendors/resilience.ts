import { DelegateBackoff, handleWhen, retry } from 'cockatiel';
import type { Connector, StreamPart } from './connector';
import { VendorError, type VendorErrorCategory } from './vendor-error';

/** In milliseconds: until the first delta, between two deltas, and for the whole answer. */
export interface Deadlines {
  readonly firstDeltaMs: number;
  readonly betweenDeltasMs: number;
  readonly wholeMs: number;
}

export const DEADLINES: Deadlines = { firstDeltaMs: 60_000, betweenDeltasMs: 30_000, wholeMs: 300_000 };

/** A vendor that is silent for too long is hung up on, and the answer fails with `timeout`. */
export function withDeadlines(connector: Connector, deadlines: Deadlines = DEADLINES): Connector {
  return {
    route: connector.route,
    async *stream(prompt, signal) {
      const patience = new AbortController();
      // Time in which the reader is busy with a part is not the vendor's.
      let waiting = true;
      const hangUp = (): void => patience.abort();
      const hangUpOnSilence = (): void => {
        if (waiting) hangUp();
      };
      const whole = setTimeout(hangUp, deadlines.wholeMs);
      let silence = setTimeout(hangUpOnSilence, deadlines.firstDeltaMs);
      let begun = false;
      try {
        for await (const part of connector.stream(prompt, AbortSignal.any([signal, patience.signal]))) {
          waiting = false;
          yield part;
          waiting = true;
          if (begun) silence.refresh();
          else {
            begun = true;
            clearTimeout(silence);
            silence = setTimeout(hangUpOnSilence, deadlines.betweenDeltasMs);
          }
        }
      } catch (error) {
        throw patience.signal.aborted && !signal.aborted ? new VendorError('timeout') : error;
      } finally {
        clearTimeout(whole);
        clearTimeout(silence);
      }
    },
  };
}

export interface Retries {
  /** Attempts after the first. */
  readonly again: number;
  /** The first pause; each next one is twice as long, and a random half of it is left out. */
  readonly pauseMs: number;
  /** A vendor that asks for a longer pause than this is not waited for: the person is told. */
  readonly longestPauseMs: number;
  readonly random: () => number;
}

export const RETRIES: Retries = { again: 2, pauseMs: 500, longestPauseMs: 15_000, random: Math.random };

const RETRYABLE: ReadonlySet<VendorErrorCategory> = new Set([
  'timeout',
  'network',
  'truncated',
  'rate-limited',
  'overloaded',
  'protocol',
]);

/** Tries again what may pass, before the first delta only: what a person has seen is never said twice. */
export function withRetries(connector: Connector, retries: Retries = RETRIES): Connector {
  const worthAnother = (error: Error): boolean =>
    error instanceof VendorError &&
    RETRYABLE.has(error.category) &&
    (error.retryAfterMs ?? 0) <= retries.longestPauseMs;
  const pauseOf = (attempt: number, error: unknown): number => {
    const asked = error instanceof VendorError ? error.retryAfterMs : undefined;
    const full = Math.min(retries.longestPauseMs, retries.pauseMs * 2 ** attempt);
    return Math.max(asked ?? 0, full * (0.5 + retries.random() / 2));
  };
  const policy = retry(handleWhen(worthAnother), {
    maxAttempts: retries.again,
    backoff: new DelegateBackoff(({ attempt, result }) =>
      pauseOf(attempt, 'error' in result ? result.error : undefined),
    ),
  });

  return {
    route: connector.route,
    async *stream(prompt, signal) {
      const begin = async (): Promise<{ first: IteratorResult<StreamPart>; rest: AsyncIterator<StreamPart> }> => {
        const rest = connector.stream(prompt, signal)[Symbol.asyncIterator]();
        return { first: await rest.next(), rest };
      };
      let begun: Awaited<ReturnType<typeof begin>>;
      try {
        begun = await policy.execute(begin, signal);
      } catch (error) {
        throw signal.aborted ? new VendorError('cancelled') : error;
      }
      const { first, rest } = begun;
      try {
        for (let next = first; next.done !== true; next = await rest.next()) yield next.value;
      } finally {
        await rest.return?.();
      }
    },
  };
}
