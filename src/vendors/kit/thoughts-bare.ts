import { BARE } from './thoughts-harmony';
import type { Next, Stage } from './thoughts-stage';

/** Thoughts in the harmony format whose tokens a server has dropped. */
export class BareThoughts implements Stage {
  #held = '';

  push(words: string): string | Next {
    const from = Math.max(0, this.#held.length - BARE.ends.length);
    this.#held += words;
    const at = this.#held.indexOf(BARE.ends, from);
    return at < 0 ? '' : { to: 'saying', thought: true, words: this.#held.slice(at + BARE.ends.length) };
  }

  /** A whole answer without the end of thoughts had none: it only began like them. */
  flush(isWhole: boolean): string {
    return isWhole ? this.#held : '';
  }
}
