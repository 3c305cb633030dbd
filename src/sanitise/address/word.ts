import { type Input, MORE, NONE, type Stop } from '../input';
import { findAddress } from './find';

/** A word that holds no address is decided on after this many units; names of hosts are shorter. */
const LONGEST_WORD = 255;
/** An address that is longer is shown in parts. */
const LONGEST_ADDRESS = 1_000;
const LONGEST_GROUP = 200;

/** Letters of scripts that set no space between words. */
const UNSPACED_LETTER =
  /[\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u3005\u3041-\u3096\u30a1-\u30fe\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]/;
/** These, and the marks that stand between them. */
const UNSPACED = /[\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]/;
const ENDS = /[\s\p{Cc}<>[\](){}"'`|^]/u;
/** Signs that end a word, unless an address began in it. */
const SIGN = /[&~@=$!,;*]/;
/** Those that an address may end with. */
const ENDING_SIGN = /[&~@=$]/;
const GOES_ON = /[\p{L}\p{N}%/#?=.\-_~+:]/u;
/** What ends a sentence or its formatting is no part of an address. */
const TRAILING = /[.,:;!?'"*_~@&$\\]+$/;

const ENDS_GROUP: Stop = (unit) => /[\s<>()[\]{}"'`|]/.test(unit);

/** Whether a word can begin with this unit. */
export function isWordUnit(unit: string): boolean {
  return unit !== '' && !ENDS.test(unit) && !SIGN.test(unit) && !UNSPACED.test(unit);
}

/** What stands in front of the input. */
export type Word =
  /** It goes out as it is. */
  | { readonly kind: 'plain'; readonly length: number }
  /** An address from `at` on. Not `isWhole`: it was cut at the limit, and goes on. */
  | { readonly kind: 'address'; readonly at: number; readonly length: number; readonly isWhole: boolean };

export interface WordContext {
  /** It is the rest of an address. */
  readonly goesOn: boolean;
  /** It begins with a dot, and a letter stands before it. */
  readonly afterLetter: boolean;
  /** A name and an `@` stand before it. */
  readonly isMail: boolean;
}

/**
 * Reads the word in front of the input, up to where it and an address in it end for sure. It goes on where it left off
 * when more arrives.
 *
 * An address ends at a space, a quote, a bracket that it did not open, a sign of Markdown, and where Japanese begins
 * within a name: `https://example.com/jaを` ends before `を`, `https://ja.wikipedia.org/wiki/東京` does not end before
 * `東`.
 */
export class WordReader {
  readonly #context: WordContext;
  #at = 0;
  #hasAddress: boolean;

  constructor(context: WordContext) {
    this.#context = context;
    this.#hasAddress = context.goesOn;
  }

  /** `more`: too early to tell. */
  read(input: Input): Word | 'more' {
    for (;;) {
      if (!input.knows(this.#at)) return 'more';
      if (this.#at >= LONGEST_WORD && !this.#begins(input)) return this.#word(input, true);
      if (this.#at >= LONGEST_ADDRESS) return this.#word(input, false);
      const step = this.#step(input, input.peek(this.#at));
      if (step === 'more') return 'more';
      if (step === 0) return this.#word(input, true);
      this.#at += step;
    }
  }

  /** How many units more belong to the word; 0: it ended. */
  #step(input: Input, unit: string): number | 'more' {
    if (unit === '') return 0;
    if (isWordUnit(unit)) return 1;
    const before = input.peek(this.#at - 1);
    const isLetter = UNSPACED_LETTER.test(unit);
    const opens = unit === '(' || unit === '{' || (unit === '[' && before === '/');
    if (!opens && !isLetter && !SIGN.test(unit)) return 0;
    if (unit === '[' && !input.knows(this.#at + 1)) return 'more';
    if (!this.#begins(input)) return 0;
    if (isLetter) return /[/=_#?&-]/.test(before) || UNSPACED_LETTER.test(before) ? 1 : 0;
    if (opens) return this.#group(input, unit);
    if (ENDING_SIGN.test(unit)) return 1;
    if (!input.knows(this.#at + 1)) return 'more';
    return GOES_ON.test(input.peek(this.#at + 1)) && !(unit === '*' && before === '*') ? 1 : 0;
  }

  /** A bracket that is closed before anything ends the address belongs to it. */
  #group(input: Input, opening: string): number | 'more' {
    const end = input.find(ENDS_GROUP, this.#at + 1, LONGEST_GROUP);
    if (end === MORE) return 'more';
    const closing = opening === '(' ? ')' : opening === '{' ? '}' : ']';
    return end === NONE || input.peek(end) !== closing ? 0 : end + 1 - this.#at;
  }

  /** Whether an address began before here: asked where a word without one ends. */
  #begins(input: Input): boolean {
    const next = input.peek(this.#at) === '[' ? input.peek(this.#at + 1) : 'x';
    this.#hasAddress ||= this.#find(input.slice(0, this.#at + 1) + next) !== undefined;
    return this.#hasAddress;
  }

  #find(word: string): number | undefined {
    const { goesOn, afterLetter, isMail } = this.#context;
    if (goesOn) return 0;
    const at = findAddress(afterLetter ? `x${word}` : word, isMail);
    return at !== undefined && afterLetter ? Math.max(0, at - 1) : at;
  }

  #word(input: Input, isWhole: boolean): Word {
    const written = input.slice(0, this.#at);
    const word = isWhole ? written.replace(TRAILING, '') : written;
    const at = word === '' ? undefined : this.#find(word);
    if (at === undefined) return { kind: 'plain', length: wordLength(written) };
    // What comes before the address goes out as it is: there is no sign in it, and no other address.
    const isPlain = at <= wordLength(word) && this.#find(word.slice(0, at).replace(TRAILING, '')) === undefined;
    return { kind: 'address', at: isPlain ? at : 0, length: word.length, isWhole };
  }
}

/** How far no sign stands in it that some rule looks at. */
function wordLength(words: string): number {
  const end = words.split('').findIndex((unit) => !isWordUnit(unit));
  return end < 0 ? words.length : end;
}

/**
 * Reads the address that a link leads to, up to what ends it there: the bracket that closes it, or a space. Whatever else
 * stands in it belongs to it. What is no address is read as words, from its beginning.
 */
export class TargetReader {
  readonly #closing: ')' | '>';
  #at = 0;
  #open = 0;

  constructor(closing: ')' | '>') {
    this.#closing = closing;
  }

  read(input: Input): Word | 'more' {
    for (; this.#at < LONGEST_ADDRESS; this.#at += 1) {
      if (!input.knows(this.#at)) return 'more';
      const unit = input.peek(this.#at);
      if (unit === '' || /[\s\p{Cc}<>[\]`|]/u.test(unit)) break;
      if (unit === '(') this.#open += 1;
      if (unit !== ')' || this.#closing !== ')') continue;
      if (this.#open === 0) break;
      this.#open -= 1;
    }
    if (findAddress(input.slice(0, this.#at), false) !== 0) return { kind: 'plain', length: 0 };
    return { kind: 'address', at: 0, length: this.#at, isWhole: this.#at < LONGEST_ADDRESS };
  }
}
