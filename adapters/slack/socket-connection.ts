import type { SocketModeReceiver } from '@slack/bolt';
import { z } from 'zod';
import type { Log } from '../../src/log/log';
import { failureOf, type SlackFailure } from './failures';

/** What became of an attempt to connect. */
export type Opened = { readonly ok: true } | SlackFailure;

/** One websocket to Slack, from the request for its address to its end. */
export interface Socket {
  /** Resolves with Slack's hello, or with why there was none. */
  readonly opened: Promise<Opened>;
  /** Resolves, with a code, when another connection is needed: Slack said that it will close this one, or it is gone. */
  readonly leaving: Promise<string>;
  /** Resolves, with a code, when it is closed, once it was open. */
  readonly gone: Promise<string>;
  /** Ends it, whatever it is about. */
  close(): void;
}

/** What is understood. The SDK would stumble over an envelope without its parts, and nobody could catch that. */
const frame = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('hello') }),
  z.looseObject({
    type: z.literal('disconnect'),
    reason: z
      .string()
      .regex(/^\w{1,64}$/u)
      .catch('unknown'),
  }),
  z.looseObject({
    type: z.literal('events_api'),
    payload: z.union([
      z.looseObject({ event: z.looseObject({ type: z.string() }) }),
      z.looseObject({ type: z.literal('app_rate_limited') }),
    ]),
  }),
  z.looseObject({ type: z.literal('app_rate_limited') }),
  z.looseObject({ type: z.enum(['slash_commands', 'interactive']), payload: z.looseObject({}) }),
]);

/** Connects once, or gives up after so many milliseconds. The receiver is Bolt's own, and must not connect again by itself. */
export function openSocket({ client }: SocketModeReceiver, log: Log, helloMs: number): Socket {
  const opened = Promise.withResolvers<Opened>();
  const leaving = Promise.withResolvers<string>();
  const gone = Promise.withResolvers<string>();
  let reason = 'closed';

  const close = (): void => {
    clearTimeout(hello);
    opened.resolve({ ok: false, kind: 'unreachable' });
    void client.disconnect();
    // An address that is still on its way would be connected to all the same.
    client.on('connecting', () => void setImmediate(() => void client.disconnect()));
  };
  const hello = setTimeout(close, helloMs);

  client.on('disconnected', () => {
    leaving.resolve(reason);
    gone.resolve(reason);
  });
  client.on('app_rate_limited', ({ ack }: { ack: () => Promise<void> }) => {
    log.warn('slack-events-dropped', { code: 'app_rate_limited' });
    ack().catch(() => log.warn('slack-ack-lost'));
  });

  const [handOn] = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', (data: unknown, isBinary: boolean) => {
    const said = understand(data, isBinary);
    if (said === undefined) return log.warn('slack-envelope-skipped', { code: 'not-understood' });
    if (said.type !== 'disconnect') return void Promise.resolve(handOn?.(JSON.stringify(said), false)).catch(skipped);
    reason = said.reason;
    opened.resolve({ ok: false, kind: 'refused', code: reason });
    leaving.resolve(reason);
  });
  const skipped = (): void => log.warn('slack-envelope-skipped', { code: 'sdk' });

  client.start().then(
    () => {
      clearTimeout(hello);
      opened.resolve({ ok: true });
    },
    (error: unknown) => {
      clearTimeout(hello);
      opened.resolve(failureOf(error));
    },
  );
  return { opened: opened.promise, leaving: leaving.promise, gone: gone.promise, close };
}

/** Undefined for what is not understood. That events were dropped is told by Slack as an event without one. */
function understand(data: unknown, isBinary: boolean): z.infer<typeof frame> | undefined {
  if (isBinary || typeof data !== 'string') return undefined;
  try {
    const said = frame.parse(JSON.parse(data));
    const isEvent = said.type === 'events_api' && 'event' in said.payload;
    return said.type === 'events_api' && !isEvent ? { ...said, type: 'app_rate_limited' } : said;
  } catch {
    return undefined;
  }
}
