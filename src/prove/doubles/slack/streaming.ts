import { type Answer, type Args, blocksIn, fail, isSessionStatus, key, word } from './args';
import { faultOfBlocks } from './blocks';
import { addOwn, ownMessage } from './messages';
import { isRecord } from './record';
import { BOT_USER, type World } from './state';

const MOST_MARKDOWN = 12_000;
/** The UTF-8 bytes of a whole streamed message; Slack breaks off somewhere from here to 12,000. */
const MOST_BYTES = 10_600;

export function startStream(args: Args, world: World): Answer {
  const channel = world.channelOf(word(args.channel));
  if (channel === undefined) return fail('channel_not_found');
  if (!world.isMember(channel.id, BOT_USER)) return fail('channel_type_not_supported');
  if (word(args.thread_ts) === '') return fail('invalid_arguments');
  if (channel.kind !== 'im') {
    if (word(args.recipient_team_id) === '') return fail('missing_recipient_team_id');
    if (word(args.recipient_user_id) === '') return fail('missing_recipient_user_id');
  }
  const text = streamedText(args);
  if (text === undefined) return fail('invalid_chunks');
  if (isTooLong(text, '')) return fail('msg_too_long');
  const { ts } = addOwn(args, world, { text, streaming: true, streamed: true });
  return { ok: true, channel: channel.id, ts };
}

export function appendStream(args: Args, world: World): Answer {
  if (word(args.markdown_text) === '' && args.chunks === undefined) return fail('no_text');
  return continueStream(args, world, false);
}

export function stopStream(args: Args, world: World): Answer {
  const fault = args.blocks === undefined ? undefined : faultOfBlocks(args.blocks);
  if (fault !== undefined) return fail(fault);
  const { session_status: status } = args;
  const session = key(args.channel, world.find(word(args.channel), word(args.ts))?.threadTs);
  if (status !== undefined && !(isSessionStatus(status) && world.sessions.has(session)))
    return fail('invalid_arguments');
  const answer = continueStream(args, world, true);
  if (answer.ok === true && status !== undefined) world.sessions.set(session, word(status));
  return answer;
}

function continueStream(args: Args, world: World, last: boolean): Answer {
  const message = ownMessage(args, world, 'message_not_owned_by_app');
  if (typeof message === 'string') return fail(message);
  if (!message.streaming) return fail('message_not_in_streaming_state');
  const text = streamedText(args);
  if (text === undefined) return fail('invalid_chunks');
  if (isTooLong(text, message.text)) return fail('msg_too_long');
  message.text += text;
  if (last) {
    message.streaming = false;
    message.blocks = blocksIn(args.blocks);
    if (args.metadata !== undefined) message.metadata = args.metadata;
  }
  return { ok: true, channel: message.channel, ts: message.ts };
}

/** The new words, whether they came as `markdown_text` or as chunks; undefined when a chunk is malformed. */
function streamedText(args: Args): string | undefined {
  if (args.chunks === undefined) return word(args.markdown_text);
  if (!Array.isArray(args.chunks)) return undefined;
  let text = word(args.markdown_text);
  for (const chunk of args.chunks) {
    if (!isRecord(chunk) || typeof chunk.type !== 'string' || !CHUNKS.has(chunk.type)) return undefined;
    if (chunk.type === 'markdown_text') {
      if (typeof chunk.text !== 'string') return undefined;
      text += chunk.text;
    }
  }
  return text;
}

/** `AnyChunk` of @slack/types 3. */
const CHUNKS: ReadonlySet<string> = new Set(['markdown_text', 'plan_update', 'task_update', 'blocks']);

function isTooLong(more: string, before: string): boolean {
  return more.length > MOST_MARKDOWN || Buffer.byteLength(before) + Buffer.byteLength(more) > MOST_BYTES;
}
