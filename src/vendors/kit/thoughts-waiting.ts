import type { ClosingSearch } from './thoughts-closing';
import type { Next, Stage } from './thoughts-stage';
import type { UnopenedThoughts } from './thoughts-unopened';

/** Words that are held back, since they may be thoughts of which only the end will be marked. */
export class Waiting implements Stage {
  readonly #closing: ClosingSearch;
  readonly #unopened: UnopenedThoughts;

  constructor(closing: ClosingSearch, unopened: UnopenedThoughts) {
    this.#closing = closing;
    this.#unopened = unopened;
  }

  push(words: string): string | Next {
    const looked = this.#closing.push(words);
    if (looked.found === 'said') return { to: 'saying', words: this.#closing.all() };
    if (looked.found === 'nothing') {
      if (this.#closing.isClosed() || this.#unopened.mayBe()) return '';
      return { to: 'watching', words: this.#closing.all() };
    }
    this.#unopened.learn(true);
    return { to: 'start', thought: true, words: looked.rest };
  }

  flush(isWhole: boolean): string {
    if (this.#closing.isClosed() || (!isWhole && this.#unopened.isLikely())) return '';
    if (isWhole) this.#unopened.learn(false);
    return this.#closing.all();
  }
}

/** They were waited for in vain, and may have been thoughts: the next answer is to know. */
export class Watching implements Stage {
  readonly #closing: ClosingSearch;
  readonly #unopened: UnopenedThoughts;

  constructor(closing: ClosingSearch, unopened: UnopenedThoughts) {
    this.#closing = closing;
    this.#unopened = unopened;
  }

  push(words: string): string | Next {
    const { found } = this.#closing.push(words);
    if (found === 'closed') this.#unopened.learn(true);
    return found === 'nothing' ? words : { to: 'saying', words };
  }

  flush(isWhole: boolean): string {
    if (isWhole) this.#unopened.learn(this.#closing.isClosed());
    return '';
  }
}
