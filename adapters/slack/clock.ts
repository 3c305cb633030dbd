/**
 * Slack's own time, as its answers tell it. Over Socket Mode commands come without a time, and our own clock may be
 * minutes off.
 */
export interface SlackClock {
  /** The same `fetch`, whose answers are looked at for their `Date`. */
  heeding(send: typeof fetch): typeof fetch;
  /** Seconds since the epoch, a second behind at most; undefined before Slack has answered anything. */
  now(): number | undefined;
}

/** `ticks`: milliseconds of a clock that nobody sets. */
export function createSlackClock(ticks: () => number = () => performance.now()): SlackClock {
  /** How far Slack is ahead of our ticks: the most that was ever seen, as the fastest answer told it. */
  let ahead: number | undefined;

  function heed(date: string | null): void {
    const told = Date.parse(date ?? '');
    if (!Number.isNaN(told)) ahead = Math.max(ahead ?? Number.NEGATIVE_INFINITY, told - ticks());
  }

  return {
    heeding: (send) => async (input, init) => {
      const response = await send(input, init);
      heed(response.headers.get('date'));
      return response;
    },
    now: () => (ahead === undefined ? undefined : (ticks() + ahead) / 1_000),
  };
}
