import { BARE, HARMONY } from './thoughts-harmony';
import type { Next, Stage } from './thoughts-stage';
import { LONGEST_TAG, TAGS } from './thoughts-tags';

/** Characters of blank lines that are kept before the first word. */
const MAX_BLANK = 1_000;

/** Holds the first words back until they tell how the answer begins. */
export class Start implements Stage {
  readonly #mayBeUnopened: () => boolean;
  #held = '';

  /** `mayBeUnopened`: whether these may be thoughts that nobody opened. */
  constructor(mayBeUnopened: () => boolean) {
    this.#mayBeUnopened = mayBeUnopened;
  }

  push(words: string): string | Next {
    this.#held += words;
    const text = this.#held.trimStart();
    if (text !== '') return nextOf(text) ?? (isUndecided(text) ? '' : this.#none());
    this.#held = this.#held.slice(-MAX_BLANK);
    return '';
  }

  flush(): string {
    return this.#held.trim() === '' ? '' : this.#held;
  }

  #none(): Next {
    return { to: this.#mayBeUnopened() ? 'waiting' : 'saying', words: this.#held };
  }
}

function nextOf(text: string): Next | undefined {
  const lower = beginningOf(text);
  const opened = TAGS.find(({ open }) => lower.startsWith(open.toLowerCase()));
  if (opened !== undefined) return { to: 'tagged', tag: opened, words: text.slice(opened.open.length) };
  if (HARMONY.some((token) => text.startsWith(token))) return { to: 'harmony', words: text };
  if (BARE.begins.test(text)) return { to: 'bare', words: text };
  const closed = TAGS.find(({ close }) => lower.startsWith(close.toLowerCase()));
  return closed && { to: 'start', thought: true, words: text.slice(closed.close.length) };
}

/** Whether the text is the beginning of a token that it does not show whole yet. */
function isUndecided(text: string): boolean {
  const lower = beginningOf(text);
  const begins = (token: string): boolean => token.toLowerCase().startsWith(lower);
  return TAGS.some(({ open, close }) => begins(open) || begins(close)) || [...HARMONY, BARE.name].some(begins);
}

function beginningOf(text: string): string {
  return text.slice(0, LONGEST_TAG).toLowerCase();
}
