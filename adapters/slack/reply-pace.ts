import type { SlackRates } from './rates';

/** What the replies of one workspace share: how many are being written, and in which way. */
export interface ReplyTraffic {
  streaming: number;
  editing: number;
}

/** How a reply is shown: streamed, posted and edited, or posted once it is whole. */
export type Plan = 'stream' | 'edit' | 'once';

/** The pace of one reply, by what the workspace's budget leaves to it. */
export interface ReplyPace {
  /** Chooses how it is shown. */
  begin(): Plan;
  /** Whether a message of it is to be streamed; a further one only where the budget has room for it. */
  streams(isFurther: boolean): boolean;
  /** Milliseconds until more is to be shown in the open message, so long after its last call; 0 is now. */
  waitMs(mode: 'stream' | 'edit', sinceCallMs: number): number;
  end(): void;
}

const STREAM_PAUSE_MS = 300;
const EDIT_PAUSE_MS = 1_000;
/** With so many replies being edited, each would be refreshed less often than once in 15 seconds. */
const MOST_EDITING = 12;
const MINUTE_MS = 60_000;
const APPENDS_A_MINUTE = 100;
const UPDATES_A_MINUTE = 50;

export function createReplyPace(rates: SlackRates, traffic: ReplyTraffic, direct: boolean): ReplyPace {
  let plan: Plan | undefined;

  /** Each reply that is being written keeps one slot for its last call: no answer waits for its own end. */
  const mayStream = (): boolean =>
    rates.free('chat.startStream') > 0 && rates.free('chat.stopStream') > traffic.streaming;

  function choose(): Plan {
    if (direct && mayStream()) return 'stream';
    return traffic.editing < MOST_EDITING && rates.free('chat.update') > traffic.editing + 1 ? 'edit' : 'once';
  }

  const mayGrow = (mode: 'stream' | 'edit'): boolean =>
    mode === 'stream' ? rates.free('chat.appendStream') > 0 : rates.free('chat.update') > Math.max(1, traffic.editing);

  /** For how long more is gathered after a call. */
  const gatherMs = (mode: 'stream' | 'edit'): number =>
    mode === 'stream'
      ? Math.max(STREAM_PAUSE_MS, (traffic.streaming * MINUTE_MS) / APPENDS_A_MINUTE)
      : Math.max(EDIT_PAUSE_MS, (traffic.editing * MINUTE_MS) / UPDATES_A_MINUTE);

  return {
    begin() {
      plan = choose();
      if (plan === 'stream') traffic.streaming += 1;
      if (plan === 'edit') traffic.editing += 1;
      return plan;
    },
    streams: (isFurther) => plan === 'stream' && (!isFurther || mayStream()),
    waitMs(mode, sinceCallMs) {
      const due = gatherMs(mode) - sinceCallMs;
      return due > 0 || !mayGrow(mode) ? Math.max(due, STREAM_PAUSE_MS) : 0;
    },
    end() {
      if (plan === 'stream') traffic.streaming -= 1;
      if (plan === 'edit') traffic.editing -= 1;
    },
  };
}
