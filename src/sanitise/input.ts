/** What {@link Input.find} gives when the answer so far does not tell yet. */
export const MORE = -1;
/** What {@link Input.find} gives when there is nothing within the limit, or before the answer's end. */
export const NONE = -2;

/** Whether a search ends at this UTF-16 code unit. */
export type Stop = (unit: string) => boolean;

/**
 * The part of an answer that is not yet decided on. Searches are bounded and go on where they left off when more
 * arrives, so that the work stays linear in the answer's length however it is cut.
 */
export class Input {
  #held = '';
  #at = 0;
  #ended = false;
  #looked = 0;
  readonly #searches = new Map<Stop, { from: number; to: number }>();

  add(words: string): void {
    this.#held = this.#held.slice(this.#at) + words;
    this.#at = 0;
  }

  end(): void {
    this.#ended = true;
  }

  get ended(): boolean {
    return this.#ended;
  }

  get length(): number {
    return this.#held.length - this.#at;
  }

  /** Code units that searches looked at so far: what the tests count. */
  get looked(): number {
    return this.#looked;
  }

  /** One code unit; empty where nothing is, or nothing is yet. */
  peek(offset: number): string {
    return this.#held.charAt(this.#at + offset);
  }

  /** Whether {@link peek} tells the truth at this offset: there is something, or nothing will come. */
  knows(offset: number): boolean {
    return offset < this.length || this.#ended;
  }

  slice(from: number, to: number): string {
    return this.#held.slice(this.#at + from, this.#at + to);
  }

  take(count: number): string {
    const words = this.slice(0, count);
    this.#at += count;
    this.#searches.clear();
    return words;
  }

  /** Takes a run that a sticky pattern matches; empty where it matches nothing. */
  takeRun(sticky: RegExp): string {
    sticky.lastIndex = this.#at;
    const run = sticky.exec(this.#held)?.[0] ?? '';
    this.#looked += run.length + 1;
    return run === '' ? '' : this.take(run.length);
  }

  /** Puts other words in place of the next `count` code units. */
  replace(count: number, words: string): void {
    this.#held = words + this.#held.slice(this.#at + count);
    this.#at = 0;
    this.#searches.clear();
  }

  /** The offset of the first unit from `from` on at which `stop` holds; looks at no more than `limit` units. */
  find(stop: Stop, from: number, limit: number): number {
    const known = this.#searches.get(stop);
    const start = known?.from === from ? known.to : from;
    const end = Math.min(this.length, from + limit);
    for (let offset = start; offset < end; offset += 1) {
      this.#looked += 1;
      if (stop(this.peek(offset))) return offset;
    }
    this.#searches.set(stop, { from, to: end });
    return this.#ended || end === from + limit ? NONE : MORE;
  }
}
