import { pause } from '../../src/kit/wait';
import type { ReplyControl } from '../../src/model/reply';
import type { May } from '../kit/reply-transport';
import type { Way } from '../kit/ways';
import type { SlackApi, SlackResult } from './api';
import { ATTEMPTS, type Calls, createCalls } from './calls';
import type { SlackBlock } from './cards';
import type { History } from './history';
import { contentOf } from './message-content';
import type { SlackRates } from './rates';
import type { SlackSession } from './sign';
import type { Where } from './ways';

/** Where a reply goes. */
export interface Destination {
  readonly channel: string;
  readonly thread: string;
  /** The question: the reply comes after it. */
  readonly after: string;
  readonly team: string;
  readonly user: string;
  readonly direct: boolean;
}

export interface MessageCallsParts {
  readonly api: SlackApi;
  readonly rates: SlackRates;
  readonly history: Pick<History, 'findOwn'>;
  readonly place: Destination;
  readonly control: Pick<ReplyControl, 'signal' | 'answerer'>;
  readonly session: SlackSession;
}

/** Text with blocks of dejiren's own below it, in one form. */
export interface Content {
  readonly text: string;
  readonly below: readonly SlackBlock[];
}

type Making = 'chat.startStream' | 'chat.postMessage' | 'chat.postEphemeral';

/** Milliseconds between attempts to make a message of which nobody knows what came of them. */
const MAKE_PAUSES_MS = [500, 2_000, 8_000];
/** Once nothing more may be shown, it is looked for no longer than this. */
const LONGEST_LOOK_MS = 2_000;

/** The calls by which the messages of one answer are made and changed. */
export class MessageCalls {
  readonly #parts: MessageCallsParts;
  readonly #calls: Calls;

  constructor(parts: MessageCallsParts) {
    const { api, rates, place, control } = parts;
    this.#parts = parts;
    this.#calls = createCalls({ api, rates, channel: place.channel, pause, signal: control.signal });
  }

  /** Begins a message that takes appends. Resolves to its `ts` in the body. */
  start(text: string, may: May): Promise<SlackResult> {
    const { channel, thread, team, user, direct } = this.#parts.place;
    const recipient = direct ? {} : { recipient_team_id: team, recipient_user_id: user };
    const args = { channel, thread_ts: thread, markdown_text: text, ...recipient };
    return this.#once('chat.startStream', args, text, may);
  }

  append(ts: string, text: string, may: May): Promise<SlackResult> {
    return this.#calls('chat.appendStream', { channel: this.#parts.place.channel, ts, markdown_text: text }, 0, may);
  }

  /** Ends a stream, with its last words and what stands below them: nothing where the answer goes on in another. */
  async stop(ts: string, { text, below }: Content, may: May | undefined): Promise<SlackResult> {
    const { session } = this.#parts;
    const isOver = below.length > 0 && session.isProcessing;
    const args = {
      channel: this.#parts.place.channel,
      ts,
      metadata: this.#metadata(),
      ...(text !== '' && { markdown_text: text }),
      ...(below.length > 0 && { blocks: below }),
      ...(isOver && { session_status: 'active' }),
    };
    const result = await this.#calls('chat.stopStream', args, 0, may);
    if (isOver && result.ok) session.ended();
    return result;
  }

  /** Ends a stream whatever becomes of it, if Slack has not. */
  async leave(ts: string): Promise<void> {
    await this.#parts.api.call('chat.stopStream', { channel: this.#parts.place.channel, ts });
  }

  /** Makes a message that is written as a whole. Resolves to its `ts` in the body, but for one that only the asker sees. */
  post({ form, where }: Way<Where>, { text, below }: Content, may: May): Promise<SlackResult> {
    const { channel, thread, after, user } = this.#parts.place;
    const content = contentOf(text, below, form);
    if (where === 'asker') {
      // A thread that the question opened is on nobody's screen yet.
      const inThread = thread === after ? {} : { thread_ts: thread };
      return this.#once('chat.postEphemeral', { channel, user, ...inThread, ...content }, undefined, may);
    }
    const inThread = where === 'thread' ? { thread_ts: thread } : {};
    const to = where === 'direct' ? user : channel;
    const unfurl = { unfurl_links: false, unfurl_media: false };
    const args = { channel: to, ...inThread, ...content, metadata: this.#metadata(), ...unfurl };
    return this.#once('chat.postMessage', args, content.text, may);
  }

  /** Writes a message anew as a whole. */
  update(ts: string, form: Way<Where>['form'], { text, below }: Content, may: May | undefined): Promise<SlackResult> {
    const { channel } = this.#parts.place;
    const args = { channel, ts, ...contentOf(text, below, form), metadata: this.#metadata() };
    return this.#calls('chat.update', args, ATTEMPTS, may);
  }

  /** Puts other words in its place, or takes it away where Slack will not have them: it counts as no answer any more. */
  async replace(ts: string, words: string): Promise<void> {
    const { channel } = this.#parts.place;
    const metadata = { event_type: 'dejiren_note', event_payload: {} };
    for (const form of ['rich', 'plain'] as const) {
      const args = { channel, ts, ...contentOf(words, [], form), metadata };
      if ((await this.#calls('chat.update', args, ATTEMPTS)).ok) return;
    }
    await this.#parts.api.call('chat.delete', { channel, ts });
  }

  /**
   * Makes a message one time: where Slack's answer was lost, it is asked whether the message is there before it is made
   * again. It is asked also where nothing more may be shown meanwhile: how the answer ended belongs below what stands.
   */
  async #once(method: Making, args: Record<string, unknown>, text: string | undefined, may: May): Promise<SlackResult> {
    const { history, place, control } = this.#parts;
    let result = await this.#calls(method, args, 0, may);
    if (result.ok || result.kind !== 'unreachable') return result;
    for (const ms of MAKE_PAUSES_MS) {
      const isOver = control.signal.aborted;
      if (isOver && ms > LONGEST_LOOK_MS) break;
      await pause(ms, isOver ? undefined : control.signal);
      const { channel, thread, after } = place;
      const ts = text && (await history.findOwn({ channel, thread, after, text }));
      if (ts !== undefined && ts !== '') return { ok: true, body: { ts } };
      if (!result.ok && result.kind === 'not-allowed') continue;
      result = await this.#calls(method, args, 0, may);
      if (result.ok || (result.kind !== 'unreachable' && result.kind !== 'not-allowed')) return result;
    }
    return result;
  }

  #metadata(): Readonly<Record<string, unknown>> {
    const { asker, vendor, noticeId } = this.#parts.control.answerer();
    return { event_type: 'dejiren_answer', event_payload: { asker, vendor, notice: noticeId } };
  }
}
