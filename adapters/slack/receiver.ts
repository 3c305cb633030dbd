import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import { isRecord } from '../../src/kit/field';
import { readRequest } from '../../src/kit/read-body';
import { errorFields } from '../../src/log/error-fields';
import type { Log } from '../../src/log/log';
import type { HttpRoute } from '../../src/model/adapter';
import { createAcksFirst } from '../kit/acks-first';
import { customPropertiesOf, type SignedRequest } from './inputs';

/** How old, or how far ahead, a request may be. Source: "Verifying requests from Slack", docs.slack.dev. */
const MAX_SKEW_SECONDS = 300;

export interface HttpReceiver extends Receiver {
  readonly route: HttpRoute;
}

/**
 * Takes Slack's signed requests for Bolt. Events are acknowledged as soon as the signature holds, and handed on
 * one in each round of the event loop that brought no request, so that a burst starves no acknowledgement.
 */
export function createHttpReceiver(signingSecret: string, log: Log, now: () => number = Date.now): HttpReceiver {
  let app: App | undefined;
  /** From the start, when listeners are there, to the stop. */
  let taking = false;

  const hand = async (event: ReceiverEvent): Promise<void> => {
    try {
      await app?.processEvent(event);
    } catch (error) {
      log.error('slack-event-failed', { ...errorFields(error) });
    }
  };

  const events = createAcksFirst((event: ReceiverEvent) => void hand(event));

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    events.requestCame();
    const raw = await readRequest(request);
    if (raw === undefined) return refuse(response, 413, 'too-large');
    const signed = signedRequestOf(request);
    if (signed === undefined || !isSigned(signed, raw, signingSecret, now()))
      return refuse(response, 401, 'not-signed');
    const body = parseBody(raw, request.headers['content-type']);
    if (body === undefined) return refuse(response, 400, 'malformed');
    if (body.type === 'url_verification') return answer(response, { challenge: body.challenge });
    if (body.ssl_check !== undefined) return answer(response, undefined);
    if (body.type === 'app_rate_limited') {
      log.warn('slack-events-dropped', { code: 'app_rate_limited' });
      return answer(response, undefined);
    }
    const retryNum = Number(request.headers['x-slack-retry-num'] ?? Number.NaN);
    const retry = Number.isNaN(retryNum) ? {} : { retryNum };
    const delivered = { body, customProperties: customPropertiesOf(signed), ...retry };

    if (body.type === 'event_callback') {
      // Said to Slack, which delivers again.
      if (!taking) return refuse(response, 503, 'not-taking');
      if (events.isFull) return refuse(response, 503, 'queue-full');
      answer(response, undefined);
      return events.add({ ...delivered, ack: async () => {} });
    }
    const ack = async (content?: unknown): Promise<void> => {
      if (!response.headersSent) answer(response, content);
    };
    await hand({ ...delivered, ack });
    if (!response.headersSent) refuse(response, 404, 'not-taken');
  }

  function refuse(response: ServerResponse, status: number, code: string): void {
    log.warn('slack-request-refused', { status, code });
    response.writeHead(status, { 'content-length': 0 }).end();
  }

  return {
    route: { method: 'POST', path: '/slack/events', handle },
    init(bolt) {
      app = bolt;
    },
    async start() {
      taking = true;
    },
    async stop() {
      taking = false;
    },
  };
}

function signedRequestOf(request: IncomingMessage): SignedRequest | undefined {
  const { 'x-slack-signature': signature, 'x-slack-request-timestamp': timestamp } = request.headers;
  if (typeof signature !== 'string' || typeof timestamp !== 'string' || !/^\d{1,12}$/u.test(timestamp))
    return undefined;
  return { at: Number(timestamp), signature };
}

function isSigned({ at, signature }: SignedRequest, body: Buffer, secret: string, nowMs: number): boolean {
  if (Math.abs(nowMs / 1_000 - at) > MAX_SKEW_SECONDS) return false;
  const expected = Buffer.from(`v0=${createHmac('sha256', secret).update(`v0:${at}:`).update(body).digest('hex')}`);
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

type Body = Record<string, unknown>;

/** Events come as JSON, commands as a form, interactions as JSON in a form. */
function parseBody(raw: Buffer, contentType: string | undefined): Body | undefined {
  const words = raw.toString('utf8');
  try {
    if (contentType?.startsWith('application/x-www-form-urlencoded') !== true) return objectOf(JSON.parse(words));
    const form = new URLSearchParams(words);
    const payload = form.get('payload');
    return payload === null ? Object.fromEntries(form) : objectOf(JSON.parse(payload));
  } catch {
    return undefined;
  }
}

function objectOf(value: unknown): Body | undefined {
  return isRecord(value) ? { ...value } : undefined;
}

function answer(response: ServerResponse, content: unknown): void {
  if (content === undefined || content === '') {
    response.writeHead(200, { 'content-length': 0 }).end();
    return;
  }
  const body = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
  const type = typeof content === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  response.writeHead(200, { 'content-type': type, 'content-length': body.length }).end(body);
}
