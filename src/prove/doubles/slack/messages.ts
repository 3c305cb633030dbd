import { type Answer, type Args, blocksIn, fail, word } from './args';
import { faultOfBlocks } from './blocks';
import { isRecord } from './record';
import { BOT_ID, BOT_USER, type FakeMessage, type World } from './state';

/** Told of every change that the app makes to what people see. */
export type Told = (kind: 'posted' | 'changed' | 'deleted', message: FakeMessage) => void;

/** "chat.postMessage": longer text is cut off. */
const MOST_TEXT = 40_000;
const MOST_MARKDOWN = 12_000;
/** `chat.update` takes about so many bytes of escaped `text`. */
const MOST_UPDATE_BYTES = 4_000;

type Content = { readonly text: string; readonly blocks: FakeMessage['blocks'] } | { readonly fault: string };

export function postMessage(given: Args, world: World, told: Told): Answer {
  const args = world.users.has(word(given.channel)) ? { ...given, channel: directWith(word(given.channel)) } : given;
  const fault = faultOfPlace(args, world);
  if (fault !== undefined) return fail(fault);
  const content = contentOf(args);
  if ('fault' in content) return fail(content.fault);
  const message = addOwn(args, world, content);
  told('posted', message);
  return { ok: true, channel: message.channel, ts: message.ts, message: { type: 'message', ts: message.ts } };
}

/** The direct messages of the app with a person: "chat.postMessage" takes a person's id for it. */
export function directWith(user: string): string {
  return `D${user}`;
}

export function postEphemeral(args: Args, world: World): Answer {
  const fault = faultOfPlace(args, world);
  if (fault !== undefined) return fail(fault);
  const [channel, user] = [word(args.channel), word(args.user)];
  if (!world.users.has(user) || !world.isMember(channel, user)) return fail('user_not_in_channel');
  const content = contentOf(args);
  if ('fault' in content) return fail(content.fault);
  const inThread = args.thread_ts === undefined ? {} : { threadTs: word(args.thread_ts) };
  return { ok: true, message_ts: world.whisper({ channel, user, ...inThread, ...content }).messageTs };
}

export function updateMessage(args: Args, world: World, told: Told): Answer {
  const message = ownMessage(args, world, 'cant_update_message');
  if (typeof message === 'string') return fail(message);
  if (message.streaming) return fail('cant_update_message');
  if (escapedBytes(word(args.text)) > MOST_UPDATE_BYTES) return fail('msg_too_long');
  const content = contentOf(args);
  if ('fault' in content) return fail(content.fault);
  if (isRecord(args.metadata) && !isMetadata(args.metadata)) return fail('invalid_metadata_format');
  // "chat.update": fields that are left out keep what they were.
  Object.assign(message, {
    text: content.text,
    ...(args.blocks !== undefined && { blocks: content.blocks }),
    ...(args.metadata !== undefined && { metadata: args.metadata }),
    streamed: false,
    edited: true,
  });
  told('changed', message);
  return { ok: true, channel: message.channel, ts: message.ts, text: message.text };
}

export function deleteMessage(args: Args, world: World, told: Told): Answer {
  const message = ownMessage(args, world, 'cant_delete_message');
  if (typeof message === 'string') return fail(message);
  message.deleted = true;
  told('deleted', message);
  return { ok: true, channel: message.channel, ts: message.ts };
}

/** A message of the app itself, or the error that says why it may not be touched. */
export function ownMessage(args: Args, world: World, refusal: string): FakeMessage | string {
  if (world.channelOf(word(args.channel)) === undefined) return 'channel_not_found';
  const message = world.find(word(args.channel), word(args.ts));
  if (message === undefined) return 'message_not_found';
  return message.user === BOT_USER ? message : refusal;
}

export function addOwn(args: Args, world: World, content: Pick<FakeMessage, 'text'> & Partial<FakeMessage>) {
  return world.store({
    channel: word(args.channel),
    user: BOT_USER,
    botId: BOT_ID,
    ...(args.thread_ts !== undefined && { threadTs: word(args.thread_ts) }),
    ...(args.metadata !== undefined && { metadata: args.metadata }),
    ...content,
  });
}

function faultOfPlace(args: Args, world: World): string | undefined {
  const channel = word(args.channel);
  if (world.channelOf(channel) === undefined) return 'channel_not_found';
  if (!world.isMember(channel, BOT_USER)) return 'not_in_channel';
  const thread = args.thread_ts;
  if (thread !== undefined && !/^\d{10}\.\d{6}$/u.test(word(thread))) return 'invalid_thread_ts';
  return args.metadata !== undefined && !isMetadata(args.metadata) ? 'invalid_metadata_format' : undefined;
}

/** The words and blocks of a post, or why Slack refuses them. */
function contentOf(args: Args): Content {
  const [text, markdown] = [word(args.text), word(args.markdown_text)];
  if (markdown !== '' && (text !== '' || args.blocks !== undefined)) return { fault: 'markdown_text_conflict' };
  if (markdown.length > MOST_MARKDOWN) return { fault: 'msg_too_long' };
  const fault = args.blocks === undefined ? undefined : faultOfBlocks(args.blocks);
  if (fault !== undefined) return { fault };
  const blocks = blocksIn(args.blocks);
  if (text === '' && markdown === '' && blocks.length === 0) return { fault: 'no_text' };
  return { text: (markdown === '' ? text : markdown).slice(0, MOST_TEXT), blocks };
}

function isMetadata(value: unknown): boolean {
  if (!isRecord(value)) return false;
  return Object.keys(value).length === 0 || (word(value.event_type) !== '' && isRecord(value.event_payload));
}

/** As Slack keeps text: `&`, `<` and `>` escaped, where they are not yet. */
function escapedBytes(text: string): number {
  return Buffer.byteLength(text.replace(/&(?!(?:amp|lt|gt);)/gu, '&amp;').replace(/[<>]/gu, '&lt;'));
}
