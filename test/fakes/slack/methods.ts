import { faultOfBlocks } from './blocks';
import { BOT_ID, BOT_USER, type Ephemeral, type FakeMessage, type FakeUser, isRecord, TEAM } from './state';

export interface World {
  readonly users: Map<string, FakeUser>;
  readonly messages: Map<string, FakeMessage>;
  readonly ephemerals: Ephemeral[];
  readonly homes: Map<string, unknown>;
  readonly statuses: Map<string, string>;
  readonly prompts: Map<string, unknown>;
  readonly scopes: ReadonlySet<string>;
  readonly members: (channel: string) => boolean;
  readonly nextTs: () => string;
  readonly socketUrl: () => string;
}

type Args = Readonly<Record<string, unknown>>;
type Answer = Readonly<Record<string, unknown>>;

const fail = (error: string, more: Answer = {}): Answer => ({ ok: false, error, ...more });
const word = (value: unknown): string => (typeof value === 'string' ? value : '');
const key = (channel: unknown, ts: unknown): string => `${word(channel)}:${word(ts)}`;

/** Streamed messages are counted in bytes; Slack breaks off somewhat above it. */
const STREAM_BYTES = 10_600;

const SCOPE: Readonly<Record<string, (args: Args) => string>> = {
  'chat.postMessage': () => 'chat:write',
  'chat.postEphemeral': () => 'chat:write',
  'chat.update': () => 'chat:write',
  'chat.startStream': () => 'chat:write',
  'chat.appendStream': () => 'chat:write',
  'chat.stopStream': () => 'chat:write',
  'assistant.threads.setStatus': () => 'assistant:write',
  'assistant.threads.setSuggestedPrompts': () => 'assistant:write',
  'agents.sessions.setStatus': () => 'assistant:write',
  'conversations.replies': historyScope,
  'conversations.history': historyScope,
  'users.info': () => 'users:read',
};

function historyScope({ channel }: Args): string {
  const sign = word(channel)[0];
  return sign === 'D' ? 'im:history' : sign === 'G' ? 'groups:history' : 'channels:history';
}

/** Answers one Web API call as Slack does. */
export function answerCall(method: string, args: Args, world: World): Answer {
  const scope = SCOPE[method]?.(args);
  if (scope !== undefined && !world.scopes.has(scope)) return fail('missing_scope', { needed: scope });
  switch (method) {
    case 'auth.test':
      return { ok: true, team_id: TEAM, user_id: BOT_USER, bot_id: BOT_ID, team: 'fake', user: 'dejiren' };
    case 'apps.connections.open':
      return { ok: true, url: world.socketUrl() };
    case 'users.info': {
      const user = world.users.get(word(args.user));
      if (user === undefined) return fail('user_not_found');
      const profile = { display_name: user.name, real_name: user.name };
      return {
        ok: true,
        user: {
          id: user.id,
          team_id: user.team ?? TEAM,
          name: user.name,
          real_name: user.name,
          profile,
          is_bot: user.isBot === true,
          is_restricted: user.isGuest === true,
        },
      };
    }
    case 'views.publish':
      world.homes.set(word(args.user_id), args.view);
      return isRecord(args.view) && faultOfBlocks(args.view.blocks) === undefined
        ? { ok: true }
        : fail('invalid_arguments');
    case 'assistant.threads.setStatus':
      world.statuses.set(key(args.channel_id, args.thread_ts), word(args.status));
      return { ok: true };
    case 'assistant.threads.setSuggestedPrompts':
      world.prompts.set(word(args.channel_id), args.prompts);
      return Array.isArray(args.prompts) && args.prompts.length <= 4 ? { ok: true } : fail('invalid_arguments');
    case 'agents.sessions.setStatus':
      return ['active', 'processing', 'suspended', 'closed'].includes(word(args.status))
        ? { ok: true }
        : fail('invalid_arguments');
    case 'conversations.replies':
    case 'conversations.history':
      return read(method, args, world);
    case 'chat.postMessage':
    case 'chat.postEphemeral':
    case 'chat.startStream':
      return post(method, args, world);
    case 'chat.update':
    case 'chat.appendStream':
    case 'chat.stopStream':
      return change(method, args, world);
    default:
      return fail('unknown_method');
  }
}

