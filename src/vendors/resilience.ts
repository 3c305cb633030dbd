import type { Connector, StreamPart } from './connector';
import { VendorError, type VendorErrorCategory } from './vendor-error';

/** In milliseconds: until the first delta, between two deltas, and for the whole answer. */
export interface Deadlines {
  readonly firstDeltaMs: number;
  readonly betweenDeltasMs: number;
  readonly wholeMs: number;
}

const DEADLINES: Deadlines = { firstDeltaMs: 60_000, betweenDeltasMs: 30_000, wholeMs: 300_000 };

/**
 * A vendor that is silent for too long is hung up on, and the answer fails with `timeout`. Time in which the reader
 * is busy with a part is not the vendor's. Written without a generator: it stands between every delta and the reader.
 */
export function withDeadlines(connector: Connector, deadlines: Deadlines = DEADLINES): Connector {
  return {
    ...connector,
    stream: (prompt, signal) => ({
      [Symbol.asyncIterator]() {
        const patience = createPatience(deadlines, signal);
        const parts = connector.stream(prompt, patience.signal)[Symbol.asyncIterator]();
        const heard = (next: IteratorResult<StreamPart>): IteratorResult<StreamPart> => {
          patience.hear(next.done === true);
          return next;
        };
        const failed = (error: unknown): never => {
          patience.hear(true);
          throw patience.isLost() ? new VendorError('timeout') : error;
        };
        return {
          next() {
            patience.listen();
            return parts.next().then(heard, failed);
          },
          async return() {
            patience.hear(true);
            await parts.return?.();
            return { done: true, value: undefined };
          },
        };
      },
    }),
  };
}

/** The timers of one answer: one for the whole, one that every delta winds up again. */
function createPatience({ firstDeltaMs, betweenDeltasMs, wholeMs }: Deadlines, signal: AbortSignal) {
  const call = new AbortController();
  let state: 'new' | 'listening' | 'busy' | 'over' = 'new';
  let whole: NodeJS.Timeout | undefined;
  let silence: NodeJS.Timeout | undefined;
  let begun = false;
  const hangUp = (): void => call.abort();
  const hangUpOnSilence = (): void => {
    if (state === 'listening') hangUp();
  };
  signal.addEventListener('abort', hangUp, { once: true });
  if (signal.aborted) hangUp();
  return {
    signal: call.signal,
    isLost: () => call.signal.aborted && !signal.aborted,
    listen(): void {
      whole ??= setTimeout(hangUp, wholeMs);
      if (silence === undefined) silence = setTimeout(hangUpOnSilence, begun ? betweenDeltasMs : firstDeltaMs);
      else silence.refresh();
      state = 'listening';
    },
    hear(last: boolean): void {
      state = last ? 'over' : 'busy';
      if (begun && !last) return;
      begun = true;
      clearTimeout(silence);
      silence = undefined;
      if (!last) return;
      clearTimeout(whole);
      signal.removeEventListener('abort', hangUp);
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
    ...connector,
    stream: (prompt, signal, mayAskAgain) => ({
      [Symbol.asyncIterator]() {
        let parts: AsyncIterator<StreamPart> | undefined;
        let begun = false;

        async function begin(): Promise<IteratorResult<StreamPart>> {
          for (let attempt = 1; ; attempt += 1) {
            parts = connector.stream(prompt, signal)[Symbol.asyncIterator]();
            try {
              const first = await parts.next();
              begun = true;
              return first;
            } catch (error) {
              const pauseMs = signal.aborted ? undefined : pauseBefore(attempt, error, retries);
              if (pauseMs === undefined) throw error;
              await pause(pauseMs, signal);
              const may = signal.aborted || mayAskAgain === undefined || (await mayAskAgain());
              if (signal.aborted) throw new VendorError('cancelled');
              if (!may) throw error;
            }
          }
        }

        return {
          next: () => (begun && parts !== undefined ? parts.next() : begin()),
          async return() {
            await parts?.return?.();
            return { done: true, value: undefined };
          },
        };
      },
    }),
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
