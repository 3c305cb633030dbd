export type EnvelopeType = 'events_api' | 'slash_commands' | 'interactive';

export interface Retry {
  readonly attempt: number;
  readonly reason: string;
}

/** What became of a delivery. `status` 0: nobody answered, or not in time. */
export interface Delivery {
  readonly status: number;
  readonly ms: number;
  readonly body: string;
  /** Set where time ran out, rather than the connection. */
  readonly late?: true;
  /** What became of the second try, that Slack makes at once when an event was not acknowledged. */
  readonly retried?: Delivery;
}

export const UNANSWERED: Delivery = { status: 0, ms: 0, body: '' };
