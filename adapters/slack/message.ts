import type { ReplyEnding } from '../../src/model/reply';
import type { May, ReplyMessage, Sent } from '../kit/reply-transport';
import type { Ways } from '../kit/ways';
import type { SlackResult } from './api';
import type { SlackBlock } from './cards';
import { codeOf } from './failures';
import type { MessageCalls } from './message-calls';
import type { ReplyPace } from './reply-pace';
import { isPrivate, refusalOf, type Where } from './ways';

/** A message of a reply, once Slack has given it an id. */
interface Posted {
  /** Empty where Slack gives none, as of what only the asker sees. */
  readonly ts: string;
  /** `stream`: takes appends. `edit`: is written anew as a whole. `whole`: stays as it is. */
  mode: 'stream' | 'edit' | 'whole';
  text: string;
  /** What stands above the text. */
  note: string;
}

export interface MessageParts {
  readonly calls: MessageCalls;
  /** Shared by the messages of one reply: what Slack refused once is not tried again. */
  readonly ways: Ways<Where>;
  readonly pace: Pick<ReplyPace, 'waitMs'>;
  /** Whether it is to be streamed, if Slack lets it. */
  readonly streams: boolean;
  /** Stands below it for as long as it grows. */
  readonly growing: readonly SlackBlock[];
  /** What stands below it when the answer ended. */
  readonly ended: (ending: ReplyEnding) => readonly SlackBlock[];
}

const TOO_LONG: ReadonlySet<string> = new Set(['msg_too_long', 'msg_blocks_too_long']);
/** Refusals of an edit, not of its words. Source: "chat.update" (errors), docs.slack.dev. */
const STANDS: ReadonlySet<string> = new Set(['edit_window_closed', 'cant_update_message', ...TOO_LONG]);
const GONE = 'message_not_found';

/** One message of a reply in Slack: streamed where it can be, otherwise posted and edited. */
export class SlackMessage implements ReplyMessage {
  readonly unfinished = false;
  readonly #parts: MessageParts;
  #posted: Posted | undefined;
  #lastCallAt = Number.NEGATIVE_INFINITY;

  constructor(parts: MessageParts) {
    this.#parts = parts;
  }

  get id(): string {
    return this.#posted?.ts ?? '';
  }

  get posted(): boolean {
    return this.#posted !== undefined;
  }

  get text(): string {
    return this.#posted?.text ?? '';
  }

  waitMs(): number {
    if (this.#posted === undefined) return 0;
    const mode = this.#posted.mode === 'stream' ? 'stream' : 'edit';
    return this.#parts.pace.waitMs(mode, Date.now() - this.#lastCallAt);
  }

  grow(words: string, may: May): Promise<Sent> {
    return this.#show(words, this.#parts.growing, may, false);
  }

  async fill(words: string, may: May): Promise<Sent> {
    const sent: Sent = words === '' ? { kind: 'taken' } : await this.#show(words, [], may, true);
    // All its words stand, whatever comes of closing it.
    if (sent.kind === 'taken' && this.#posted?.mode === 'stream')
      await this.#stopStream(this.#posted, '', [], undefined);
    return sent;
  }

  async close(words: string, ending: ReplyEnding, may: May | undefined): Promise<Sent> {
    const below = this.#parts.ended(ending);
    const message = this.#posted;
    if (message === undefined) return words === '' || may === undefined ? TAKEN : this.#post(words, below, may, true);
    if (message.mode === 'whole') return { kind: 'refused', code: 'private' };
    return message.mode === 'stream'
      ? this.#stopStream(message, words, below, may)
      : this.#rewrite(message, message.text + words, below, may);
  }

  async replace(sentence: string): Promise<void> {
    const message = this.#posted;
    if (message === undefined || message.mode === 'whole') return;
    if (message.mode === 'stream') await this.#leaveStream(message);
    await this.#parts.calls.replace(message.ts, sentence);
  }

  async #show(words: string, below: readonly SlackBlock[], may: May, last: boolean): Promise<Sent> {
    const sent = await (this.#posted === undefined
      ? this.#begin(words, below, may, last)
      : this.#add(this.#posted, words, below, may));
    this.#lastCallAt = Date.now();
    return sent;
  }

  async #begin(words: string, below: readonly SlackBlock[], may: May, last: boolean): Promise<Sent> {
    const { calls, ways, streams } = this.#parts;
    if (streams && ways.way.where === 'thread' && ways.way.form === 'rich') {
      const result = await calls.start(words, may);
      if (result.ok) return this.#remember(result, 'stream', words, '');
      // Whatever Slack has against a stream here, it may take a post.
      if (result.kind !== 'refused') return sentOf(result);
    }
    return this.#post(words, below, may, last);
  }

  async #add(message: Posted, words: string, below: readonly SlackBlock[], may: May): Promise<Sent> {
    if (message.mode === 'stream') {
      const result = await this.#parts.calls.append(message.ts, words, may);
      if (result.ok) message.text += words;
      if (result.ok || result.kind === 'not-allowed') return sentOf(result);
      await this.#leaveStream(message);
      if (result.kind === 'refused' && STANDS.has(result.code)) return refused(result.code, 'another');
    }
    return this.#rewrite(message, message.text + words, below, may);
  }

