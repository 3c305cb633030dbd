import type { SlackApi, SlackResult } from './api';
import type { PacedMethod, SlackRates } from './rates';

export interface CallsParts {
  readonly api: SlackApi;
  readonly rates: SlackRates;
  readonly channel: string;
  /** Waits; resolves early, to `false`, when waiting is no longer worth it. */
  readonly pause: (ms: number) => Promise<boolean>;
  /** Once it is aborted, no call begins whose words `may` is asked about. */
  readonly signal: AbortSignal;
}

/** The answer to whether the words of a call may be shown still, asked right before it. */
export type May = () => Promise<boolean>;

/**
 * Calls of one reply: each waits for its slot, and is made again where Slack asks for time. `repeats` tells how often
 * it is made again when it is not known what came of it.
 */
export type Calls = (
  method: PacedMethod | 'chat.postMessage',
  args: Record<string, unknown>,
  repeats: number,
  may?: May,
) => Promise<SlackResult>;

export const ATTEMPTS = 5;

export function createCalls({ api, rates, channel, pause, signal }: CallsParts): Calls {
  return async (method, args, repeats, may) => {
    let result: SlackResult = { ok: false, kind: 'unreachable' };
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const wait = method === 'chat.postMessage' ? rates.takePost(channel) : rates.take(method);
      if (wait > 0 && !(await pause(wait)) && may !== undefined) return { ok: false, kind: 'not-allowed' };
      if (may !== undefined && !(await may())) return { ok: false, kind: 'not-allowed' };
      result = await api.call(method, args, may === undefined ? undefined : signal);
      if (result.ok || result.kind === 'refused' || result.kind === 'not-allowed') return result;
      if (result.kind === 'rate-limited')
        rates.pause(method === 'chat.postMessage' ? { post: channel } : method, result.retryAfterMs);
      else if (attempt >= repeats) return result;
      else await pause(500 * 2 ** attempt);
    }
    return result;
  };
}
