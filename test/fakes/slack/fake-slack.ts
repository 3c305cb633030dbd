import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { createFakeLimits } from './limits';
import { answerCall, type World } from './methods';
import {
  APP_ID,
  BOT_USER,
  type Ephemeral,
  type FakeCall,
  type FakeMessage,
  type FakeUser,
  isRecord,
  seen,
  TEAM,
} from './state';

export interface FakeSlackOptions {
  readonly botToken?: string;
  readonly appToken?: string;
  readonly signingSecret?: string;
  readonly scopes?: readonly string[];
  readonly enforceRates?: boolean;
  /** Channels that the bot is no member of. */
  readonly strangerIn?: readonly string[];
  readonly now?: () => number;
}

/** How the next call of a method goes wrong. */
export type Fault =
  | { readonly error: string }
  | { readonly retryAfterSeconds: number }
  | { readonly status: number }
  | { readonly reset: true };

export interface Spoken {
  readonly channel: string;
  readonly user: string;
  readonly text: string;
  readonly thread?: string;
  /** The home workspace of the speaker, where it is another. */
  readonly team?: string;
}

export interface Delivery {
  readonly status: number;
  readonly ms: number;
  readonly body: string;
}

const SCOPES = ['app_mentions:read', 'assistant:write', 'chat:write', 'commands', 'im:history'];

export type FakeSlack = Awaited<ReturnType<typeof startFakeSlack>>;

