/** Calls a minute and workspace: "Rate limits", docs.slack.dev (tiers 2, 3 and 4). */
const PER_MINUTE: Readonly<Record<string, number>> = {
  'chat.startStream': 20,
  'chat.stopStream': 20,
  'chat.update': 50,
  'conversations.replies': 50,
  'conversations.history': 50,
  'chat.appendStream': 100,
  'agents.sessions.setStatus': 50,
};
const POST_BURST = 30;

/** Other limits than Slack's usual ones, e.g. one read a minute for apps that are sold outside its Marketplace. */
export interface FakeRates {
  readonly perMinute?: Readonly<Record<string, number>>;
  /** Messages in one channel at once, before it is one a second. */
  readonly postBurst?: number;
}

/** Counts calls as Slack does; gives the seconds to wait when one is over its limit. */
export function createFakeLimits(now: () => number, { perMinute = {}, postBurst = POST_BURST }: FakeRates = {}) {
  const windows = new Map<string, number[]>();
  const channels = new Map<string, { tokens: number; at: number }>();
  return {
    over(method: string, channel: string): number | undefined {
      const at = now();
      if (method === 'chat.postMessage') {
        const bucket = channels.get(channel) ?? { tokens: postBurst, at };
        bucket.tokens = Math.min(postBurst, bucket.tokens + (at - bucket.at) / 1_000);
        bucket.at = at;
        channels.set(channel, bucket);
        // A hair of slack: the caller's clock and ours tick apart.
        if (bucket.tokens < 0.95) return 1;
        bucket.tokens -= 1;
        return undefined;
      }
      const most = perMinute[method] ?? PER_MINUTE[method];
      if (most === undefined) return undefined;
      const recent = (windows.get(method) ?? []).filter((time) => time > at - 59_900);
      windows.set(method, recent);
      const oldest = recent[recent.length - most];
      if (oldest !== undefined) return Math.max(1, Math.ceil((oldest + 60_000 - at) / 1_000));
      recent.push(at);
      return undefined;
    },
  };
}
