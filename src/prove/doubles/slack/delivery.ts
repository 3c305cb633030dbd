import { createHmac } from 'node:crypto';
import { type Delivery, type EnvelopeType, type Retry, UNANSWERED } from './envelope';
import type { SocketMode } from './socket-mode';

export interface DeliveryParts {
  readonly signingSecret: string;
  readonly now: () => number;
  readonly socketMode: SocketMode;
  readonly ending: AbortSignal;
  /** Milliseconds that the app has for an acknowledgement. */
  readonly ackWithinMs: number;
}

/** Brings the same once more, to another address or with further headers where they are told. */
export type Captured = (to?: string, headers?: Record<string, string>) => Promise<Delivery>;

const NOT_HERE = Promise.resolve<Delivery>({ status: 0, ms: 0, body: '' });

export type Deliveries = ReturnType<typeof createDeliveries>;

/** Brings payloads to the app: over the socket while one is connected, else as signed HTTP requests. */
export function createDeliveries({ signingSecret, now, socketMode, ending, ackWithinMs }: DeliveryParts) {
  let requestUrl: string | undefined;
  let captured: Captured | undefined;

  /** "Verifying requests from Slack", docs.slack.dev. `timestamp` in seconds. */
  const sign = (body: string, timestamp = Math.floor(now() / 1_000)): Record<string, string> => ({
    'x-slack-request-timestamp': String(timestamp),
    'x-slack-signature': `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`,
  });

  async function post(
    url: string | URL | undefined,
    body: string | Buffer,
    headers: Record<string, string>,
    withinMs?: number,
  ): Promise<Delivery & { readonly noRetry?: boolean }> {
    if (url === undefined) return UNANSWERED;
    const start = performance.now();
    const time = withinMs === undefined ? undefined : AbortSignal.timeout(withinMs);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers,
        body: new Uint8Array(Buffer.from(body)),
        signal: time === undefined ? ending : AbortSignal.any([ending, time]),
      });
      const noRetry = response.headers.get('x-slack-no-retry') === '1';
      return { status: response.status, body: await response.text(), ms: performance.now() - start, noRetry };
    } catch {
      const ms = performance.now() - start;
      return time?.aborted === true && !ending.aborted ? { ...UNANSWERED, ms, late: true } : { ...UNANSWERED, ms };
    }
  }

  async function bring(
    type: EnvelopeType,
    payload: Record<string, unknown>,
    retry: Retry | undefined,
    more: Record<string, string>,
  ): Promise<Delivery & { readonly noRetry?: boolean }> {
    if (socketMode.connections > 0) {
      captured = (to) => (to === undefined ? socketMode.send(type, payload, ackWithinMs, retry) : NOT_HERE);
      return socketMode.send(type, payload, ackWithinMs, retry);
    }
    const body = type === 'events_api' ? JSON.stringify(payload) : formOf(type, payload);
    const tries =
      retry === undefined ? {} : { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason };
    const kind = type === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded';
    const headers = { 'content-type': kind, ...sign(body), ...tries, ...more };
    captured = (to, other = {}) => post(to ?? requestUrl, body, { ...headers, ...other }, ackWithinMs);
    return post(requestUrl, body, headers, ackWithinMs);
  }

  return {
    sign,
    /** Posts exactly this, signed or not, and waits as long as it takes; `path` is the request URL's unless given. */
    postRaw: (body: string | Buffer, headers: Record<string, string>, path?: string): Promise<Delivery> =>
      post(requestUrl === undefined || path === undefined ? requestUrl : new URL(path, requestUrl), body, headers),
    deliverTo(url: string): void {
      requestUrl = url;
    },
    /** What was brought last, to be brought once more to the byte: as Slack may, or somebody who captured it. */
    capture(): Captured {
      if (captured === undefined) throw new Error('nothing was brought yet');
      return captured;
    },
    /** Brings it, and an event that nobody acknowledged once more: "The Events API" (retries), docs.slack.dev. */
    async deliver(
      type: EnvelopeType,
      payload: Record<string, unknown>,
      retry?: Retry,
      more: Record<string, string> = {},
    ): Promise<Delivery> {
      const { noRetry = false, ...first } = await bring(type, payload, retry, more);
      const taken = first.status >= 200 && first.status < 300;
      if (taken || noRetry || type !== 'events_api' || retry !== undefined) return first;
      const { noRetry: _, ...retried } = await bring(
        type,
        payload,
        { attempt: 1, reason: reasonFor(first, socketMode.connections > 0) },
        more,
      );
      return { ...first, retried };
    },
  };
}

function reasonFor({ status, late }: Delivery, onSocket: boolean): string {
  if (late === true) return onSocket ? 'timeout' : 'http_timeout';
  return status === 0 ? 'connection_failed' : 'http_error';
}

function formOf(type: EnvelopeType, payload: Record<string, unknown>): string {
  const fields: Record<string, unknown> = type === 'interactive' ? { payload: JSON.stringify(payload) } : payload;
  return new URLSearchParams(
    Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}
