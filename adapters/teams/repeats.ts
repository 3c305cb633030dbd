import type { Envelope } from './payloads';

/** As long as a token of the Bot Connector holds, with room. */
const KEPT_MS = 2 * 60 * 60_000;
const KEPT = 20_000;
/** An edit has the id of its message, so that it may come many times. */
const ONCE: ReadonlySet<string> = new Set(['message', 'invoke']);

/**
 * Tells whether an activity came before: Teams delivers again what was not acknowledged in time, and a command that is
 * run twice is taken back. Known in memory alone; questions are known to the store as well.
 */
export function createRepeats(now: () => number): (activity: Envelope) => boolean {
  const seen = new Map<string, number>();
  return ({ type, id, conversation }) => {
    if (id === undefined || !ONCE.has(type)) return false;
    const key = JSON.stringify([conversation.id, id]);
    const at = seen.get(key);
    if (at !== undefined && at > now() - KEPT_MS) return true;
    seen.set(key, now());
    const [oldest] = seen.keys();
    if (seen.size > KEPT && oldest !== undefined) seen.delete(oldest);
    return false;
  };
}
