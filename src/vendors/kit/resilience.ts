import { pause } from '../../kit/wait';
import { type Connector, isOpening, type StreamPart } from '../connector';
import { VendorError, type VendorErrorCategory } from './vendor-error';

/** In milliseconds. All but the last are about what dejiren waits for the vendor. */
export interface Deadlines {
  /** Until the vendor shows any sign of life; at most as long as until the first words. */
  readonly silenceMs: number;
  /** From the question to the first words, where the vendor shows that it is at work: it thinks, or loads its model. */
  readonly firstDeltaMs: number;
  /** Between two signs of life, once there are words. */
  readonly betweenDeltasMs: number;
  readonly wholeMs: number;
}

const DEADLINES: Deadlines = {
  silenceMs: 60_000,
  firstDeltaMs: 300_000,
  betweenDeltasMs: 30_000,
  wholeMs: 600_000,
};

/** Our patience ended. The vendor has the question, and may be at work on it: it is not asked again. */
class OutOfPatience extends VendorError {
  constructor() {
    super('timeout');
  }
}

/**
 * A vendor that takes too long is hung up on, and the answer fails with `timeout`. Every event of the vendor's is a
 * sign of life, whatever it says. Time in which the reader is busy with a part is not the vendor's. Written without a
 * generator: it stands between every delta and the reader.
 *
 * @example
 * ```ts
 * const connector = withBreaker(withRetries(withDeadlines(createAcmeConnector(options), deadlines)), listener);
 * ```
 */
export function withDeadlines(connector: Connector, deadlines: Deadlines = DEADLINES): Connector {
  return {
    ...connector,
    stream: (prompt, signal, mayAskAgain) => ({
      [Symbol.asyncIterator]() {
        const patience = createPatience(deadlines, signal);
        const parts = connector.stream(prompt, patience.signal, mayAskAgain)[Symbol.asyncIterator]();
        const heard = (next: IteratorResult<StreamPart>): IteratorResult<StreamPart> => {
          if (next.done === true) patience.end();
          else patience.hear(next.value);
          return next;
        };
        const failed = (error: unknown): never => {
          patience.end();
          throw patience.isLost() ? new OutOfPatience() : error;
        };
        return {
          next() {
            patience.listen();
            return parts.next().then(heard, failed);
          },
          async return() {
            patience.end();
            await parts.return?.();
            return { done: true, value: undefined };
          },
        };
      },
    }),
  };
}

/** The timers of one answer: one for the whole, one for what is waited for, which parts wind up again. */
function createPatience({ silenceMs, firstDeltaMs, betweenDeltasMs, wholeMs }: Deadlines, signal: AbortSignal) {
  const call = new AbortController();
  const askedAt = performance.now();
  let phase: 'asked' | 'alive' | 'speaking' = 'asked';
  let isListening = false;
  let whole: NodeJS.Timeout | undefined;
  let limit: NodeJS.Timeout | undefined;
  const hangUp = (): void => call.abort();
  const hangUpOnSilence = (): void => {
    if (isListening) hangUp();
  };
  signal.addEventListener('abort', hangUp);
  if (signal.aborted) hangUp();

  function startLimit(): NodeJS.Timeout {
    switch (phase) {
      case 'asked':
        return setTimeout(hangUp, Math.min(silenceMs, firstDeltaMs));
      case 'alive':
        return setTimeout(hangUp, Math.max(0, askedAt + firstDeltaMs - performance.now()));
      case 'speaking':
        return setTimeout(hangUpOnSilence, betweenDeltasMs);
    }
  }

  return {
    signal: call.signal,
    isLost: () => call.signal.aborted && !signal.aborted,
    listen(): void {
      isListening = true;
      whole ??= setTimeout(hangUp, wholeMs);
      if (limit === undefined) limit = startLimit();
      else if (phase === 'speaking') limit.refresh();
    },
    hear({ type }: StreamPart): void {
      isListening = false;
      if (phase === 'speaking' || (phase === 'alive' && type === 'life')) return;
      phase = type === 'life' ? 'alive' : 'speaking';
      clearTimeout(limit);
      limit = undefined;
    },
    end(): void {
      clearTimeout(limit);
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
  /** Milliseconds from the first attempt in which another one may begin. */
  readonly withinMs: number;
  readonly random: () => number;
}

export const RETRIES: Retries = {
  again: 2,
  pauseMs: 500,
  longestPauseMs: 15_000,
  withinMs: 60_000,
  random: Math.random,
};

const RETRYABLE: ReadonlySet<VendorErrorCategory> = new Set([
  'timeout',
  'network',
  'truncated',
  'rate-limited',
  'overloaded',
  'protocol',
]);

/** What a vendor says itself, and is not at work any more. */
const TOLD: ReadonlySet<VendorErrorCategory> = new Set(['rate-limited', 'overloaded']);

/** What the vendor showed in an attempt: that it is there, that it thinks, or words. */
type Shown = 'nothing' | 'presence' | 'thoughts' | 'words';

function shownBy(next: IteratorResult<StreamPart>, before: Shown): Shown {
  if (isOpening(next)) return before;
  if (next.done === true || next.value.type !== 'life') return 'words';
  return next.value.isThought === true || before === 'thoughts' ? 'thoughts' : 'presence';
}

/**
 * Tries again what may pass, before the first words only: what a person has seen is never said twice. A vendor that may
 * have been at work is paid for it: once it sent an event it is asked again only where it said that it cannot answer
 * now, and once it thought not at all. Stop ends the pauses as well; the retry libraries sleep through an abort.
 */
export function withRetries(connector: Connector, retries: Retries = RETRIES): Connector {
  return {
    ...connector,
    stream: (prompt, signal, mayAskAgain) => ({
      [Symbol.asyncIterator]() {
        let parts: AsyncIterator<StreamPart> | undefined;
        let shown: Shown = 'nothing';
        let attempt = 1;
        const until = performance.now() + retries.withinMs;

        async function begin(): Promise<IteratorResult<StreamPart>> {
          for (;;) {
            parts ??= connector.stream(prompt, signal, mayAskAgain)[Symbol.asyncIterator]();
            try {
              const next = await parts.next();
              shown = shownBy(next, shown);
              return next;
            } catch (error) {
              const pauseMs = signal.aborted ? undefined : pauseBefore(attempt, error, shown, retries);
              if (pauseMs === undefined || performance.now() + pauseMs > until) throw error;
              await pause(pauseMs, signal);
              const may = signal.aborted || mayAskAgain === undefined || (await mayAskAgain());
              if (signal.aborted) throw new VendorError('cancelled');
              if (!may) throw error;
              attempt += 1;
              shown = 'nothing';
              parts = undefined;
            }
          }
        }

        return {
          next: () => (shown === 'words' && parts !== undefined ? parts.next() : begin()),
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
function pauseBefore(attempt: number, error: unknown, shown: Shown, retries: Retries): number | undefined {
  const { again, pauseMs, longestPauseMs, random } = retries;
  if (attempt > again || !(error instanceof VendorError) || !RETRYABLE.has(error.category)) return undefined;
  if (error instanceof OutOfPatience || shown === 'thoughts') return undefined;
  if (shown === 'presence' && !TOLD.has(error.category)) return undefined;
  const asked = error.retryAfterMs ?? 0;
  if (asked > longestPauseMs) return undefined;
  const full = Math.min(longestPauseMs, pauseMs * 2 ** (attempt - 1));
  return Math.max(asked, full * (0.5 + random() / 2));
}
