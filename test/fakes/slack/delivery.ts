import { createHmac } from 'node:crypto';
import type { EnvelopeType, Retry, SocketMode } from './socket-mode';

/** What became of a delivery. `status` 0: nobody answered. */
export interface Delivery {
  readonly status: number;
  readonly ms: number;
  readonly body: string;
}

export const UNANSWERED: Delivery = { status: 0, ms: 0, body: '' };

export interface DeliveryParts {
  readonly signingSecret: string;
  readonly now: () => number;
  readonly socketMode: SocketMode;
  readonly ending: AbortSignal;
}

export type Deliveries = ReturnType<typeof createDeliveries>;

/** Brings payloads to the app: over the socket while one is connected, else as signed HTTP requests. */
export function createDeliveries({ signingSecret, now, socketMode, ending }: DeliveryParts) {
  let requestUrl: string | undefined;

  /** "Verifying requests from Slack", docs.slack.dev. `timestamp` in seconds. */
  const sign = (body: string, timestamp = Math.floor(now() / 1_000)): Record<string, string> => ({
    'x-slack-request-timestamp': String(timestamp),
    'x-slack-signature': `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`,
  });

  /** Posts exactly this, signed or not; `path` is taken from the request URL unless given. */
  async function postRaw(body: string | Buffer, headers: Record<string, string>, path?: string): Promise<Delivery> {
    if (requestUrl === undefined) return UNANSWERED;
    const start = performance.now();
    const url = path === undefined ? requestUrl : new URL(path, requestUrl);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers,
        body: new Uint8Array(Buffer.from(body)),
        signal: ending,
      });
      return { status: response.status, body: await response.text(), ms: performance.now() - start };
    } catch {
      return { ...UNANSWERED, ms: performance.now() - start };
    }
  }

  return {
    sign,
    postRaw,
    deliverTo(url: string): void {
      requestUrl = url;
    },
    async deliver(
      type: EnvelopeType,
      payload: Record<string, unknown>,
      retry?: Retry,
      more: Record<string, string> = {},
    ): Promise<Delivery> {
      if (socketMode.connections > 0) return socketMode.send(type, payload, retry);
      const body = type === 'events_api' ? JSON.stringify(payload) : formOf(type, payload);
      const tries =
        retry === undefined ? {} : { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason };
      const kind = type === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded';
      return postRaw(body, { 'content-type': kind, ...sign(body), ...tries, ...more });
    },
  };
}

function formOf(type: EnvelopeType, payload: Record<string, unknown>): string {
  const fields: Record<string, unknown> = type === 'interactive' ? { payload: JSON.stringify(payload) } : payload;
  return new URLSearchParams(
    Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}
