import type { SlackApi, SlackResult } from './api';
import { ATTEMPTS, createCalls, type May } from './calls';
import type { SlackBlock } from './cards';
import { codeOf } from './failures';
import type { History } from './history';
import { contentOf } from './message-content';
import type { SlackRates } from './rates';
import { isNotHere, isPrivate, TAKEN_AWAY, type Way, type Ways } from './ways';

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
  /** `stream`: takes appends. `edit`: is written anew as a whole. `whole`: stays as it is. */
  mode: 'stream' | 'edit' | 'whole';
  text: string;
  /** What stands above the text. */
  note: string;
}

export interface MessageParts {
  readonly api: SlackApi;
  readonly rates: SlackRates;
  readonly history: Pick<History, 'findOwn'>;
  readonly place: Place;
  /** Shared by the messages of one reply: what Slack refused once is not tried again. */
  readonly ways: Ways;
  /** Waits; resolves early, to `false`, when waiting is no longer worth it. */
  readonly pause: (ms: number) => Promise<boolean>;
  /** Once it is aborted, no further word of the answer is shown. */
  readonly signal: AbortSignal;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/**
 * What became of a call, and where it was not taken, what is to become of the text: it goes to `another` message, as
 * this one stays as it is; `anew` with all that this message held, as it is gone; `smaller`, as it was too long;
 * `later`, whole, as only the asker will see it.
 */
export type Sent =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: string; readonly goes?: 'another' | 'anew' | 'smaller' | 'later' };

/** One message of a reply: started, grown and closed within Slack's limits, whichever way Slack allows. */
export interface ReplyMessage {
  readonly posted: boolean;
  readonly mode: Posted['mode'] | undefined;
  /** What it shows of the answer. */
  readonly text: string;
  /**
   * Shows more of the answer; `last` where no more follows in this message. `may` is asked right before each call;
   * `false` ends the attempt without a call.
   */
  grow(text: string, extra: readonly SlackBlock[], may: May, last: boolean): Promise<Sent>;
  /** Writes it for the last time: with the answer's last words, and these blocks below them. */
  close(text: string, below: readonly SlackBlock[], may: May): Promise<Sent>;
  /** Puts other words in the place of the answer's, or takes it away: the message is none of the answer any more. */
  replace(words: string): Promise<void>;
}

const TOO_LONG: ReadonlySet<string> = new Set(['msg_too_long', 'msg_blocks_too_long']);
/** Refusals of an edit, not of its words. Source: "chat.update" (errors), docs.slack.dev. */
const STANDS: ReadonlySet<string> = new Set(['edit_window_closed', 'cant_update_message', ...TOO_LONG]);
/** Milliseconds between attempts to post of which nobody knows what came of them. */
const POST_PAUSES_MS = [500, 2_000, 8_000];

