/** Words in the form in which they are compared, with the way back to where they stand in the original. */
export interface Folded {
  readonly words: string;
  /** For each code unit of `words`: where the original character that it stems from begins. */
  readonly starts: readonly number[];
  /** For each code unit of `words`: where that original character ends, invisible ones after it included. */
  readonly ends: readonly number[];
}

/** A stretch of the original words: `from` inclusive, `to` exclusive, in UTF-16 code units. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

const LATIN_MARKS = /[\u0300-\u036f]/g;
const INVISIBLE = /^(?:\p{Cf}|\u034f|\p{Variation_Selector})$/u;
const SPACE = /^\s$/u;
const DASH = /^[\p{Pd}\u2212]$/u;
const HANGUL = /^[\uac00-\ud7a3]$/;
const DECORATION = /^[*_~`"'“”‘’「」『』]$/;

/**
 * Folds away what does not make words different: letter case, width (NFKC), accents, kinds of dashes, runs of white space and
 * invisible characters. `bare` folds away all white space, Markdown's emphasis and quotation marks as well.
 */
export function fold(original: string, { bare }: { readonly bare: boolean }): Folded {
  let words = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const character of original) {
    const end = at + character.length;
    const folded = foldCharacter(character, bare);
    const joinsSpace = folded === ' ' && words.endsWith(' ');
    if (joinsSpace || (folded === '' && !isVisible(character))) {
      if (ends.length > 0) ends[ends.length - 1] = end;
    } else {
      words += folded;
      for (let unit = 0; unit < folded.length; unit += 1) {
        starts.push(at);
        ends.push(end);
      }
    }
    at = end;
  }
  return { words, starts, ends };
}

function isVisible(character: string): boolean {
  return SPACE.test(character) || DECORATION.test(character);
}

function foldCharacter(character: string, bare: boolean): string {
  if (SPACE.test(character)) return bare ? '' : ' ';
  if (bare && DECORATION.test(character)) return '';
  if (character <= '\u007f') return character.toLowerCase();
  if (INVISIBLE.test(character)) return '';
  if (DASH.test(character)) return '-';
  if (HANGUL.test(character)) return character;
  return character.normalize('NFKC').normalize('NFD').replace(LATIN_MARKS, '').toLowerCase();
}

/** Every place where `needle`, already folded, stands in the folded words. */
export function* placesOf(needle: string, haystack: Folded): Generator<Stretch> {
  if (needle === '') return;
  for (let at = haystack.words.indexOf(needle); at !== -1; at = haystack.words.indexOf(needle, at + needle.length)) {
    const from = haystack.starts[at];
    const to = haystack.ends[at + needle.length - 1];
    if (from !== undefined && to !== undefined) yield { from, to };
  }
}