/** Plays Slack on the wire: the Web API, signed events, commands and presses over HTTP or a real Socket Mode. */
export async function startFakeSlack(options: FakeSlackOptions = {}) {
  const { botToken = 'xoxb-fake', appToken = 'xapp-fake', signingSecret = 'signing-secret', now = Date.now } = options;
  const users = new Map<string, FakeUser>();
  const messages = new Map<string, FakeMessage>();
  const ephemerals: Ephemeral[] = [];
  const calls: FakeCall[] = [];
  const faults = new Map<string, Fault[]>();
  const limits = createFakeLimits(now);
  const responseUrls = new Map<string, { uses: number; target: Ephemeral | FakeMessage }>();
  const acks = new Map<string, (payload: unknown) => void>();
  const watchers = new Set<() => void>();
  let clock = 1_700_000_000;
  let counter = 0;
  const next = (): number => {
    counter += 1;
    return counter;
  };
  let requestUrl = '';
  let socket: WebSocket | undefined;
  let held: Promise<void> | undefined;

  const server = http.createServer((request, response) => void serve(request, response));
  const sockets = new WebSocketServer({ server });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;

  const world: World = {
    users,
    messages,
    ephemerals,
    homes: new Map(),
    statuses: new Map(),
    prompts: new Map(),
    scopes: new Set(options.scopes ?? SCOPES),
    members: (channel) => options.strangerIn?.includes(channel) !== true,
    nextTs: () => {
      clock += 1;
      return `${clock}.000100`;
    },
    socketUrl: () => `ws://127.0.0.1:${port}/link`,
  };

  const changed = (): void => {
    for (const watcher of [...watchers]) watcher();
  };

  sockets.on('connection', (connection) => {
    socket = connection;
    connection.send(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: APP_ID } }));
    connection.on('message', (data) => {
      const envelope: unknown = JSON.parse(String(data));
      if (!isRecord(envelope)) return;
      acks.get(String(envelope.envelope_id))?.(envelope.payload);
    });
    connection.on('close', () => {
      if (socket === connection) socket = undefined;
      changed();
    });
    changed();
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks).toString('utf8');
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    if (path.startsWith('/response/')) return respond(path, raw, response);
    if (!path.startsWith('/api/')) return void response.writeHead(404).end();
    const method = path.slice('/api/'.length);
    const args = argsOf(raw, request.headers['content-type'] ?? '');
    const token = request.headers.authorization?.replace(/^Bearer /u, '') ?? String(args.token ?? '');
    await held;
    const fault = faults.get(method)?.shift();
    const over = options.enforceRates === true ? limits.over(method, String(args.channel ?? '')) : undefined;
    const retryAfter = fault !== undefined && 'retryAfterSeconds' in fault ? fault.retryAfterSeconds : over;
    const record = (status: number, error?: string): void => {
      calls.push({ method, args, status, at: now(), ...(error !== undefined && { error }) });
    };
    if (fault !== undefined && 'reset' in fault) {
      record(0, 'reset');
      request.socket.destroy();
    } else if (retryAfter !== undefined) {
      record(429, 'ratelimited');
      json(response, 429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(retryAfter) });
    } else if (fault !== undefined && 'status' in fault) {
      record(fault.status, 'status');
      response.writeHead(fault.status).end('upstream');
    } else {
      const wanted = method === 'apps.connections.open' ? appToken : botToken;
      const answer =
        fault !== undefined && 'error' in fault
          ? { ok: false, error: fault.error }
          : token === wanted
            ? answerCall(method, args, world)
            : { ok: false, error: token === '' ? 'not_authed' : 'invalid_auth' };
      record(200, answer.ok === true ? undefined : String(answer.error));
      json(response, 200, answer, { 'x-oauth-scopes': [...world.scopes].join(',') });
    }
    changed();
  }

  function respond(path: string, raw: string, response: ServerResponse): void {
    const entry = responseUrls.get(path);
    const content: unknown = JSON.parse(raw);
    if (entry === undefined || entry.uses >= 5 || !isRecord(content))
      return void response.writeHead(404).end('expired_url');
    entry.uses += 1;
    const blocks = Array.isArray(content.blocks) ? content.blocks.filter(isRecord) : [];
    if (content.delete_original === true) entry.target.deleted = true;
    else if (content.replace_original === true)
      Object.assign(entry.target, { text: String(content.text ?? ''), blocks });
    else
      ephemerals.push({
        channel: entry.target.channel,
        user: '',
        text: String(content.text ?? ''),
        blocks,
        deleted: false,
      });
    response.writeHead(200).end('ok');
    changed();
  }

  const sign = (body: string, timestamp = Math.floor(now() / 1_000)): Record<string, string> => ({
    'x-slack-request-timestamp': String(timestamp),
    'x-slack-signature': `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`,
  });

  async function postRaw(body: string | Buffer, headers: Record<string, string>): Promise<Delivery> {
    const start = performance.now();
    const response = await fetch(requestUrl, { method: 'POST', headers, body: new Uint8Array(Buffer.from(body)) });
    return { status: response.status, body: await response.text(), ms: performance.now() - start };
  }

  /** Sends what Slack would: over the socket when one is connected, else by HTTP. */
  async function deliver(
    kind: 'events_api' | 'slash_commands' | 'interactive',
    payload: Record<string, unknown>,
    headers: Record<string, string> = {},
  ): Promise<Delivery> {
    if (socket !== undefined) return overSocket(kind, payload);
    const body =
      kind === 'events_api'
        ? JSON.stringify(payload)
        : kind === 'slash_commands'
          ? new URLSearchParams(
              Object.entries(payload).map(([name, value]): [string, string] => [name, String(value)]),
            ).toString()
          : new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    const type = kind === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded';
    return postRaw(body, { 'content-type': type, ...sign(body), ...headers });
  }

  function overSocket(type: string, payload: Record<string, unknown>): Promise<Delivery> {
    const envelope_id = `env-${next()}`;
    const start = performance.now();
    return new Promise((resolve) => {
      acks.set(envelope_id, (answer) => {
        acks.delete(envelope_id);
        resolve({
          status: 200,
          ms: performance.now() - start,
          body: answer === undefined ? '' : JSON.stringify(answer),
        });
      });
      socket?.send(JSON.stringify({ type, envelope_id, accepts_response_payload: type !== 'events_api', payload }));
    });
  }

  function eventOf(event: Record<string, unknown>, shared = false): Record<string, unknown> {
    return {
      token: 'legacy',
      team_id: TEAM,
      context_team_id: TEAM,
      api_app_id: APP_ID,
      event,
      type: 'event_callback',
      event_id: `Ev${next()}`,
      event_time: clock,
      authorizations: [
        { enterprise_id: null, team_id: TEAM, user_id: BOT_USER, is_bot: true, is_enterprise_install: false },
      ],
      is_ext_shared_channel: shared,
    };
  }

  function store({ channel, user, text, thread }: Spoken): FakeMessage {
    if (!users.has(user)) users.set(user, { id: user, name: `name-of-${user}` });
    const ts = world.nextTs();
    const inThread = thread === undefined ? {} : { threadTs: thread };
    const message: FakeMessage = {
      ts,
      channel,
      user,
      ...inThread,
      text,
      blocks: [],
      streaming: false,
      deleted: false,
      edited: false,
    };
    messages.set(`${channel}:${ts}`, message);
    return message;
  }

  function eventFor(message: FakeMessage, spoken: Spoken): Record<string, unknown> | undefined {
    const direct = message.channel.startsWith('D');
    if (!direct && !message.text.includes(`<@${BOT_USER}>`)) return undefined;
    return eventOf(
      {
        type: direct ? 'message' : 'app_mention',
        ...(direct && { channel_type: 'im' }),
        channel: message.channel,
        user: message.user,
        text: message.text,
        ts: message.ts,
        team: spoken.team ?? TEAM,
        ...(message.threadTs !== undefined && { thread_ts: message.threadTs }),
      },
      spoken.team !== undefined,
    );
  }

  const postedBy = (ts: string): FakeMessage => {
    const found = [...messages.values()].find((message) => message.ts === ts);
    if (found === undefined) throw new Error('no such message');
    return found;
  };

  return {
    origin,
    apiUrl: `${origin}/api/`,
    botToken,
    appToken,
    signingSecret,
    users,
    calls,
    ephemerals,
    homes: world.homes,
    prompts: world.prompts,
    statuses: world.statuses,
    sign,
    postRaw,
    eventOf,
    get connected() {
      return socket !== undefined;
    },
    deliverTo(url: string): void {
      requestUrl = url;
    },
    callsOf: (method: string): readonly FakeCall[] => calls.filter((call) => call.method === method),
    failNext(method: string, ...next: readonly Fault[]): void {
      faults.set(method, [...(faults.get(method) ?? []), ...next]);
    },
    /** Holds every Web API call back until the function that it gives is called. */
    holdCalls(): () => void {
      let release = (): void => {};
      held = new Promise((resolve) => {
        release = resolve;
      });
      return () => {
        held = undefined;
        release();
      };
    },
    /** Says something and delivers what Slack would; `event` can be delivered again. */
    async say(spoken: Spoken) {
      const message = store(spoken);
      const event = eventFor(message, spoken);
      const delivery = event === undefined ? undefined : await deliver('events_api', event);
      return { ts: message.ts, event, delivery };
    },
    /** Says something that no event tells of. */
    put: (spoken: Spoken): string => store(spoken).ts,
    event: (payload: Record<string, unknown>, headers: Record<string, string> = {}): Promise<Delivery> =>
      deliver('events_api', payload, headers),
    remove(ts: string): void {
      postedBy(ts).deleted = true;
    },
    /** Ends every open stream, as five minutes do. */
    expireStreams(): void {
      for (const message of messages.values()) message.streaming = false;
    },
    /** Types a slash command; the answer's card is among the ephemerals. */
    async command(user: string, channel: string, text: string): Promise<Ephemeral | undefined> {
      const path = `/response/${next()}`;
      const card: Ephemeral = { channel, user, text: '', blocks: [], deleted: false };
      responseUrls.set(path, { uses: 0, target: card });
      const payload = {
        command: '/dejiren-optin',
        text,
        team_id: TEAM,
        user_id: user,
        channel_id: channel,
        api_app_id: APP_ID,
        trigger_id: 't',
        response_url: origin + path,
      };
      const { body } = await deliver('slash_commands', payload);
      const content: unknown = body === '' ? undefined : JSON.parse(body);
      if (!isRecord(content)) return undefined;
      Object.assign(card, {
        text: String(content.text ?? ''),
        blocks: Array.isArray(content.blocks) ? content.blocks.filter(isRecord) : [],
      });
      ephemerals.push(card);
      return card;
    },
    /** Presses the button with this label. */
    async press(user: string, label: string, on: Ephemeral | FakeMessage): Promise<Delivery> {
      const button = on.blocks
        .flatMap((block) => (block.type === 'actions' && Array.isArray(block.elements) ? block.elements : []))
        .filter(isRecord)
        .find((one) => isRecord(one.text) && one.text.text === label);
      if (button === undefined) throw new Error(`no button “${label}”`);
      const path = `/response/${next()}`;
      responseUrls.set(path, { uses: 0, target: on });
      const thread = on.threadTs === undefined ? {} : { thread_ts: on.threadTs };
      return deliver('interactive', {
        type: 'block_actions',
        team: { id: TEAM },
        user: { id: user, team_id: TEAM },
        api_app_id: APP_ID,
        channel: { id: on.channel },
        container: { type: 'message', channel_id: on.channel, is_ephemeral: !('ts' in on), ...thread },
        ...('ts' in on && { message: { ts: on.ts, ...thread } }),
        response_url: origin + path,
        trigger_id: 't',
        actions: [
          { type: 'button', action_id: button.action_id, block_id: 'b', value: button.value, action_ts: '1.0' },
        ],
      });
    },
    /** dejiren's messages in a channel or thread, oldest first. */
    answers: (channel: string, thread?: string): readonly FakeMessage[] =>
      [...messages.values()].filter(
        (one) =>
          one.user === BOT_USER &&
          one.channel === channel &&
          !one.deleted &&
          (thread === undefined || one.threadTs === thread),
      ),
    seen,
    /** Resolves once the condition holds; looks again after each call that arrives. */
    async until(holds: () => boolean, withinMs = 15_000): Promise<void> {
      if (holds()) return;
      await new Promise<void>((resolve, reject) => {
        const look = (): void => {
          if (!holds()) return;
          clearTimeout(timer);
          clearInterval(again);
          watchers.delete(look);
          resolve();
        };
        const again = setInterval(look, 20);
        const timer = setTimeout(() => {
          clearInterval(again);
          watchers.delete(look);
          reject(new Error('the condition never held'));
        }, withinMs);
        watchers.add(look);
      });
    },
    async close(): Promise<void> {
      for (const connection of sockets.clients) connection.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function argsOf(raw: string, type: string): Record<string, unknown> {
  if (type.startsWith('application/json')) {
    const content: unknown = raw === '' ? {} : JSON.parse(raw);
    return isRecord(content) ? content : {};
  }
  return Object.fromEntries(
    [...new URLSearchParams(raw)].map(([name, value]) => [
      name,
      /^[[{]/u.test(value) && JSON_FIELDS.has(name) ? JSON.parse(value) : value,
    ]),
  );
}

const JSON_FIELDS: ReadonlySet<string> = new Set(['blocks', 'metadata', 'prompts', 'view', 'chunks']);

function json(response: ServerResponse, status: number, content: unknown, headers: Record<string, string> = {}): void {
  const body = Buffer.from(JSON.stringify(content));
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length, ...headers })
    .end(body);
}
