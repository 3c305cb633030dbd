import { pause } from '../../src/kit/wait';
import type { ReplyEnding } from '../../src/model/reply';
import type { May, ReplyMessage, Sent } from '../kit/reply-transport';
import type { Ways } from '../kit/ways';
import type { TeamsFailure, TeamsRefusal, TeamsResult } from './api';
import type { Destination } from './bot';
import type { Chunk, MessageCalls } from './message-calls';
import type { ReplyPace } from './reply-pace';
import { refusalOf, type Where } from './ways';

export interface MessageParts {
  readonly calls: MessageCalls;
  readonly pace: ReplyPace;
  readonly place: Destination;
  /** Whether the asker alone is there. */
  readonly isPersonal: boolean;
  /** Shared by the messages of one answer: what Teams refused once is not tried again. */
  readonly ways: Ways<Where>;
  /** The sentence for an ending; empty where none is needed. */
  readonly sentence: (ending: ReplyEnding) => string;
}

const TAKEN: Sent = { kind: 'taken' };
const TOO_LARGE = 'too-large';
const FORBIDDEN = 403;

/**
 * One message of an answer in Teams: streamed where it can be, otherwise posted and edited.
 *
 * Sources: "Stream bot messages" and "Bot messages with AI-generated content", learn.microsoft.com/microsoftteams. A
 * chunk holds all of the text so far; a stream ends with a final message, or, once its two minutes are over, goes on
 * as an edit of the same message.
 */
export class TeamsMessage implements ReplyMessage {
  readonly #parts: MessageParts;
  #place: Destination;
  #mode: 'stream' | 'edit';
  #id = '';
  #sequence = 0;
  #text = '';
  /** What stands above the text. */
  #note = '';
  /** Whether words of dejiren's stand in it. Until then there may be a line that an answer is being written. */
  #posted = false;
  /** A message that only says that an answer is being written. */
  #isLine = false;
  /** Whether it may stand in the chat or not: nobody knows, and a second one could be there twice. */
  #lost = false;
  #filled = false;

  constructor(parts: MessageParts, streams: boolean) {
    this.#parts = parts;
    this.#place = parts.place;
    this.#mode = streams ? 'stream' : 'edit';
  }

  get id(): string {
    return this.#id;
  }

  get posted(): boolean {
    return this.#posted;
  }

  get text(): string {
    return this.#text;
  }

  get unfinished(): boolean {
    return this.#mode === 'stream' && this.#posted;
  }

  waitMs(hasShown: boolean): number {
    return this.#parts.pace.waitMs(hasShown);
  }

  /** Whether it is streamed. */
  get streams(): boolean {
    return this.#mode === 'stream';
  }

