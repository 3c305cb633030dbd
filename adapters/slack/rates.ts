/** The Web API methods that dejiren paces itself, with the calls a minute and workspace that Slack allows. */
const PER_MINUTE = {
  'chat.startStream': 20,
  'chat.stopStream': 20,
  'chat.appendStream': 100,
  'chat.update': 50,
  'conversations.replies': 50,
  'conversations.history': 50,
  'users.info': 100,
  // Its limit is "special", and not told: a question that finds no room goes without.
  'assistant.threads.setStatus': 100,
  'agents.sessions.setStatus': 50,
} as const;

/** Messages that may be posted in one channel at once, and how long until the next may follow. */
const POST_BURST = 30;
const POST_EVERY_MS = 1_000;
/** Channels that are remembered: beyond it, those that have been quiet are forgotten. */
const CHANNELS = 5_000;

export type PacedMethod = keyof typeof PER_MINUTE;

/**
 * A budget of dejiren's own for each method, so that Slack never has to say no. Slots are given in the order in
 * which they are asked for.
 *
 * Sources: "Rate limits", docs.slack.dev/apis/web-api/rate-limits (tiers; about one message a second and channel,
 * with short bursts).
 */
export interface SlackRates {
  /**
   * Takes the next slot and tells how many milliseconds away it is; 0 is now. Where it is further away than
   * `withinMs`, none is taken and `Infinity` given.
   */
  take(method: PacedMethod, withinMs?: number): number;
  takePost(channel: string): number;
  /** How many slots there are right now. */
  free(method: PacedMethod): number;
  /** Slack said no after all: nothing of the kind for so long. */
  pause(method: PacedMethod | { readonly post: string }, ms: number): void;
}

export function createSlackRates(now: () => number): SlackRates {
  const windows = new Map<PacedMethod, number[]>();
  const pausedUntil = new Map<string, number>();
  const posts = new Map<string, number>();

  const nextSlot = (method: PacedMethod, at: number): number => {
    const taken = windows.get(method) ?? [];
    const limiting = taken[taken.length - PER_MINUTE[method]];
    return Math.max(at, limiting === undefined ? 0 : limiting + 60_000, pausedUntil.get(method) ?? 0);
  };

  return {
    take(method, withinMs = Number.POSITIVE_INFINITY) {
      const at = now();
      const slot = nextSlot(method, at);
      if (slot - at > withinMs) return Number.POSITIVE_INFINITY;
      const taken = windows.get(method) ?? [];
      taken.push(slot);
      if (taken.length > PER_MINUTE[method] * 2) taken.splice(0, taken.length - PER_MINUTE[method]);
      windows.set(method, taken);
      return slot - at;
    },
    takePost(channel) {
      const at = now();
      // The time at which the channel would be at rest again: the generic cell rate algorithm.
      const rest = Math.max(posts.get(channel) ?? 0, at);
      const slot = Math.max(at, rest - (POST_BURST - 1) * POST_EVERY_MS, pausedUntil.get(channel) ?? 0);
      posts.delete(channel);
      posts.set(channel, Math.max(rest, slot) + POST_EVERY_MS);
      for (const [quiet, restAt] of posts) {
        if (posts.size <= CHANNELS && restAt > at) break;
        posts.delete(quiet);
        pausedUntil.delete(quiet);
      }
      return slot - at;
    },
    free(method) {
      const at = now();
      if ((pausedUntil.get(method) ?? 0) > at) return 0;
      const recent = (windows.get(method) ?? []).filter((slot) => slot > at - 60_000);
      return Math.max(0, PER_MINUTE[method] - recent.length);
    },
    pause(what, ms) {
      const key = typeof what === 'string' ? what : what.post;
      pausedUntil.set(key, Math.max(pausedUntil.get(key) ?? 0, now() + ms));
    },
  };
}