function post(method: string, args: Args, world: World): Answer {
  const channel = word(args.channel);
  if (!/^[CDG][A-Z0-9]+$/u.test(channel)) return fail('channel_not_found');
  const direct = channel.startsWith('D');
  if (method === 'chat.startStream') {
    if (!world.members(channel)) return fail('channel_type_not_supported');
    if (word(args.thread_ts) === '') return fail('invalid_arguments');
    if (!direct && (word(args.recipient_user_id) === '' || word(args.recipient_team_id) === ''))
      return fail('missing_recipient_user_id');
    const text = word(args.markdown_text);
    if (text.length > 12_000 || Buffer.byteLength(text) > STREAM_BYTES) return fail('msg_too_long');
    return add(args, world, { text, blocks: [], streaming: true });
  }
  if (!world.members(channel)) return fail('not_in_channel');
  const fault = args.blocks === undefined ? undefined : faultOfBlocks(args.blocks);
  if (fault !== undefined) return fail(fault);
  const blocks = Array.isArray(args.blocks) ? args.blocks.filter(isRecord) : [];
  const text = word(args.text).slice(0, 40_000);
  if (text === '' && blocks.length === 0) return fail('no_text');
  if (method === 'chat.postMessage') return add(args, world, { text, blocks, streaming: false });
  if (!world.users.has(word(args.user))) return fail('user_not_in_channel');
  const threadTs = args.thread_ts === undefined ? {} : { threadTs: word(args.thread_ts) };
  world.ephemerals.push({ channel, user: word(args.user), ...threadTs, text, blocks, deleted: false });
  return { ok: true, message_ts: world.nextTs() };
}

function add(args: Args, world: World, content: Pick<FakeMessage, 'text' | 'blocks' | 'streaming'>): Answer {
  const ts = world.nextTs();
  const channel = word(args.channel);
  world.messages.set(key(channel, ts), {
    ts,
    channel,
    user: BOT_USER,
    botId: BOT_ID,
    ...(args.thread_ts !== undefined && { threadTs: word(args.thread_ts) }),
    ...(args.metadata !== undefined && { metadata: args.metadata }),
    ...content,
    deleted: false,
    edited: false,
  });
  return { ok: true, channel, ts };
}

function change(method: string, args: Args, world: World): Answer {
  const message = world.messages.get(key(args.channel, args.ts));
  if (message === undefined || message.deleted) return fail('message_not_found');
  if (message.user !== BOT_USER) return fail('cant_update_message');
  const fault = args.blocks === undefined ? undefined : faultOfBlocks(args.blocks);
  if (fault !== undefined) return fail(fault);
  const blocks = Array.isArray(args.blocks) ? args.blocks.filter(isRecord) : [];
  if (method === 'chat.update') {
    const text = word(args.text);
    if (message.streaming) return fail('cant_update_message');
    if (Buffer.byteLength(text) > 4_000) return fail('msg_too_long');
    if (text === '' && blocks.length === 0) return fail('no_text');
    Object.assign(message, {
      text,
      blocks,
      edited: true,
      ...(args.metadata !== undefined && { metadata: args.metadata }),
    });
    return { ok: true, channel: message.channel, ts: message.ts };
  }
  if (!message.streaming) return fail('message_not_in_streaming_state');
  const more = word(args.markdown_text);
  if (method === 'chat.appendStream' && more === '') return fail('no_text');
  if (more.length > 12_000 || Buffer.byteLength(message.text + more) > STREAM_BYTES) return fail('msg_too_long');
  message.text += more;
  if (method === 'chat.stopStream') {
    message.streaming = false;
    message.blocks = blocks;
    if (args.metadata !== undefined) message.metadata = args.metadata;
  }
  return { ok: true, channel: message.channel, ts: message.ts };
}

function read(method: string, args: Args, world: World): Answer {
  const channel = word(args.channel);
  if (!world.members(channel)) return fail('not_in_channel');
  const thread = method === 'conversations.replies' ? word(args.ts) : undefined;
  const inclusive = String(args.inclusive) === 'true';
  const within = (ts: string): boolean =>
    (args.latest === undefined || Number(ts) < Number(args.latest) || (inclusive && ts === args.latest)) &&
    (args.oldest === undefined || Number(ts) > Number(args.oldest) || (inclusive && ts === args.oldest));
  const found = [...world.messages.values()]
    .filter((message) => message.channel === channel && !message.deleted)
    .filter(({ ts, threadTs }) =>
      thread === undefined ? threadTs === undefined || threadTs === ts : ts === thread || threadTs === thread,
    )
    .filter(({ ts, threadTs }) => (thread !== undefined && threadTs === undefined) || within(ts))
    .sort((one, other) =>
      thread === undefined ? Number(other.ts) - Number(one.ts) : Number(one.ts) - Number(other.ts),
    );
  if (thread !== undefined && !found.some(({ ts }) => ts === thread)) return fail('thread_not_found');
  return { ok: true, messages: found.slice(0, Number(args.limit ?? 100)).map(wire) };
}

function wire(message: FakeMessage): Answer {
  const { ts, user, botId, threadTs, text, blocks, metadata, subtype } = message;
  return {
    type: 'message',
    user,
    ts,
    text,
    team: TEAM,
    ...(botId !== undefined && { bot_id: botId }),
    ...(threadTs !== undefined && { thread_ts: threadTs }),
    ...(blocks.length > 0 && { blocks }),
    ...(metadata !== undefined && { metadata }),
    ...(subtype !== undefined && { subtype }),
  };
}