  /** Shows a line that an answer is being written, in whose place the first words stand. Resolves to whether it does. */
  async announce(words: string): Promise<boolean> {
    const { calls, pace } = this.#parts;
    if (this.#mode === 'edit' && this.#id !== '') return false;
    const isStreamed = this.#mode === 'stream';
    const result = isStreamed
      ? await calls.announce(this.#place, this.#chunk(words, 'informative'))
      : await calls.line(words);
    pace.called();
    if (!result.ok) {
      if (isStreamed && !this.#leavesStream(result)) this.#sequence -= 1;
      return false;
    }
    if (this.#id === '') this.#id = result.value;
    this.#isLine = !isStreamed;
    return true;
  }

  /** Takes a line away that no words came for. A stream's ends with the words that are said in its place. */
  async withdraw(): Promise<void> {
    if (!this.#isLine || this.#posted) return;
    await this.#parts.calls.remove(this.#place, this.#id);
    [this.#id, this.#isLine] = ['', false];
  }

  async grow(words: string, may: May): Promise<Sent> {
    const text = this.#text + words;
    const sent = await (this.#mode === 'edit' ? this.#edit(text, may) : this.#stream(text, may));
    this.#parts.pace.called();
    return this.#holds(text, sent, may);
  }

  async fill(words: string, may: May): Promise<Sent> {
    const text = this.#text + words;
    const sent = await this.#end(text, may);
    this.#parts.pace.called();
    if (sent.kind === 'taken') this.#filled = true;
    return this.#holds(text, sent, may);
  }

  async close(words: string, ending: ReplyEnding, may: May | undefined): Promise<Sent> {
    const sentence = this.#parts.sentence(ending);
    const said = this.#text + words;
    if (sentence === '' && (said === '' || (this.#filled && words === ''))) return TAKEN;
    const below = sentence === '' ? '' : `${said === '' ? '' : '\n\n'}*${sentence}*`;
    return this.#holds(said, await this.#end(said + below, may), may);
  }

  /** Says something in the place of an answer of which not one word came. */
  say(sentence: string): Promise<Sent> {
    return this.#end(`*${sentence}*`, undefined);
  }

  async replace(sentence: string): Promise<void> {
    // A stream ends with what it showed; only then may other words stand there.
    if (this.unfinished) await this.#end(this.#text, undefined);
    await this.#write(sentence, undefined);
  }

  /** Keeps what Teams took. What is too large leaves the message as it was, closed, and goes to another. */
  async #holds(text: string, sent: Sent, may: May | undefined): Promise<Sent> {
    if (sent.kind === 'taken') this.#text = text;
    if (sent.kind !== 'refused' || sent.code !== TOO_LARGE) return sent;
    if (this.#text.trim() === '') return { ...sent, goes: 'smaller' };
    const closed = await this.#end(this.#text, may);
    if (closed.kind === 'taken') return { ...sent, goes: 'another' };
    return closed.kind === 'refused' ? sent : closed;
  }

  /** Writes it for the last time. */
  async #end(text: string, may: May | undefined): Promise<Sent> {
    if (this.#lost) return { kind: 'refused', code: 'unreachable' };
    await pause(this.#parts.pace.closeMs());
    return this.#write(text, may);
  }

  #write(text: string, may: May | undefined): Promise<Sent> {
    return this.#mode === 'edit' || this.#id === '' ? this.#edit(text, may) : this.#finish(text, may);
  }

  async #stream(text: string, may: May): Promise<Sent> {
    const result = await this.#parts.calls.stream(this.#place, this.#chunk(text, 'streaming'), may);
    if (result.ok && this.#id === '') this.#id = result.value;
    return !result.ok && this.#leavesStream(result) ? this.#edit(text, may) : this.#sentOf(result);
  }

  /** Ends a stream. What was shown stands above: its last text begins with it. */
  async #finish(text: string, may: May | undefined): Promise<Sent> {
    const { calls, ways } = this.#parts;
    for (;;) {
      const note = ways.note('edit');
      const final = note === '' ? text : `${text}\n\n${note}`.trimEnd();
      const { form } = ways.way;
      const result = await calls.finish(this.#place, this.#id, form, final, may);
      if (result.ok) {
        this.#mode = 'edit';
        ways.noted('edit');
        return this.#sentOf(result);
      }
      const isOfForm = result.kind === 'refused' && result.code !== TOO_LARGE && refusalOf(result) === 'form';
      if (isOfForm && form === 'rich' && ways.leave('form')) continue;
      return this.#leavesStream(result) ? this.#edit(text, may) : this.#sentOf(result);
    }
  }

  /** Writes the whole message anew, in the first form that Teams takes. */
  async #edit(text: string, may: May | undefined): Promise<Sent> {
    const { calls, ways } = this.#parts;
    while (this.#id !== '') {
      const above = this.#note + ways.note('edit');
      const result = await calls.update(this.#place, this.#id, ways.way.form, above + text, may);
      if (result.ok) {
        this.#note = above;
        ways.noted('edit');
      }
      if (result.ok || result.kind !== 'refused' || result.code === TOO_LARGE) return this.#sentOf(result);
      // A line that Teams let go of, and that showed no words yet, leaves the answer to a message of its own.
      if (!this.#posted) {
        await this.withdraw();
        this.#id = '';
      } else {
        const goes = this.#afterRefusal(result);
        if (goes !== 'on') return { kind: 'refused', code: result.code, ...(goes !== undefined && { goes }) };
      }
    }
    return this.#post(text, may);
  }

  /** What is to become of a message that shows words, and that Teams will not have edited so. */
  #afterRefusal(refusal: TeamsRefusal): 'on' | 'another' | 'anew' | undefined {
    const { ways, isPersonal } = this.#parts;
    // Somebody who may took it away: it is not put back before everybody.
    if (/^Activity/u.test(refusal.code)) return isPersonal || ways.leave('taken-away') ? 'anew' : undefined;
    // Of their personal chat Teams may take another message, where it takes no edit.
    if (isPersonal && refusal.status === FORBIDDEN) return 'another';
    const wasRich = ways.way.form === 'rich';
    if (!ways.leave(refusalOf(refusal))) return undefined;
    return wasRich && refusalOf(refusal) === 'form' ? 'on' : 'another';
  }

  /** Posts in the first way that Teams takes. */
  async #post(text: string, may: May | undefined): Promise<Sent> {
    const { calls, ways } = this.#parts;
    let first: TeamsRefusal | undefined;
    for (;;) {
      const above = ways.note('post');
      const { result, at } = await calls.post(ways.way, above + text, may);
      if (result.ok && at !== undefined) {
        [this.#id, this.#note, this.#place] = [result.value, above, at];
        ways.noted('post');
      }
      if (!result.ok && result.kind === 'unreachable') this.#lost = true;
      if (result.ok || result.kind !== 'refused' || result.code === TOO_LARGE) return this.#sentOf(result);
      // That there is no personal chat says less than why one was looked for.
      first = at === undefined ? (first ?? result) : result;
      if (!ways.leave(refusalOf(result))) return this.#sentOf(first);
    }
  }

  #chunk(text: string, type: Chunk['type']): Chunk {
    this.#sequence += 1;
    return { type, text, sequence: this.#sequence, id: this.#id };
  }

  /** Past its time, or where Teams will not stream, the message goes on as one that is edited. */
  #leavesStream(failure: TeamsFailure): boolean {
    if (failure.kind !== 'stream-time-up' && failure.kind !== 'refused') return false;
    if (failure.kind === 'refused' && failure.code === TOO_LARGE) return false;
    this.#mode = 'edit';
    return true;
  }

  #sentOf(result: TeamsResult): Sent {
    if (result.ok) this.#posted = true;
    if (result.ok) return TAKEN;
    if (result.kind === 'not-allowed') return { kind: 'withheld' };
    if (result.kind === 'stream-stopped') return { kind: 'stopped' };
    return { kind: 'refused', code: result.kind === 'refused' ? result.code : result.kind };
  }
}
