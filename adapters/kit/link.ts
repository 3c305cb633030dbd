import { pause } from '../../src/kit/wait';
import type { Log } from '../../src/log/log';
import type { LinkState } from '../../src/model/link';
import type { Platform } from '../../src/model/turn';

export interface LinkParts {
  readonly platform: Platform;
  readonly name: string;
  readonly needed: boolean;
  /**
   * Tries, while the link is lost, whether it works again; what comes of that is told to the link like the outcome of
   * any other call. Left out where something else tries. Never rejects.
   */
  readonly probe?: () => Promise<unknown>;
  /** Taken to work until a call shows otherwise. Left out: lost until something works. */
  readonly trusted?: true;
  readonly log: Log;
  readonly now?: () => number;
}

/**
 * Knows whether a way to a platform works, from what comes of the calls that go over it. A loss and a return are a line
 * in the log each. Losing one ends nothing: it is tried again, ever more slowly, until it works or is closed.
 *
 * @example
 * const link = createLink({ platform: 'slack', name: 'web-api', needed: true, probe: () => api.call('auth.test', {}), log });
 */
export interface Link extends LinkState {
  /** The platform answered. */
  works(): void;
  /** A call got no answer. One alone says little: the link is lost after three in a row. */
  unanswered(): void;
  /** Marks the link as lost for a reason that is certain. */
  lose(code: string): void;
  /** Tries no more. */
  close(): void;
}

const UNANSWERED = 3;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;

/** Milliseconds before another attempt: twice as long each time, a random half of it left out so that many do not come at once. */
export function backoffMs(attempt: number): number {
  const full = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1));
  return full * (0.5 + Math.random() / 2);
}

export function createLink({ platform, name, needed, probe, trusted, log, now = Date.now }: LinkParts): Link {
  const closing = new AbortController();
  let lost: string | undefined = trusted === true ? undefined : 'connecting';
  let lostAt = now();
  let inARow = 0;
  let probing = false;
  /** The codes that were told of this loss. */
  const told = new Set<string>();

  async function tryAgain(): Promise<void> {
    if (probe === undefined || probing) return;
    probing = true;
    for (let attempt = 1; lost !== undefined && !closing.signal.aborted; attempt += 1) {
      await pause(backoffMs(attempt), closing.signal);
      if (lost !== undefined && !closing.signal.aborted) await probe();
    }
    probing = false;
  }

  function lose(code: string): void {
    if (closing.signal.aborted) return;
    if (lost === undefined) lostAt = now();
    lost = code;
    if (!told.has(code)) log.warn('platform-lost', { platform, method: name, code });
    told.add(code);
    void tryAgain();
  }

  return {
    name,
    needed,
    get lost() {
      return lost;
    },
    works() {
      inARow = 0;
      if (lost === undefined) return;
      lost = undefined;
      if (told.size > 0) log.info('platform-back', { platform, method: name, durationMs: now() - lostAt });
      told.clear();
    },
    unanswered() {
      inARow += 1;
      if (lost !== undefined || inARow >= UNANSWERED) lose('unreachable');
    },
    lose,
    close: () => closing.abort(),
  };
}
