import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createWatch } from '../watch';
import { createDeliveries } from './delivery';
import { createEvents } from './events';
import { createInteractions } from './interactions';
import type { FakeRates } from './limits';
import { createResponseUrls } from './response-urls';
import { createApiServer } from './server';
import { createSocketMode } from './socket-mode';
import { BOT_USER, createWorld, type FakeChannel, type FakeMessage, seen } from './state';
import { answerCall } from './web-api';

export interface FakeSlackOptions {
  readonly botToken?: string;
  readonly appToken?: string;
  readonly signingSecret?: string;
  readonly scopes?: readonly string[];
  /** All channels that exist. When left out, every well-formed id is a channel that everybody is in. */
  readonly channels?: readonly FakeChannel[];
  /** Whether the app is declared as an agent. */
  readonly isAgent?: boolean;
  /** Channels that the bot is no member of. */
  readonly strangerIn?: readonly string[];
  readonly enforceRates?: boolean;
  /** Other rates than Slack's usual ones, where they are enforced. */
  readonly rates?: FakeRates;
  /** How long a stream takes appends; five minutes unless told. */
  readonly streamLifeMs?: number;
  /** How long the app may take for an acknowledgement; three seconds unless told. */
  readonly ackWithinMs?: number;
  /** Whether `calls` is kept; turn it off for long runs. */
  readonly record?: boolean;
  /** Whether the app is told of its own direct messages, as Slack does. */
  readonly echoOwn?: boolean;
  /** Milliseconds, for signatures, rates, and how long streams and response_urls live. */
  readonly now?: () => number;
  /** The workspace's id. */
  readonly team?: string;
  /** The second in which every message is written, so that all ids begin alike. */
  readonly second?: number;
}

const SCOPES = ['app_mentions:read', 'assistant:write', 'chat:write', 'commands', 'im:history'];

export type FakeSlack = Awaited<ReturnType<typeof startFakeSlack>>;

/** Plays Slack on the wire: the Web API, signed events, commands and presses over HTTP or a real Socket Mode. */
export async function startFakeSlack(options: FakeSlackOptions = {}) {
  const { botToken = 'xoxb-fake', appToken = 'xapp-fake', signingSecret = 'signing-secret', now = Date.now } = options;
  const {
    scopes = SCOPES,
    channels,
    strangerIn,
    enforceRates = false,
    record = true,
    echoOwn = true,
    rates = {},
  } = options;
  const { streamLifeMs = 300_000, ackWithinMs = 3_000 } = options;
  const world = createWorld({
    scopes,
    streamLifeMs,
    now,
    ...(channels !== undefined && { channels }),
    ...(strangerIn !== undefined && { strangerIn }),
    ...(options.isAgent !== undefined && { isAgent: options.isAgent }),
    ...(options.team !== undefined && { team: options.team }),
    ...(options.second !== undefined && { second: options.second }),
  });
  const ending = new AbortController();
  const watch = createWatch();
  const responseUrls = createResponseUrls(world, now);
  const told = (kind: 'posted' | 'changed' | 'deleted', message: FakeMessage): void => {
    if (echoOwn) void events.echo(kind, message);
  };
  const { server, ...api } = createApiServer({
    botToken,
    appToken,
    scopes: world.scopes,
    now,
    enforceRates,
    rates,
    record,
    answer: (method, args) => answerCall(method, args, world, told),
    socketUrl: () => socketMode.address(port),
    respond: responseUrls.answer,
    files: world.files,
    changed: watch.changed,
  });
  const socketMode = createSocketMode(server, watch.changed);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  world.files.at(origin);
  const deliveries = createDeliveries({ signingSecret, now, socketMode, ending: ending.signal, ackWithinMs });
  const { echo, ...acts } = createEvents(world, deliveries);
  const events = { echo };
  const { sign, postRaw, deliverTo, capture } = deliveries;

  return {
    origin,
    apiUrl: `${origin}/api/`,
    botToken,
    appToken,
    signingSecret,
    users: world.users,
    /** Gives a channel a name, or makes it. */
    nameChannel: world.nameChannel,
    ephemerals: world.ephemerals,
    homes: world.homes,
    prompts: world.prompts,
    /** Somebody uploads a file; its id goes with `say`. */
    upload: world.files.upload,
    removeFile: world.files.remove,
    statusIn: world.statusIn,
    hasStatus: world.hasStatus,
    sessions: world.sessions,
    ...api,
    ...acts,
    ...createInteractions({ world, deliveries, responseUrls, origin }),
    sign,
    postRaw,
    deliverTo,
    capture,
    get connected() {
      return socketMode.connections > 0;
    },
    get connections() {
      return socketMode.connections;
    },
    /** Tells the app to connect anew. */
    disconnect: socketMode.disconnect,
    /** What befalls the sockets of Socket Mode. */
    sockets: {
      failNext: socketMode.failNext,
      drop: socketMode.drop,
      fallSilent: socketMode.fallSilent,
      say: socketMode.say,
    },
    /** Ends one stream, as five minutes do. */
    expireStream(ts: string): void {
      world.byTs(ts).streaming = false;
    },
    /** Ends every open stream. */
    expireStreams(): void {
      for (const message of world.all()) message.streaming = false;
    },
    /** dejiren's messages in a channel or thread, oldest first. */
    answers: (channel: string, thread?: string): readonly FakeMessage[] =>
      world
        .inChannel(channel)
        .filter((one) => one.user === BOT_USER && (thread === undefined || one.threadTs === thread)),
    /** What people see in a channel, or in a thread with its first message, oldest first. */
    visible: (channel: string, thread?: string) =>
      world
        .inChannel(channel)
        .filter(({ ts, threadTs }) => thread === undefined || ts === thread || threadTs === thread)
        .map((message) => ({
          ts: message.ts,
          user: message.user,
          text: seen(message),
          thread_ts: message.threadTs,
          metadata: message.metadata,
          blocks: message.blocks,
        })),
    seen,
    until: watch.until,
    async close(): Promise<void> {
      ending.abort();
      await socketMode.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
