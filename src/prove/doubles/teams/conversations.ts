import { type Activity, isPersonal, type OpenStream, type Shown, type TeamsState } from './state';

/** How the Bot Connector answers a call. */
export interface Answer {
  readonly status: number;
  readonly content: unknown;
  /** Why Teams refuses it: something that the bot must not do. */
  readonly breach?: string;
}

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Activity;
}

export interface ConversationRules {
  /** Whether messages to one person in a channel are taken, as they are from manifests that ask for it. */
  readonly targeted: boolean;
  /** Milliseconds after which a stream may not go on. */
  readonly streamMs: number;
  readonly homeTenant: string;
}

const MAX_UTF16_BYTES = 100 * 1024;
const STREAM_PAUSE_MS = 1_000;
const INFORMATIVE_CHARACTERS = 1_000;

/** Does what a call asks for, or refuses it as the Bot Connector does. */
export function takeCall(state: TeamsState, rules: ConversationRules, call: Call): Answer {
  const { method, path, body } = call;
  if (path === '/v3/conversations' && method === 'POST') {
    const [member] = Reflect.get(body, 'members') as { id: string }[];
    return { status: 201, content: { id: `a:personal-${member?.id ?? ''}` } };
  }
  const [, conversation = '', what, id = ''] =
    /^\/v3\/conversations\/([^/]+)\/(activities|members)(?:\/(.+))?$/u.exec(path) ?? [];
  if (what === 'members' && method === 'GET') return tellMember(state, rules, id);
  if (what !== 'activities') return refused(404, 'NotFound');
  if (Buffer.byteLength(JSON.stringify(body), 'utf16le') > MAX_UTF16_BYTES) return refused(413, 'MessageSizeTooBig');
  if (method === 'DELETE') return remove(state, conversation, id);
  if (method === 'PUT') return edit(state, rules, conversation, id, body);
  if (method !== 'POST') return refused(405, 'BadArgument');
  const info = body.entities?.find(({ type }) => type === 'streaminfo');
  return info === undefined ? post(state, rules, conversation, call) : stream(state, rules, conversation, body, info);
}

function refused(status: number, code: string, message = code): Answer {
  return { status, content: { error: { code, message } }, breach: `${status} ${code}` };
}

function tellMember(state: TeamsState, { homeTenant }: ConversationRules, id: string): Answer {
  const member = state.memberOf(id) ?? { userRole: 'user' };
  if (member.userRole === 'gone') return refused(404, 'MemberNotFoundInConversation');
  return { status: 200, content: { id, tenantId: homeTenant, ...member } };
}

function post(state: TeamsState, { targeted }: ConversationRules, conversation: string, { query, body }: Call): Answer {
  if (body.type === 'typing') {
    state.typing.push(conversation);
    return { status: 201, content: { id: state.nextId() } };
  }
  const isTargeted = query.get('isTargetedActivity') === 'true';
  if (isTargeted && (!targeted || body.recipient?.isTargeted !== true || isPersonal(conversation)))
    return refused(403, 'TargetedMessageNotAllowed');
  const { id } = state.show(conversation, body, isTargeted ? body.recipient?.id : undefined, 'whole');
  return { status: 201, content: { id } };
}

function edit(
  state: TeamsState,
  { streamMs }: ConversationRules,
  conversation: string,
  id: string,
  body: Activity,
): Answer {
  const one = state.shown.find((message) => message.id === id && message.conversation === conversation);
  if (one === undefined) return refused(404, 'ActivityNotFoundInConversation');
  const open = state.streams.get(id);
  if (open !== undefined && one.state === 'stream' && Date.now() - open.startedAt < streamMs)
    return refused(403, 'EditOfOpenStream');
  one.activity = body;
  one.edits += 1;
  one.state = 'whole';
  return { status: 200, content: { id } };
}

