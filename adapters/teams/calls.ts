import { pause } from '../../src/kit/wait';
import type { May } from '../kit/reply-transport';
import type { TeamsResult } from './api';

/**
 * Makes a call of a reply until Teams takes it, looking each time whether its words may be shown still. A call that may
 * have been taken is made again only where that does no harm. Without `may` it is said whatever happened meanwhile.
 */
export type Calls = (
  harmless: boolean,
  may: May | undefined,
  call: (unless: AbortSignal | undefined) => Promise<TeamsResult>,
) => Promise<TeamsResult>;

/** With the pauses between, more than a minute: what is to be shown is paid for. */
const ATTEMPTS = 8;
const MAX_PAUSE_MS = 30_000;

/** `signal`: once it is aborted, no call begins whose words `may` is asked about. */
export function createCalls(signal: AbortSignal): Calls {
  return async (harmless, may, call) => {
    const unless = may === undefined ? undefined : signal;
    let result: TeamsResult = { ok: false, kind: 'unreachable' };
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      if (may !== undefined && !(await may())) return { ok: false, kind: 'not-allowed' };
      result = await call(unless);
      if (result.ok || (result.kind !== 'later' && result.kind !== 'unreachable')) return result;
      if (result.kind === 'unreachable' && !harmless) return result;
      const asked = result.kind === 'later' ? result.retryAfterMs : 0;
      // The first time for as long as Teams asks, and then for longer if that was not enough.
      const waitMs = Math.max(asked, result.kind === 'later' && attempt === 1 ? 0 : 500 * 2 ** attempt);
      if (attempt < ATTEMPTS) await pause(Math.min(waitMs, MAX_PAUSE_MS), unless);
    }
    return result;
  };
}