  /** Posts in the first way that Slack takes. */
  async #post(text: string, below: readonly SlackBlock[], may: May, last: boolean): Promise<Sent> {
    const { calls, ways } = this.#parts;
    for (;;) {
      const { way } = ways;
      // What only the asker sees cannot be edited, and is posted whole.
      if (isPrivate(way.where) && !last) return refused('private', 'later');
      const note = ways.note('post');
      const result = await calls.post(way, { text: note + text, below }, may);
      if (result.ok) return this.#remember(result, isPrivate(way.where) ? 'whole' : 'edit', text, note);
      if (result.kind !== 'refused') return sentOf(result);
      if (TOO_LONG.has(result.code)) return refused(result.code, 'smaller');
      if (!ways.leave(refusalOf(result.code))) return sentOf(result);
    }
  }

  #remember(result: SlackResult & { ok: true }, mode: Posted['mode'], text: string, note: string): Sent {
    const { ts } = result.body;
    if (typeof ts !== 'string' && mode !== 'whole') return refused('no-ts');
    this.#posted = { ts: typeof ts === 'string' ? ts : '', mode, text, note };
    this.#parts.ways.noted('post');
    return TAKEN;
  }

  /** Ends the stream with its last words; where Slack will not have it, the message is written anew. */
  async #stopStream(message: Posted, words: string, below: readonly SlackBlock[], may: May | undefined): Promise<Sent> {
    const result = await this.#parts.calls.stop(message.ts, { text: words, below }, may);
    if (result.ok) Object.assign(message, { mode: 'edit', text: message.text + words });
    if (result.ok || result.kind === 'not-allowed') return sentOf(result);
    await this.#leaveStream(message);
    if (result.kind === 'refused' && STANDS.has(result.code)) return refused(result.code, 'another');
    return this.#rewrite(message, message.text + words, below, may);
  }

  /** Whether or not the last call arrived, writing the whole message anew is right from here on. */
  async #leaveStream(message: Posted): Promise<void> {
    message.mode = 'edit';
    await this.#parts.calls.leave(message.ts);
  }

  /** Writes the whole message anew, in the first form that Slack takes; it stays as it was where no edit is allowed. */
  async #rewrite(message: Posted, text: string, below: readonly SlackBlock[], may: May | undefined): Promise<Sent> {
    const { calls, ways } = this.#parts;
    for (;;) {
      const { form } = ways.way;
      const note = message.note + ways.note('edit');
      const result = await calls.update(message.ts, form, { text: note + text, below }, may);
      if (result.ok) {
        Object.assign(message, { text, note });
        ways.noted('edit');
      }
      if (result.ok || result.kind !== 'refused') return sentOf(result);
      const { code } = result;
      if (STANDS.has(code)) return refused(code, 'another');
      // Somebody who may took it away: it is not put back before everybody.
      if (code === GONE) return ways.leave('taken-away') ? refused(code, 'anew') : refused(code);
      if (!ways.leave(refusalOf(code))) return refused(code);
      if (refusalOf(code) === 'place' || form === 'plain') return refused(code, 'another');
    }
  }
}

const TAKEN: Sent = { kind: 'taken' };

function refused(code: string, goes?: 'another' | 'anew' | 'smaller' | 'later'): Sent {
  return { kind: 'refused', code, ...(goes !== undefined && { goes }) };
}

function sentOf(result: SlackResult): Sent {
  if (result.ok) return TAKEN;
  return result.kind === 'not-allowed' ? { kind: 'withheld' } : refused(codeOf(result));
}
