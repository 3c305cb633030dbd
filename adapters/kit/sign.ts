import type { WorkSign } from '../../src/model/adapter';
import type { Timers } from './timers';

/** A wait of so many milliseconds for the first words is long, and the sign says so. */
const LONG_MS = 20_000;

/** What a platform brings to show that dejiren is at work. None of its calls rejects, and one is made at a time. */
export interface SignCalls {
  /** Shows the sign, or shows it again. `isLong`: it says that the wait is long. */
  show(isLong: boolean): Promise<void>;
  /** Takes it away, where words of the answer have not taken its place. Left out where it goes by itself. */
  clear?(): Promise<void>;
  /** Called last: the answer is over. */
  end?(): Promise<void>;
  /** Milliseconds after which it is shown again, as the platform lets go of it. Left out where it stays. */
  readonly repeatMs?: number | undefined;
}

/**
 * The sign that dejiren is at work on one question: shown at once, again before the platform lets go of it, in other
 * words once the wait is long, and not after words of the answer came. It holds nothing up and fails nothing.
 *
 * @example
 * const sign = new Sign({ show: () => chat.typing(), repeatMs: 4_000 }, TIMERS);
 * sign.show();
 * await sign.giveWay();
 * await chat.post(words);
 * sign.cover();
 * await sign.hide();
 */
export class Sign implements WorkSign {
  readonly #calls: SignCalls;
  readonly #timers: Timers;
  #phase: 'unseen' | 'shown' | 'giving-way' | 'over' = 'unseen';
  #isLong = false;
  #isCovered = false;
  /** A call was under way when the first words went out: nobody knows which of them the platform took last. */
  #isRaced = false;
  #call: Promise<void> | undefined;
  /** It is to be shown once more, after the call that is under way. */
  #isDue = false;
  #cancelLong = (): void => {};
  #cancelRepeat = (): void => {};

  constructor(calls: SignCalls, timers: Timers) {
    this.#calls = calls;
    this.#timers = timers;
  }

  show(): void {
    if (this.#phase !== 'unseen') return;
    this.#phase = 'shown';
    this.#cancelLong = this.#timers.after(LONG_MS, () => {
      this.#isLong = true;
      this.#tell();
    });
    this.#tell();
  }

  /** Shows it once more, for there is another place for it now. */
  again(): void {
    if (this.#phase === 'shown') this.#tell();
  }

  /** Words are about to be shown: it is not shown any more. Resolves when no call of it is under way. */
  async giveWay(): Promise<void> {
    if (this.#phase === 'over') return;
    this.#phase = 'giving-way';
    this.#isRaced ||= this.#call !== undefined;
    this.#rest();
    await this.#call;
  }

  /** Words of the answer stand where it was: platforms take it away for them. */
  cover(): void {
    this.#isCovered = true;
    if (this.#isRaced) void this.#after(() => this.#calls.clear?.());
  }

  async hide(): Promise<void> {
    if (this.#phase === 'over') return;
    const wasSeen = this.#phase !== 'unseen';
    this.#phase = 'over';
    this.#rest();
    if (!wasSeen) return;
    if (!this.#isCovered) void this.#after(() => this.#calls.clear?.());
    await this.#after(() => this.#calls.end?.());
  }

  #rest(): void {
    this.#cancelLong();
    this.#cancelRepeat();
    this.#isDue = false;
  }

  #tell(): void {
    if (this.#call !== undefined) {
      this.#isDue = true;
      return;
    }
    this.#cancelRepeat();
    const { repeatMs } = this.#calls;
    if (repeatMs !== undefined) this.#cancelRepeat = this.#timers.after(repeatMs, () => this.#tell());
    void this.#make(() => this.#calls.show(this.#isLong));
  }

  /** Makes a call when the one that is under way is over. */
  async #after(call: () => Promise<void> | undefined): Promise<void> {
    while (this.#call !== undefined) await this.#call;
    await this.#make(async () => call());
  }

  async #make(call: () => Promise<void>): Promise<void> {
    const made = call().catch(() => {});
    this.#call = made;
    await made;
    this.#call = undefined;
    if (!this.#isDue) return;
    this.#isDue = false;
    if (this.#phase === 'shown') this.#tell();
  }
}
