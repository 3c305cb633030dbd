import { pause } from '../../src/kit/wait';
import type { ReplyControl } from '../../src/model/reply';
import type { May } from '../kit/reply-transport';
import type { Way } from '../kit/ways';
import type { TeamsApi, TeamsRefusal, TeamsResult } from './api';
import type { Destination, OutgoingActivity } from './bot';
import { type Calls, createCalls } from './calls';
import { textActivity } from './cards';
import { contentOf, finalOf, type Label } from './message-content';
import { threadless } from './turn';
import type { Where } from './ways';

export interface MessageCallsParts {
  readonly api: Pick<TeamsApi, 'send' | 'update' | 'remove'>;
  readonly place: Destination;
  /** The message that is answered, where Teams shows it. */
  readonly replyTo: string | undefined;
  /** The asker's personal chat; undefined where Teams gives none. */
  readonly personal: () => Promise<Destination | undefined>;
  readonly label: () => Label;
  readonly control: Pick<ReplyControl, 'signal'>;
}

/** What came of a post, and where it was made; undefined where there is no such place. */
export interface PostResult {
  readonly result: TeamsResult;
  readonly at: Destination | undefined;
}

/** A chunk of a stream: all of its text so far, `at` which place in order. */
export interface Chunk {
  readonly type: 'informative' | 'streaming';
  readonly text: string;
  readonly sequence: number;
  /** The stream's id; empty before Teams has given it one. */
  readonly id: string;
}

/** Words do not wait longer for a line. Teams takes one call of a stream a second. */
const LINE_PAUSE_MS = 1_000;

const NO_CHAT: TeamsRefusal = { ok: false, kind: 'refused', code: 'no-personal-chat', status: 404 };

/** The calls by which the messages of one answer are made and changed. */
export class MessageCalls {
  readonly #parts: MessageCallsParts;
  readonly #calls: Calls;
  #personal: Promise<Destination | undefined> | undefined;

  constructor(parts: MessageCallsParts) {
    this.#parts = parts;
    this.#calls = createCalls(parts.control.signal);
  }

  /** Shows a line of a stream that an answer is being written; once more where it came too soon after another. */
  async announce(at: Destination, line: Chunk): Promise<TeamsResult> {
    const { api, control } = this.#parts;
    const result = await api.send(at, chunkActivity(line));
    if (result.ok || result.kind !== 'later' || result.retryAfterMs > LINE_PAUSE_MS) return result;
    await pause(result.retryAfterMs, control.signal);
    return api.send(at, chunkActivity(line), control.signal);
  }

  /** Makes a message that says the same where the question was asked, once. */
  line(words: string): Promise<TeamsResult> {
    const { api, place, replyTo } = this.#parts;
    const reply = replyTo === undefined ? {} : { replyToId: replyTo };
    return api.send(place, { ...textActivity(`*${words}*`), ...reply });
  }

  remove(at: Destination, id: string): Promise<TeamsResult> {
    return this.#calls(true, undefined, () => this.#parts.api.remove(at, id));
  }

  stream(at: Destination, chunk: Chunk, may: May): Promise<TeamsResult> {
    const activity = chunkActivity(chunk);
    return this.#calls(true, may, (unless) => this.#parts.api.send(at, activity, unless));
  }

  /** Ends a stream with its last text. */
  finish(
    at: Destination,
    id: string,
    form: Way<Where>['form'],
    text: string,
    may: May | undefined,
  ): Promise<TeamsResult> {
    const activity = finalOf(text, form, this.#parts.label(), id);
    return this.#calls(true, may, (unless) => this.#parts.api.send(at, activity, unless));
  }

  /** Writes a message anew as a whole. */
  update(
    at: Destination,
    id: string,
    form: Way<Where>['form'],
    text: string,
    may: May | undefined,
  ): Promise<TeamsResult> {
    const content = contentOf(text, form, this.#parts.label());
    return this.#calls(true, may, (unless) => this.#parts.api.update(at, id, content, unless));
  }

  /** Makes a message that is written as a whole. It is never made twice: `unreachable` where nobody knows if it was. */
  async post({ form, where }: Way<Where>, text: string, may: May | undefined): Promise<PostResult> {
    const { api, replyTo, label } = this.#parts;
    const at = await this.#placeOf(where);
    if (at === undefined) return { result: NO_CHAT, at };
    const reply = replyTo === undefined || where !== 'here' ? {} : { replyToId: replyTo };
    const message = { ...contentOf(text, form, label()), ...reply };
    return { result: await this.#calls(false, may, (unless) => api.send(at, message, unless)), at };
  }

  async #placeOf(where: Where): Promise<Destination | undefined> {
    const { place, personal } = this.#parts;
    if (where === 'here') return place;
    // The root of a channel is its conversation without the message that began the thread.
    if (where === 'root') return { ...place, conversation: threadless(place.conversation) };
    this.#personal ??= personal();
    return this.#personal;
  }
}

/** Source: "Stream bot messages", learn.microsoft.com/microsoftteams. */
function chunkActivity({ type, text, sequence, id }: Chunk): OutgoingActivity {
  const info = { streamType: type, streamSequence: sequence, ...(id !== '' && { streamId: id }) };
  return { type: 'typing', text, entities: [{ type: 'streaminfo', ...info }], channelData: info };
}
