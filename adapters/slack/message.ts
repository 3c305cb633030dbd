import type { SlackApi, SlackResult } from './api';
import { ATTEMPTS, createCalls, type May } from './calls';
import { escapeMrkdwn, markdownBlock, type SlackBlock } from './cards';
import type { History } from './history';
import type { SlackRates } from './rates';

/** Where a reply goes. */
export interface Place {
  readonly channel: string;
  readonly thread: string;
  /** The question: the reply comes after it. */
  readonly after: string;
  readonly team: string;
  readonly user: string;
  readonly direct: boolean;
}

/** A message of a reply, once Slack has given it an id. */
interface Posted {
  readonly ts: string;
  /** `stream`: takes appends. `edit`: is written anew as a whole. */
  mode: 'stream' | 'edit';
  text: string;
}

export interface MessageParts {
  readonly api: SlackApi;
  readonly rates: SlackRates;
  readonly history: Pick<History, 'findOwn'>;
  readonly place: Place;
  /** Waits; resolves early, to `false`, when waiting is no longer worth it. */
  readonly pause: (ms: number) => Promise<boolean>;
  /** Once it is aborted, no further word of the answer is shown. */
  readonly signal: AbortSignal;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** `stands`: Slack will not have the message written any further; what it shows stays, and the rest needs another. */
export type Sent = { readonly ok: true } | { readonly ok: false; readonly code: string; readonly stands?: true };

/** One message of a reply: started, grown and closed within Slack's limits, whichever way Slack allows. */
export interface ReplyMessage {
  readonly posted: boolean;
  readonly mode: 'stream' | 'edit' | undefined;
  /** Shows more of the answer. `may` is asked right before each call; `false` ends the attempt without a call. */
  grow(text: string, extra: readonly SlackBlock[], may: May): Promise<Sent>;
  /** Writes it for the last time: with the answer's last words, and these blocks below them. */
  close(text: string, below: readonly SlackBlock[], may: May): Promise<Sent>;
  /** Puts other words in the place of the answer's: the message is none of the answer any more. */
  replace(words: string): Promise<Sent>;
}

/** Slack takes some 4,000 escaped bytes of `text` in `chat.update`; blocks hold the whole. */
const SUMMARY_BYTES = 2_900;
/** Refusals after which an open stream is written on by editing: it expired, or Slack will not stream here. */
const NOT_STREAMING: ReadonlySet<string> = new Set([
  'message_not_in_streaming_state',
  'message_not_owned_by_app',
  'streaming_mode_mismatch',
]);
/** Refusals of one message, not of the place. Source: "chat.update" (errors), docs.slack.dev. */
const STANDS: ReadonlySet<string> = new Set([
  'edit_window_closed',
  'cant_update_message',
  'msg_too_long',
  'msg_blocks_too_long',
]);
const NOT_HERE: ReadonlySet<string> = new Set([
  'not_in_channel',
  'channel_not_found',
  'is_archived',
  'invalid_auth',
  'account_inactive',
  'token_revoked',
]);

export function createReplyMessage(parts: MessageParts, streams: boolean): ReplyMessage {
  const { api, rates, place, pause, signal } = parts;
  const paced = createCalls({ api, rates, channel: place.channel, pause, signal });
  let posted: Posted | undefined;

  const content = (text: string, extra: readonly SlackBlock[]): Record<string, unknown> => ({
    text: summaryOf(text),
    blocks: [markdownBlock(text), ...extra],
  });

  async function start(text: string, extra: readonly SlackBlock[], may: May): Promise<Sent> {
    const { channel, thread, team, user, direct } = place;
    if (streams) {
      const recipient = direct ? {} : { recipient_team_id: team, recipient_user_id: user };
      const args = { channel, thread_ts: thread, markdown_text: text, ...recipient };
      const sent = await once('chat.startStream', args, 'stream', { text, found: text }, may);
      if (sent.ok || sent.code !== 'not-streaming') return sent;
    }
    return post(text, extra, may);
  }

  function post(text: string, extra: readonly SlackBlock[], may: May): Promise<Sent> {
    const args = {
      channel: place.channel,
      thread_ts: place.thread,
      ...content(text, extra),
      metadata: parts.metadata,
      unfurl_links: false,
      unfurl_media: false,
    };
    return once('chat.postMessage', args, 'edit', { text, found: summaryOf(text) }, may);
  }

  /** Makes a message one time: where the answer was lost, Slack is asked whether it is there before it is made again. */
  async function once(
    method: 'chat.startStream' | 'chat.postMessage',
    args: Record<string, unknown>,
    mode: Posted['mode'],
    { text, found }: { readonly text: string; readonly found: string },
    may: May,
  ): Promise<Sent> {
    let result = await paced(method, args, 0, may);
    if (!result.ok && result.kind === 'unreachable') {
      await pause(500);
      const { channel, thread, after } = place;
      const ts = await parts.history.findOwn({ channel, thread, after, text: found });
      if (ts !== undefined) {
        posted = { ts, mode, text };
        return { ok: true };
      }
      result = await paced(method, args, 0, may);
    }
    if (result.ok) return remember(result, mode, text);
    const willNotStream = mode === 'stream' && result.kind === 'refused' && !NOT_HERE.has(result.code);
    return willNotStream ? { ok: false, code: 'not-streaming' } : sentOf(result);
  }

  function remember(result: SlackResult & { ok: true }, mode: Posted['mode'], text: string): Sent {
    const ts = result.body.ts;
    if (typeof ts !== 'string') return { ok: false, code: 'no-ts' };
    posted = { ts, mode, text };
    return { ok: true };
  }

  /** Ends the stream, if Slack has not: whether or not the last call arrived, writing the whole message anew is right. */
  async function leaveStream(message: Posted): Promise<void> {
    message.mode = 'edit';
    await api.call('chat.stopStream', { channel: place.channel, ts: message.ts });
  }

  /** Writes the whole message anew; it stays as it was where that is not allowed any more. */
  async function rewrite(
    message: Posted,
    text: string,
    extra: readonly SlackBlock[],
    may?: May,
    metadata = parts.metadata,
  ): Promise<Sent> {
    const args = { channel: place.channel, ts: message.ts, ...content(text, extra), metadata };
    const result = await paced('chat.update', args, ATTEMPTS, may);
    if (result.ok) message.text = text;
    return sentOf(result);
  }

  return {
    get posted() {
      return posted !== undefined;
    },
    get mode() {
      return posted?.mode;
    },
    async grow(text, extra, may) {
      if (posted === undefined) return start(text, extra, may);
      const message = posted;
      if (message.mode === 'stream') {
        const args = { channel: place.channel, ts: message.ts, markdown_text: text };
        const result = await paced('chat.appendStream', args, 0, may);
        if (result.ok) message.text += text;
        if (result.ok || result.kind === 'not-allowed') return sentOf(result);
        const refused = result.kind === 'refused' && !NOT_STREAMING.has(result.code);
        if (refused && !STANDS.has(result.code)) return sentOf(result);
        await leaveStream(message);
        if (refused) return sentOf(result);
      }
      return rewrite(message, message.text + text, extra, may);
    },
    async close(text, below, may) {
      if (posted === undefined) return text === '' ? { ok: true } : post(text, below, may);
      const message = posted;
      if (message.mode === 'stream') {
        const args = {
          channel: place.channel,
          ts: message.ts,
          metadata: parts.metadata,
          ...(text !== '' && { markdown_text: text }),
          ...(below.length > 0 && { blocks: below }),
        };
        const result = await paced('chat.stopStream', args, 0, text === '' ? undefined : may);
        if (result.ok || result.kind === 'not-allowed') {
          if (result.ok) Object.assign(message, { mode: 'edit', text: message.text + text });
          return sentOf(result);
        }
        await leaveStream(message);
        if (result.kind === 'refused' && STANDS.has(result.code)) return sentOf(result);
      }
      return rewrite(message, message.text + text, below, text === '' ? undefined : may);
    },
    async replace(words) {
      if (posted === undefined) return { ok: true };
      if (posted.mode === 'stream') await leaveStream(posted);
      return rewrite(posted, words, [], undefined, { event_type: 'dejiren_note', event_payload: {} });
    },
  };
}

function sentOf(result: SlackResult): Sent {
  if (result.ok) return { ok: true };
  if (result.kind !== 'refused') return { ok: false, code: result.kind };
  return { ok: false, code: result.code, ...(STANDS.has(result.code) && { stands: true }) };
}

/** The beginning of the answer, for notifications, screen readers and clients without blocks. */
function summaryOf(text: string): string {
  let end = Math.min(text.length, SUMMARY_BYTES);
  while (Buffer.byteLength(escapeMrkdwn(text.slice(0, end))) > SUMMARY_BYTES) end = Math.floor(end * 0.8);
  if (/[\uD800-\uDBFF]$/u.test(text.slice(0, end))) end -= 1;
  return escapeMrkdwn(text.slice(0, end)) + (end < text.length ? '…' : '');
}
