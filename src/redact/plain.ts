import { circledDigitOf, digitOf, INVISIBLE } from './characters';
import type { Stretch } from './fold';

/** Words in the form in which values are found in them, with the way back to where they stand in the original. */
export interface Plain {
  readonly words: string;
  /** Where a stretch of `words` stands in the original, marks and invisible characters after it included. */
  stretch(from: number, to: number): Stretch;
}

const ASCII = /^[\t\n\r -~]*$/;
const UNFOLDED = new RegExp(
  String.raw`[${INVISIBLE}\p{Mn}\p{Me}\u000b\u000c\u1680\u2028\u2029\u02d7\u2010-\u2015\u203e\u2043\u2212\u24ff\u2776-\u277e\u2780-\u2792\u{1f10b}\u{1f10c}]|[^\P{Nd}0-9]`,
  'u',
);
const FALLS_AWAY = new RegExp(String.raw`^[${INVISIBLE}\p{Me}\p{Variation_Selector}]$`, 'u');
const MARK = /^\p{Mn}$/u;
const DASH = /^[\u00af\u02d7\u2010-\u2015\u203e\u2043\u2212\u3161\ufe63\uff0d\uffe3]$/;
/** A footnote's number is no digit of the number before it. */
const SUPERSCRIPT = /^[\u00b2\u00b3\u00b9\u2070-\u2079]$/;
/** But a whole number of them is one. */
const SUPERSCRIPTS =
  /[\u00b2\u00b3\u00b9\u2070-\u2079](?:[\u207b\u207d\u207e .-]?[\u00b2\u00b3\u00b9\u2070-\u2079]){6,24}/gu;
const LINE_BREAKS = '\v\f\u2028\u2029';

/**
 * Folds away what hides a value without changing it: width and other forms of a character (NFKC), kinds of dashes,
 * digits of other scripts, invisible characters, marks over and around Latin letters and digits. Letter case, spaces
 * and lines stay.
 */
export function plainOf(written: string): Plain {
  const original = written.replace(SUPERSCRIPTS, (number) => number.normalize('NFKC').replaceAll('\u2212', '-'));
  if (ASCII.test(original) || (original === original.normalize('NFKC') && !UNFOLDED.test(original)))
    return asItIs(original);
  const folding = new Folding();
  let at = 0;
  for (const character of original) {
    const end = at + character.length;
    if (FALLS_AWAY.test(character) || (MARK.test(character) && /^[ -~]$/.test(folding.last))) folding.drop(end);
    else if (IN_A_FRAME.test(character) && !isInRow(original, at, end)) folding.put(' ', at, end);
    else folding.put(foldCharacter(character), at, end);
    at = end;
  }
  return folding.plain(original.length);
}

export function asItIs(words: string): Plain {
  return { words, stretch: (from, to) => ({ from, to }) };
}

/** Takes down folded words, and where each of their code units stems from. */
export class Folding {
  readonly #words: string[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  get last(): string {
    return this.#words.at(-1) ?? '';
  }

  /** `folded` stands for the original from `from` to `to`. */
  put(folded: string, from: number, to: number): void {
    for (let unit = 0; unit < folded.length; unit += 1) {
      this.#words.push(folded.charAt(unit));
      this.#starts.push(from);
      this.#ends.push(to);
    }
  }

  copy(original: string, from: number, to: number): void {
    for (let at = from; at < to; at += 1) this.put(original.charAt(at), at, at + 1);
  }

  /** What ends at `to` falls away: it belongs to what is before it. */
  drop(to: number): void {
    if (this.#ends.length > 0) this.#ends[this.#ends.length - 1] = to;
  }

  plain(length: number): Plain {
    const [starts, ends] = [this.#starts, this.#ends];
    return {
      words: this.#words.join(''),
      stretch: (from, to) => ({ from: starts[from] ?? length, to: ends[to - 1] ?? length }),
    };
  }
}

/** Digits in circles and brackets are digits of a number in a row, and otherwise count what follows: `①090-…`. */
const IN_A_FRAME = /^[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf]$/;

function isInRow(words: string, from: number, to: number): boolean {
  return IN_A_FRAME.test(words.charAt(from - 1)) || IN_A_FRAME.test(words.charAt(to));
}

function foldCharacter(character: string): string {
  if (character <= '\u007f' || SUPERSCRIPT.test(character)) return character;
  if (DASH.test(character)) return '-';
  if (LINE_BREAKS.includes(character)) return '\n';
  if (character === '\u1680') return ' ';
  if (character === '\u318d') return '・';
  const folded = digitOf(character) ?? circledDigitOf(character) ?? character.normalize('NFKC');
  // An accent of its own is no space with an accent over it.
  return /^ \p{Mn}/u.test(folded) ? character : folded;
}
