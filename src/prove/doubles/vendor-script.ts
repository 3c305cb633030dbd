/** How a streamed answer ends, after its deltas. */
type Ending =
  | 'complete'
  /** The model met its length limit: `response.incomplete`, `finish_reason: length`. */
  | 'cut'
  /** The vendor's filter stopped it: `incomplete_details.reason: content_filter`, `finish_reason: content_filter`. */
  | 'filtered'
  /** `response.failed` with `server_error`. */
  | 'failed'
  /** An `error` event in mid-stream. */
  | 'error-event'
  /** The connection is reset. */
  | 'reset'
  /** The body ends cleanly without the terminal event. */
  | 'eof'
  /** A chunk that is no JSON. */
  | 'malformed'
  /** Silence: nothing more comes, and the connection stays open. */
  | 'stall';

/** Lets deltas through one by one, so that a test decides when each is sent. */
export interface Gate {
  /** Lets the next delta (or the ending) through. */
  next(): void;
  /** Lets everything through from now on. */
  open(): void;
  /** Resolves when the next delta may go. */
  pass(): Promise<void>;
}

export interface StreamedAnswer {
  readonly kind: 'answer';
  readonly deltas: readonly string[];
  readonly ending?: Ending;
  /** For `error-event` and `failed`: the code that it carries; `server_error` when not given. */
  readonly code?: string;
  /** Words of the error, e.g. an echo of the prompt. */
  readonly message?: string;
  /** Milliseconds before each delta. 0 (the default) sends all at once. */
  readonly paceMs?: number;
  readonly gate?: Gate;
  readonly requestId?: string;
}

export interface Refusal {
  readonly kind: 'refusal';
  readonly status: number;
  readonly code?: string | null;
  readonly type?: string;
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent instead of the usual JSON error, as a gateway in between would. */
  readonly body?: string;
}

/** A 200 with a body of any kind: what is no vendor at all answers like this. */
interface RawAnswer {
  readonly kind: 'raw';
  readonly contentType: string;
  readonly body: string | Uint8Array;
}

/** The connection is accepted, and closed or kept without an answer. */
interface NoAnswer {
  readonly kind: 'none';
  readonly how: 'reset' | 'stall';
}

export type Script = StreamedAnswer | Refusal | RawAnswer | NoAnswer;

export function answer(deltas: readonly string[], more: Omit<StreamedAnswer, 'kind' | 'deltas'> = {}): StreamedAnswer {
  return { kind: 'answer', deltas, ...more };
}

export function refusal(status: number, more: Omit<Refusal, 'kind' | 'status'> = {}): Refusal {
  return { kind: 'refusal', status, ...more };
}

export function createGate(): Gate {
  let free = 0;
  let isOpen = false;
  const waiting: (() => void)[] = [];
  return {
    next() {
      const first = waiting.shift();
      if (first === undefined) free += 1;
      else first();
    },
    open() {
      isOpen = true;
      for (const go of waiting.splice(0)) go();
    },
    pass() {
      if (isOpen) return Promise.resolve();
      if (free > 0) {
        free -= 1;
        return Promise.resolve();
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
  };
}