export function createReplyMessage(parts: MessageParts, streams: boolean): ReplyMessage {
  const { api, rates, place, ways, pause, signal } = parts;
  const paced = createCalls({ api, rates, channel: place.channel, pause, signal });
  let posted: Posted | undefined;

  async function start(text: string, extra: readonly SlackBlock[], may: May, last: boolean): Promise<Sent> {
    const { channel, thread, team, user, direct } = place;
    if (streams && ways.way.where === 'thread' && ways.way.form === 'rich') {
      const recipient = direct ? {} : { recipient_team_id: team, recipient_user_id: user };
      const args = { channel, thread_ts: thread, markdown_text: text, ...recipient };
      const result = await once('chat.startStream', args, text, may);
      if (result.ok) return remember(result, 'stream', text, '');
      // Whatever Slack has against a stream here, it may take a post.
      if (result.kind !== 'refused') return sentOf(result);
    }
    return post(text, extra, may, last);
  }

  /** Posts in the first way that Slack takes. */
  async function post(text: string, extra: readonly SlackBlock[], may: May, last: boolean): Promise<Sent> {
    for (;;) {
      const { way } = ways;
      // What only the asker sees cannot be edited, and is posted whole.
      if (isPrivate(way) && !last) return { ok: false, code: 'private', goes: 'later' };
      const note = ways.note('post');
      const result = await postIn(way, note + text, extra, may);
      if (result.ok) return remember(result, isPrivate(way) ? 'whole' : 'edit', text, note);
      if (result.kind !== 'refused') return sentOf(result);
      if (TOO_LONG.has(result.code)) return { ok: false, code: result.code, goes: 'smaller' };
      if (!ways.leave(result.code)) return sentOf(result);
    }
  }

  function postIn({ form, where }: Way, text: string, extra: readonly SlackBlock[], may: May): Promise<SlackResult> {
    const { channel, thread, after, user } = place;
    const content = contentOf(text, extra, form);
    if (where === 'asker') {
      // A thread that the question opened is on nobody's screen yet.
      const inThread = thread === after ? {} : { thread_ts: thread };
      return once('chat.postEphemeral', { channel, user, ...inThread, ...content }, undefined, may);
    }
    const inThread = where === 'thread' ? { thread_ts: thread } : {};
    const to = where === 'direct' ? user : channel;
    const unfurl = { unfurl_links: false, unfurl_media: false };
    const args = { channel: to, ...inThread, ...content, metadata: parts.metadata, ...unfurl };
    return once('chat.postMessage', args, content.text, may);
  }

  /** Makes a message one time: where the answer was lost, Slack is asked whether it is there before it is made again. */
  async function once(
    method: 'chat.startStream' | 'chat.postMessage' | 'chat.postEphemeral',
    args: Record<string, unknown>,
    found: string | undefined,
    may: May,
  ): Promise<SlackResult> {
    let result = await paced(method, args, 0, may);
    for (const ms of POST_PAUSES_MS) {
      if (result.ok || result.kind !== 'unreachable') break;
      await pause(ms);
      const { channel, thread, after } = place;
      const ts = found && (await parts.history.findOwn({ channel, thread, after, text: found }));
      if (ts !== undefined && ts !== '') return { ok: true, body: { ts } };
      result = await paced(method, args, 0, may);
    }
    return result;
  }

  function remember(result: SlackResult & { ok: true }, mode: Posted['mode'], text: string, note: string): Sent {
    const { ts } = result.body;
    if (typeof ts !== 'string' && mode !== 'whole') return { ok: false, code: 'no-ts' };
    posted = { ts: typeof ts === 'string' ? ts : '', mode, text, note };
    ways.noted('post');
    return { ok: true };
  }

  /** Ends the stream, if Slack has not: whether or not the last call arrived, writing the whole message anew is right. */
  async function leaveStream(message: Posted): Promise<void> {
    message.mode = 'edit';
    await api.call('chat.stopStream', { channel: place.channel, ts: message.ts });
  }

  /** Writes the whole message anew, in the first form that Slack takes; it stays as it was where no edit is allowed. */
  async function rewrite(message: Posted, text: string, extra: readonly SlackBlock[], may?: May): Promise<Sent> {
    for (;;) {
      const { form } = ways.way;
      const note = message.note + ways.note('edit');
      const content = contentOf(note + text, extra, form);
      const args = { channel: place.channel, ts: message.ts, ...content, metadata: parts.metadata };
      const result = await paced('chat.update', args, ATTEMPTS, may);
      if (result.ok) {
        Object.assign(message, { text, note });
        ways.noted('edit');
      }
      if (result.ok || result.kind !== 'refused') return sentOf(result);
      const { code } = result;
      if (STANDS.has(code)) return { ok: false, code, goes: 'another' };
      if (code === 'message_not_found')
        return ways.leave(TAKEN_AWAY) ? { ok: false, code, goes: 'anew' } : sentOf(result);
      if (!ways.leave(code)) return sentOf(result);
      if (isNotHere(code) || form === 'plain') return { ok: false, code, goes: 'another' };
    }
  }

  return {
    get posted() {
      return posted !== undefined;
    },
    get mode() {
      return posted?.mode;
    },
    get text() {
      return posted?.text ?? '';
    },
    async grow(text, extra, may, last) {
      if (posted === undefined) return start(text, extra, may, last);
      const message = posted;
      if (message.mode === 'stream') {
        const args = { channel: place.channel, ts: message.ts, markdown_text: text };
        const result = await paced('chat.appendStream', args, 0, may);
        if (result.ok) message.text += text;
        if (result.ok || result.kind === 'not-allowed') return sentOf(result);
        await leaveStream(message);
        if (result.kind === 'refused' && STANDS.has(result.code)) return { ...sentOf(result), goes: 'another' };
      }
      return rewrite(message, message.text + text, extra, may);
    },
    async close(text, below, may) {
      if (posted === undefined) return text === '' ? { ok: true } : post(text, below, may, true);
      const message = posted;
      if (message.mode === 'whole') return below.length === 0 ? { ok: true } : { ok: false, code: 'private' };
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
        if (result.kind === 'refused' && STANDS.has(result.code)) return { ...sentOf(result), goes: 'another' };
      }
      return rewrite(message, message.text + text, below, text === '' ? undefined : may);
    },
    async replace(words) {
      if (posted === undefined || posted.mode === 'whole') return;
      if (posted.mode === 'stream') await leaveStream(posted);
      const { channel } = place;
      const { ts } = posted;
      const metadata = { event_type: 'dejiren_note', event_payload: {} };
      for (const form of ['rich', 'plain'] as const) {
        const args = { channel, ts, ...contentOf(words, [], form), metadata };
        if ((await paced('chat.update', args, ATTEMPTS)).ok) return;
      }
      await api.call('chat.delete', { channel, ts });
    },
  };
}

function sentOf(result: SlackResult): Sent {
  return result.ok ? { ok: true } : { ok: false, code: codeOf(result) };
}
