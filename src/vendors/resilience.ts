import type { Connector } from './connector';
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

/**
 * Tries again what may pass, before the first part only: what a person has seen is never said twice. Stop ends the
 * pauses as well; the retry libraries sleep through an abort.
 */
export function withRetries(connector: Connector, retries: Retries = RETRIES): Connector {
  return {
    route: connector.route,
    async *stream(prompt, signal) {
      for (let attempt = 0; ; attempt += 1) {
        let begun = false;
        try {
          for await (const part of connector.stream(prompt, signal)) {
            begun = true;
            yield part;
          }
          return;
        } catch (error) {
          const pauseMs = begun || signal.aborted ? undefined : pauseBefore(attempt + 1, error, retries);
          if (pauseMs === undefined) throw error;
          await pause(pauseMs, signal);
          if (signal.aborted) throw new VendorError('cancelled');
        }
      }
    },
  };
}

/** Milliseconds to wait before another attempt; nothing where there is to be none. */
function pauseBefore(attempt: number, error: unknown, retries: Retries): number | undefined {
  const { again, pauseMs, longestPauseMs, random } = retries;
  if (attempt > again || !(error instanceof VendorError) || !RETRYABLE.has(error.category)) return undefined;
  const asked = error.retryAfterMs ?? 0;
  if (asked > longestPauseMs) return undefined;
  const full = Math.min(longestPauseMs, pauseMs * 2 ** (attempt - 1));
  return Math.max(asked, full * (0.5 + random() / 2));
}

/** Resolves after so many milliseconds, or at once on abort. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    signal.addEventListener('abort', wake, { once: true });
  });
}
