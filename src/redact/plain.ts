import type { Stretch } from './fold';

/** Words in the form in which values are found in them, with the way back to where they stand in the original. */
export interface Plain {
  readonly words: string;
  /** Where a stretch of `words` stands in the original, marks and invisible characters after it included. */
  stretch(from: number, to: number): Stretch;
}

const UNFOLDED = /[\p{Cf}\p{Mn}\p{Me}\u2010-\u2015\u2212]|\dー/u;
const FALLS_AWAY = /^[\p{Cf}\p{Me}\p{Variation_Selector}]$/u;
const MARK = /^\p{Mn}$/u;
const DASH = /^[\u2010-\u2015\u2212\ufe63\uff0d]$/;
const DIGIT = /^[\d\uff10-\uff19]$/;
/** A footnote's number is no digit of the number before it. */
const SUPERSCRIPT = /^[\u00b2\u00b3\u00b9\u2070-\u2079]$/;

/**
 * Folds away what hides a value without changing it: width and other forms of a character (NFKC), kinds of dashes,
 * invisible characters, marks over and around Latin letters and digits. Letter case, spaces and lines stay.
 */
export function plainOf(original: string): Plain {
  if (original === original.normalize('NFKC') && !UNFOLDED.test(original))
    return { words: original, stretch: (from, to) => ({ from, to }) };
  const starts: number[] = [];
  const ends: number[] = [];
  const folded: string[] = [];
  let at = 0;
  for (const character of original) {
    const end = at + character.length;
    const before = folded.at(-1) ?? '';
    const next = original.charAt(end);
    if (FALLS_AWAY.test(character) || (MARK.test(character) && /^[ -~]$/.test(before))) {
      if (ends.length > 0) ends[ends.length - 1] = end;
    } else
      for (const unit of foldCharacter(character, before, next).split('')) {
        folded.push(unit);
        starts.push(at);
        ends.push(end);
      }
    at = end;
  }
  return {
    words: folded.join(''),
    stretch: (from, to) => ({ from: starts[from] ?? original.length, to: ends[to - 1] ?? original.length }),
  };
}

function foldCharacter(character: string, before: string, next: string): string {
  if (character <= '\u007f' || SUPERSCRIPT.test(character)) return character;
  if (DASH.test(character)) return '-';
  if (character === 'ー' && DIGIT.test(before) && DIGIT.test(next)) return '-';
  return character.normalize('NFKC');
}
