import type { Detour, May, ReplyMessage, ReplyTransport, Sent } from '../../../adapters/kit/reply-transport';
import type { MessageSize } from '../../../adapters/kit/roll';
import type { ReplyEnding } from '../../../src/model/reply';

/** How the chat answers a call: as the port says, or that its answer is lost, whether or not it took the words. */
export type Answer = 'taken' | Detour | 'nowhere' | 'stopped' | 'lost' | 'lost-but-taken';

export interface TransportOptions {
  readonly size?: MessageSize;
  readonly holdsOnceRefused?: boolean;
  readonly begin?: 'as-it-comes' | 'at-the-end';
  /** Whether something of its own stands in the way of the first words. */
  readonly isBusy?: boolean;
  /** How often a plainer way is left for what is too long. */
  readonly plainerWays?: number;
  /** Whether a message that was not closed looks unfinished. */
  readonly streams?: boolean;
  /** Whether the asker can be told alone. */
  readonly tells?: boolean;
}

interface Call {
  readonly kind: 'ready' | 'grow' | 'fill' | 'close';
  answer(how: Answer): void;
}

/** A chat of which a test decides how, and when, each call is answered. */
export class ScriptedChat implements ReplyTransport {
  readonly size: MessageSize;
  readonly holdsOnceRefused: boolean;
  readonly ready?: () => Promise<void>;
  readonly messages: ScriptedMessage[] = [];
  /** What people were told of the end: below the answer, instead of it, alone, or not at all as they know. */
  readonly told: (readonly ['below' | 'nothing' | 'alone' | 'back', string])[] = [];
  /** Words of calls that began although nothing more may be shown. */
  readonly trespasses: string[] = [];
  readonly answers: (readonly string[])[] = [];
  finishes = 0;
  stops = 0;
  /** Whether the chat ever said that the person stopped the answer there. */
  saidStopped = false;
  readonly #options: TransportOptions;
  readonly #mayShow: () => boolean;
  #plainerWays: number;
  #calls: Call[] = [];

  constructor(options: TransportOptions, mayShow: () => boolean) {
    this.#options = options;
    this.#mayShow = mayShow;
    this.size = options.size ?? { soft: 1e6, hard: 1e6 };
    this.holdsOnceRefused = options.holdsOnceRefused ?? false;
    this.#plainerWays = options.plainerWays ?? 0;
    if (options.isBusy === true) this.ready = async () => void (await this.call('ready'));
  }

  /** Answers the call that is under way. `false`: there is none. */
  answer(how: Answer): boolean {
    const call = this.#calls.shift();
    call?.answer(how);
    return call !== undefined;
  }

  get asked(): readonly Call['kind'][] {
    return this.#calls.map(({ kind }) => kind);
  }

  call(kind: Call['kind'], words = ''): Promise<Answer> {
    if (words !== '' && !this.#mayShow()) this.trespasses.push(words);
    return new Promise((answer) => {
      this.#calls.push({ kind, answer });
    });
  }

  /** All that stands in the chat, in order. */
  get shown(): string {
    return this.messages.map(({ seen }) => seen).join('');
  }

  begin() {
    return this.#options.begin ?? 'as-it-comes';
  }

  open(): ReplyMessage {
    const message = new ScriptedMessage(this, this.#options.streams ?? false);
    this.messages.push(message);
    return message;
  }

  plainer(): boolean {
    this.#plainerWays -= 1;
    return this.#plainerWays >= 0;
  }

  async tellPrivately(sentence: string): Promise<boolean> {
    this.told.push(['alone', sentence]);
    return this.#options.tells ?? true;
  }

  async tellWhyNothing(sentence: string) {
    this.told.push(['nothing', sentence]);
    return (this.#options.tells ?? true) ? 'told' : 'untold';
  }

  stopped(): void {
    this.stops += 1;
  }

  answered(ids: readonly string[]): void {
    this.answers.push(ids);
  }

  finished(): void {
    this.finishes += 1;
  }
}

export class ScriptedMessage implements ReplyMessage {
  readonly id: string;
  /** What dejiren knows that it shows. */
  text = '';
  /** What people see in it. */
  seen = '';
  posted = false;
  /** Somebody took it away. */
  gone = false;
  #closed = false;
  #calledAt = Number.NEGATIVE_INFINITY;
  readonly #chat: ScriptedChat;
  readonly #streams: boolean;

  constructor(chat: ScriptedChat, streams: boolean) {
    this.#chat = chat;
    this.#streams = streams;
    this.id = `m${chat.messages.length}`;
  }

  get unfinished(): boolean {
    return this.#streams && this.posted && !this.#closed;
  }

  waitMs(): number {
    return Math.max(0, this.#calledAt + 100 - Date.now());
  }

  grow(words: string, may: May): Promise<Sent> {
    return this.#show('grow', words, may);
  }

  async fill(words: string, may: May): Promise<Sent> {
    const sent = await this.#show('fill', words, may);
    this.#closed ||= sent.kind === 'taken';
    return sent;
  }

  async close(words: string, ending: ReplyEnding, may: May | undefined): Promise<Sent> {
    const sent = await this.#show('close', words, may);
    if (sent.kind === 'taken') {
      this.#closed = true;
      this.#chat.told.push(['below', ending.kind]);
    }
    return sent;
  }

  async replace(sentence: string): Promise<void> {
    this.seen = '';
    this.#chat.told.push(['back', sentence]);
  }

  async #show(kind: Call['kind'], words: string, may: May | undefined): Promise<Sent> {
    if (may !== undefined && !(await may())) return { kind: 'withheld' };
    const how = await this.#chat.call(kind, words);
    this.#calledAt = Date.now();
    switch (how) {
      case 'taken':
        this.text += words;
        this.seen += words;
        this.posted ||= words !== '';
        return { kind: 'taken' };
      case 'stopped':
        this.#chat.saidStopped = true;
        return { kind: 'stopped' };
      case 'lost-but-taken':
        this.seen += words;
        return { kind: 'refused', code: 'lost' };
      case 'lost':
      case 'nowhere':
        return { kind: 'refused', code: how };
      default:
        return this.#refuse(how, kind);
    }
  }

  /** As platforms do: what is not posted cannot be gone; what was filled is no longer open. */
  #refuse(goes: Detour, kind: Call['kind']): Sent {
    const makesSense = {
      another: this.posted,
      anew: this.posted && !this.#closed,
      smaller: !this.posted,
      later: !this.posted && kind === 'grow',
    };
    if (!makesSense[goes]) return { kind: 'refused', code: 'nowhere' };
    if (goes === 'anew') {
      this.seen = '';
      this.gone = true;
    }
    return { kind: 'refused', code: goes, goes };
  }
}
