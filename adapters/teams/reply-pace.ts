/** The pace of one reply: Teams counts its calls, whichever message they are for. */
export interface ReplyPace {
  /** A call was made just now. */
  called(): void;
  /** Milliseconds until more is to be shown; 0 is now. `hasShown`: whether any of the answer is in the chat. */
  waitMs(hasShown: boolean): number;
  /** Milliseconds until the call that closes a message may be made. */
  closeMs(): number;
}

/** Teams takes one chunk of a stream a second, and asks to gather for 1.5 to 2 seconds. */
const STREAM_PAUSE_MS = 1_500;
/** The last call of a stream counts as well. */
const STREAM_END_PAUSE_MS = 1_000;
/** 60 messages and edits in 30 seconds and 1,800 an hour are a thread's; the hour's is the tighter. */
const EDIT_PAUSE_MS = 2_500;

/** `direct`: in a personal chat, where it is streamed. */
export function createReplyPace(direct: boolean): ReplyPace {
  let calledAt = Number.NEGATIVE_INFINITY;
  const left = (ms: number): number => Math.max(0, calledAt + ms - Date.now());
  return {
    called() {
      calledAt = Date.now();
    },
    waitMs: (hasShown) => (direct ? left(STREAM_PAUSE_MS) : hasShown ? left(EDIT_PAUSE_MS) : 0),
    closeMs: () => (direct ? left(STREAM_END_PAUSE_MS) : 0),
  };
}
