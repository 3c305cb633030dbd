import type { Sentences } from '../../src/language/shape';
import { Sign, type SignCalls } from '../kit/sign';
import type { Timers } from '../kit/timers';
import type { TeamsApi } from './api';
import type { Destination } from './bot';
import type { TeamsMessage } from './message';

export interface SignParts {
  readonly api: Pick<TeamsApi, 'send'>;
  readonly place: Destination;
  readonly timers: Timers;
  readonly words: Pick<Sentences, 'working' | 'stillWorking'>;
}

/** The sign that dejiren is at work on one question in Teams. */
export class TeamsSign extends Sign {
  readonly #calls: Calls;

  constructor(parts: SignParts) {
    const calls = new Calls(parts);
    super(calls, parts.timers);
    this.#calls = calls;
  }

  /** The answer has its message, which can show the sign from now on. */
  standIn(message: TeamsMessage): void {
    this.#calls.message = message;
    this.show();
    if (message.streams) this.again();
  }
}

/** Teams shows the dots for a few seconds: `ShowTypingMiddleware` of the Bot Framework sends them more often still. */
const DOTS_MS = 4_000;
/** A personal chat is shown the dots where its line is not there by then. */
const LINE_LATE_MS = 500;

/**
 * A line above the answer in a personal chat, the dots in a group chat; Teams has no dots in channels. Once the wait is
 * long it is said: in the line, or where there is none in the message that becomes the answer.
 * Source: github.com/MicrosoftDocs/msteams-docs/issues/1451.
 */
class Calls implements SignCalls {
  /** Undefined before the reply is opened. */
  message: TeamsMessage | undefined;
  readonly repeatMs: number | undefined;
  readonly #parts: SignParts;
  #cancelDots = (): void => {};

  constructor(parts: SignParts) {
    this.#parts = parts;
    this.repeatMs = parts.place.kind === 'groupChat' ? DOTS_MS : undefined;
  }

  async show(isLong: boolean): Promise<void> {
    const { place, words, timers } = this.#parts;
    if (this.message !== undefined && (isLong || this.message.streams)) {
      if (await this.message.announce(isLong ? words.stillWorking : words.working)) return;
    }
    if (place.kind === 'groupChat') return this.#showDots();
    if (place.kind !== 'personal' || this.message !== undefined) return;
    this.#cancelDots = timers.after(LINE_LATE_MS, () => {
      if (this.message === undefined) void this.#showDots();
    });
  }

  async end(): Promise<void> {
    this.#cancelDots();
  }

  async #showDots(): Promise<void> {
    await this.#parts.api.send(this.#parts.place, { type: 'typing' });
  }
}
