import type { ReplyEnding } from '../../src/model/reply';
import { openText, sealText } from '../../src/model/text';
import type { May, ReplyMessage, Sent } from '../kit/reply-transport';
import type { Answer, Room } from './room';

/** Words that come within this time of each other travel to the page as one. */
const COALESCE_MS = 30;

export interface MessageParts {
  readonly room: Pick<Room, 'grow' | 'touch'>;
  readonly entry: Answer;
  /** The sentence for an ending; undefined where none is needed. */
  readonly sentence: (ending: ReplyEnding) => string | undefined;
}

/** An answer on the page: one message, which takes any number of words, and refuses none. */
export class LocalMessage implements ReplyMessage {
  readonly unfinished = false;
  readonly #parts: MessageParts;
  #grownAt = Number.NEGATIVE_INFINITY;

  constructor(parts: MessageParts) {
    this.#parts = parts;
  }

  get id(): string {
    return this.#parts.entry.id;
  }

  get posted(): boolean {
    return this.#parts.entry.pieces.length > 0;
  }

  get text(): string {
    return this.#parts.entry.pieces.map(openText).join('');
  }

  waitMs(): number {
    return Math.max(0, this.#grownAt + COALESCE_MS - Date.now());
  }

  async grow(words: string, may: May): Promise<Sent> {
    const { room, entry } = this.#parts;
    if (!(await may())) return { kind: 'withheld' };
    this.#grownAt = Date.now();
    entry.state = 'streaming';
    room.grow(entry, sealText(words));
    return { kind: 'taken' };
  }

  fill(words: string, may: May): Promise<Sent> {
    return this.grow(words, may);
  }

  async close(words: string, ending: ReplyEnding, may: May | undefined): Promise<Sent> {
    const sent: Sent = words === '' || may === undefined ? { kind: 'taken' } : await this.grow(words, may);
    if (sent.kind === 'taken') this.end(this.#parts.sentence(ending));
    return sent;
  }

  async replace(sentence: string): Promise<void> {
    this.#parts.entry.pieces = [];
    this.end(sentence);
  }

  /** No more comes; a sentence tells why, where one is needed. */
  end(sentence: string | undefined): void {
    const { room, entry } = this.#parts;
    entry.ending = sentence;
    entry.state = 'ended';
    room.touch(entry);
  }
}
