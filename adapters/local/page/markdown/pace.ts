/** How much longer it rests than it worked. */
const REST = 3;

/**
 * Paces work that comes again and again, and is the dearer the longer an answer is: after each time it rests for a
 * multiple of what that took, so that the page always has most of its time for the person. What comes meanwhile is
 * left out but the last.
 */
export class Pace {
  #restsUntil = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `atOnce`: it is the last of its kind. */
  run(work: () => void, atOnce: boolean): void {
    this.stop();
    const wait = atOnce ? 0 : this.#restsUntil - performance.now();
    if (wait > 0) this.#timer = setTimeout(() => this.#work(work), wait);
    else this.#work(work);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #work(work: () => void): void {
    const from = performance.now();
    work();
    const to = performance.now();
    this.#restsUntil = to + REST * (to - from);
  }
}