function remove(state: TeamsState, conversation: string, id: string): Answer {
  const at = state.shown.findIndex((message) => message.id === id && message.conversation === conversation);
  if (at < 0) return refused(404, 'ActivityNotFoundInConversation');
  if (state.shown[at]?.state === 'stream') return refused(403, 'DeleteOfOpenStream');
  state.removed.push(...state.shown.splice(at, 1));
  return { status: 200, content: {} };
}

/** Source: "Stream bot messages", learn.microsoft.com/microsoftteams/platform/bots/streaming-ux. */
function stream(
  state: TeamsState,
  rules: ConversationRules,
  conversation: string,
  body: Activity,
  info: Record<string, unknown>,
): Answer {
  if (!isPersonal(conversation)) return refused(405, 'BadArgument', 'Streaming is not allowed here');
  for (const field of ['streamType', 'streamId', 'streamSequence'])
    if (body.channelData?.[field] !== info[field]) return refused(400, 'BadArgument', `channelData.${field}`);
  if (info.streamType === 'informative' && (body.text ?? '').length > INFORMATIVE_CHARACTERS)
    return refused(400, 'BadArgument', 'informative');
  return info.streamId === undefined
    ? openStream(state, conversation, body, info)
    : goOn(state.streams.get(String(info.streamId)), rules, body, info);
}

function openStream(state: TeamsState, conversation: string, body: Activity, info: Record<string, unknown>): Answer {
  const { streamType, streamSequence } = info;
  if (streamSequence !== 1 || body.type !== 'typing') return refused(400, 'BadArgument', 'first of a stream');
  const isOpen = ({ shown }: OpenStream): boolean => shown.conversation === conversation && shown.state === 'stream';
  if ([...state.streams.values()].some(isOpen))
    return refused(403, 'ContentStreamNotAllowed', 'another stream is open');
  const shown: Shown = state.show(conversation, body, undefined, 'stream');
  const text = streamType === 'informative' ? '' : (body.text ?? '');
  state.streams.set(shown.id, { shown, sequence: 1, startedAt: Date.now(), lastAt: Date.now(), text });
  return { status: 201, content: { id: shown.id } };
}

function goOn(
  open: OpenStream | undefined,
  { streamMs }: ConversationRules,
  body: Activity,
  { streamType, streamSequence }: Record<string, unknown>,
): Answer {
  const text = body.text ?? '';
  if (open === undefined || open.shown.state === 'whole') return refused(404, 'ContentStreamNotFound');
  if (open.shown.state === 'stopped') return ended('Content stream was canceled by user.');
  if (Date.now() - open.startedAt > streamMs) return ended('Content stream finished due to exceeded streaming time.');
  const isLine = streamType === 'informative';
  if (isLine ? open.text !== '' : !text.startsWith(open.text))
    return refused(400, 'BadArgument', 'the text does not go on from before');
  if (isLine && text.length > INFORMATIVE_CHARACTERS) return refused(400, 'BadArgument', 'informative');
  if (Date.now() - open.lastAt < STREAM_PAUSE_MS) return refused(429, 'TooManyRequests');
  if (streamType === 'final') {
    if (streamSequence !== undefined || body.type !== 'message') return refused(400, 'BadArgument', 'final');
    open.shown.activity = body;
    open.shown.state = 'whole';
    return { status: 202, content: {} };
  }
  if (body.type !== 'typing' || body.attachments !== undefined) return refused(400, 'BadArgument', 'chunk');
  if (streamSequence !== open.sequence + 1) return refused(202, 'ContentStreamSequenceOrderPreConditionFailed');
  Object.assign(open, { sequence: streamSequence, lastAt: Date.now(), text: isLine ? '' : text });
  open.shown.activity = body;
  return { status: 202, content: {} };
}

/** No breach: the person did it, or the time. */
function ended(message: string): Answer {
  return { status: 403, content: { error: { code: 'ContentStreamNotAllowed', message } } };
}
