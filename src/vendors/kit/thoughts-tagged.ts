import type { Next, Stage } from './thoughts-stage';
import { LONGEST_TAG, type Tag } from './thoughts-tags';

/** Thoughts between two tags, with tags of the same kind among them. */
export class TaggedThoughts implements Stage {
  readonly #tag: Tag;
  #held = '';
  #depth = 1;
  /** Something stood before what is held of the thoughts. */
  #isCut = false;
  /** What followed the last closing tag, in case that one opened more than was ever closed. */
  #sinceClosed: string | undefined;

  constructor(tag: Tag) {
    this.#tag = tag;
  }

  push(words: string): string | Next {
    this.#held += words;
    const { either } = this.#tag;
    let from = 0;
    // What stands first was looked at with what stood before it.
    either.lastIndex = this.#isCut ? 1 : 0;
    for (let found = either.exec(this.#held); found !== null; found = either.exec(this.#held)) {
      const to = found.index + found[0].length;
      this.#meet(found[0], this.#held.slice(from, to));
      from = to;
      if (this.#depth === 0) return { to: 'start', thought: true, words: this.#held.slice(from) };
    }
    this.#forget(from);
    return '';
  }

  flush(): string {
    return this.#sinceClosed === undefined ? '' : `${this.#sinceClosed}${this.#held}`;
  }

  #meet(token: string, passed: string): void {
    if (token.toLowerCase() === this.#tag.open.toLowerCase()) {
      this.#depth += 1;
      if (this.#sinceClosed !== undefined) this.#sinceClosed += passed;
      return;
    }
    this.#depth -= 1;
    this.#sinceClosed = '';
  }

  /** Lets go of what was looked at, but for what may be the beginning of a tag. */
  #forget(from: number): void {
    const kept = Math.max(from, this.#held.length - LONGEST_TAG - 1);
    if (this.#sinceClosed !== undefined) this.#sinceClosed += this.#held.slice(from, kept);
    if (kept > from) this.#isCut = true;
    this.#held = this.#held.slice(kept);
  }
}
