import type { May } from '../kit/reply-transport';
import type { SlackApi, SlackResult } from './api';
import type { PacedMethod, SlackRates } from './rates';

export interface CallsParts {
  readonly api: SlackApi;
  readonly rates: SlackRates;
  readonly channel: string;
  /** Resolves after so many milliseconds, or at once when the signal is aborted. */
  readonly pause: (ms: number, signal?: AbortSignal) => Promise<unknown>;
  /** Once it is aborted, no call begins whose words `may` is asked about. */
  readonly signal: AbortSignal;
}

/**
 * Calls of one reply: each waits for its slot, and is made again where Slack asks for time. `repeats` tells how often
 * it is made again when it is not known what came of it.
 */
export type Calls = (
  method: PacedMethod | Post,
  args: Record<string, unknown>,
  repeats: number,
  may?: May,
) => Promise<SlackResult>;

type Post = 'chat.postMessage' | 'chat.postEphemeral';

/** With the pauses between, a minute: what is to be shown is paid for. */
export const ATTEMPTS = 8;
const LONGEST_PAUSE_MS = 20_000;

export function createCalls({ api, rates, channel, pause, signal }: CallsParts): Calls {
  return async (method, args, repeats, may) => {
    // What is said whatever happened meanwhile waits for its turn as well.
    const unless = may === undefined ? undefined : signal;
    let result: SlackResult = { ok: false, kind: 'unreachable' };
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const wait = isPost(method) ? rates.takePost(channel) : rates.take(method);
      if (wait > 0) await pause(wait, unless);
      if (unless?.aborted === true || (await may?.()) === false) return { ok: false, kind: 'not-allowed' };
      result = await api.call(method, args, unless);
      if (result.ok || result.kind === 'refused' || result.kind === 'not-allowed') return result;
      if (result.kind === 'rate-limited') rates.pause(isPost(method) ? { post: channel } : method, result.retryAfterMs);
      else if (attempt >= repeats) return result;
      else if (may !== undefined && signal.aborted) return { ok: false, kind: 'not-allowed' };
      else await pause(Math.min(LONGEST_PAUSE_MS, 500 * 2 ** attempt), unless);
    }
    return result;
  };
}

function isPost(method: PacedMethod | Post): method is Post {
  return method === 'chat.postMessage' || method === 'chat.postEphemeral';
}
