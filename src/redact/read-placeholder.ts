import { BARE, BARE_BEGUN } from './bare-placeholder';
import { DASHES, INVISIBLE } from './characters';
import { KINDS } from './kinds';
import { divided, MENTIONS, PLACEHOLDER_DIGITS, placeholderOf, TELLING } from './stems';

/** A placeholder that stands in words, however it was written there. */
export interface ReadPlaceholder {
  /** As it was given out: `[email-1]`, `@person-1`. */
  readonly placeholder: string;
  /** What it takes up of the words: brackets that are not its own stay. */
  readonly from: number;
  readonly to: number;
}

/** No placeholder is read that takes up more code units: what is held back of an answer stays short. */
export const MOST_UNITS = 72;

/** A bracket may be written as addresses of pages write it. */
const OPENING = '(?<opening>[[［【〔〖⟦(（{｛<＜〈《「『⟨@＠﹫#＃﹟]|%5[Bb])';
/** Where the words end within such a bracket. */
const CUT_BRACKET = /%5?$/;
/** Where the words end, what has begun may become a placeholder; where they end for good, it is what it is. */
const NEXT = new RegExp(`${OPENING}|(?<begun>${CUT_BRACKET.source}|${BARE_BEGUN})|${BARE}`, 'gu');
const NEXT_OF_ENDED = new RegExp(`${OPENING}|${BARE}`, 'gu');

/** Written in place of square brackets. Those that are in use around other words too stay where they are. */
const BRACKETS: Readonly<Record<string, string>> = Object.fromEntries([
  ...[...'[【〔〖⟦', '%5b'].map((one) => [one, '['] as const),
  ...[...']】〕〗⟧', '%5d'].map((one) => [one, ']'] as const),
  ...[...'({<〈《「『⟨'].map((one) => [one, '('] as const),
  ...[...')}>〉》」』⟩'].map((one) => [one, ')'] as const),
]);
const CHARACTER = /%5[bd]|./gisu;
const DASH = new RegExp(`^[${DASHES}_]$`, 'u');
const DROPPED = new RegExp(`^[${INVISIBLE}]$`, 'u');
const SPACE = /^\s$/u;
/** What Markdown puts before or around a word, and what divides as a dash does. */
const MARK = /^[\\*`.:・·]$/u;

/** Everything but small letters, digits, signs and brackets is `-`, a space or `.`: see `plainFormOf`. */
const stemPattern = (stems: readonly string[]): string =>
  stems.map((stem) => divided(stem).replaceAll('-', '[-. ]*')).join('|');
const OWN_BRACKETS = new RegExp(
  `^\\[[-. ]*(?<stem>${stemPattern([...KINDS, ...MENTIONS])})[-. #]*0*(?<number>[0-9]{1,${PLACEHOLDER_DIGITS}})[-. ]*\\]`,
);
const OTHER_BRACKETS = new RegExp(
  `^\\((?<stem>${stemPattern(TELLING)})(?:\\.?-| )(?<number>[0-9]{1,${PLACEHOLDER_DIGITS}})(?=\\))`,
);
const SIGNED = new RegExp(
  `^[@#](?<stem>${stemPattern(MENTIONS)})[-. ]{1,3}0*(?<number>[0-9]{1,${PLACEHOLDER_DIGITS}})(?![0-9])`,
);

/** Where words may become a placeholder when they go on, from `from`. */
export interface Open {
  readonly from: number;
  readonly placeholder?: undefined;
}

/**
 * Reads the first placeholder at or after `at`: with any dash, underscore or space, in any case and width, in other
 * brackets, with a backslash before what Markdown takes for its own, and with emphasis inside of the brackets; and among
 * words without brackets, where it has a dash and is no part of anything longer.
 *
 * {@link Open} where the words end before it is decided; with `ended` they go on no more. Looks at `BARE_LOOKS_BACK`
 * code units before `at`, where there are any.
 */
export function nextPlaceholder(words: string, at: number, ended: boolean): ReadPlaceholder | Open | undefined {
  const next = ended ? NEXT_OF_ENDED : NEXT;
  for (let from = at; ; ) {
    next.lastIndex = from;
    const match = next.exec(words);
    if (match === null) return undefined;
    const { opening, begun, stem, number } = match.groups ?? {};
    if (begun !== undefined) return { from: match.index };
    const read = opening === undefined ? readBare(match, stem, number) : readOpened(words, match.index, ended);
    if (read !== undefined) return read;
    from = match.index + 1;
  }
}

function readBare(
  { 0: { length }, index: from }: RegExpExecArray,
  stem = '',
  number = '',
): ReadPlaceholder | undefined {
  const placeholder = placeholderOf(stem.normalize('NFKC').toLowerCase(), number.normalize('NFKC'));
  return placeholder === undefined ? undefined : { placeholder, from, to: from + length };
}

/** Reads the placeholder that begins at an opening bracket or a sign. */
function readOpened(words: string, at: number, ended: boolean): ReadPlaceholder | Open | undefined {
  const { plain, ends, isWhole } = plainFormOf(words, at);
  const isSigned = plain.startsWith('@') || plain.startsWith('#');
  if (isWhole && !ended && mayGoOn(plain)) return { from: at };
  const match = (isSigned ? SIGNED : plain.startsWith('[') ? OWN_BRACKETS : OTHER_BRACKETS).exec(plain);
  const { stem, number } = match?.groups ?? {};
  const to = ends[(match?.[0].length ?? 0) - 1];
  const placeholder = placeholderOf(stem, number);
  if (placeholder === undefined || to === undefined) return undefined;
  if (isSigned) return placeholder.startsWith(plain.charAt(0)) ? { placeholder, from: at, to } : undefined;
  if (plain.startsWith('(')) return { placeholder, from: at + 1, to };
  return { placeholder, from: belongsToBracket(words, at, to, placeholder) ? at - 1 : at, to };
}

/** What may belong to a square bracket that follows. */
export const BEFORE_BRACKET = /[\\@＠﹫#＃﹟]$/u;

/** Whether the character before square brackets is theirs: a backslash, where both have one, or the sign of a mention. */
function belongsToBracket(words: string, at: number, to: number, placeholder: string): boolean {
  const before = words.charAt(at - 1);
  if (before === '\\') return words.charAt(to - 2) === '\\';
  return before.normalize('NFKC') === /^[@#]/.exec(placeholder)?.[0];
}

interface PlainForm {
  readonly plain: string;
  /** For each character of `plain`: where the original one ends. */
  readonly ends: readonly number[];
  /** The words end here as well. */
  readonly isWhole: boolean;
}

/**
 * In small letters, ASCII digits, `@` `#` `[` `]` `(` `)`, `-` for dashes, a space for spaces, `.` for marks; no more
 * than could matter.
 */
function plainFormOf(words: string, at: number): PlainForm {
  let plain = '';
  const ends: number[] = [];
  const seen = words.slice(at, at + MOST_UNITS);
  let end = at;
  for (const [character] of seen.replace(CUT_BRACKET, '').matchAll(CHARACTER)) {
    end += character.length;
    if (DROPPED.test(character) && character !== '\u00ad') continue;
    const folded = foldCharacter(character);
    plain += folded;
    for (let unit = 0; unit < folded.length; unit += 1) ends.push(end);
    if (!/^[a-z0-9 .@#[\](-]+$/.test(folded)) return { plain, ends, isWhole: false };
  }
  return { plain, ends, isWhole: seen.length < MOST_UNITS };
}

function foldCharacter(character: string): string {
  const narrow = character.normalize('NFKC');
  if (DASH.test(character) || DASH.test(narrow)) return '-';
  if (SPACE.test(narrow)) return ' ';
  if (MARK.test(narrow)) return '.';
  const small = narrow.toLowerCase();
  return BRACKETS[small] ?? small;
}

/** Whether words that end so may still become a placeholder, or one with more digits. */
function mayGoOn(plain: string): boolean {
  const [opening, rest] = [plain.charAt(0), plain.slice(1)];
  const word = opening === '[' ? rest.replace(/^[-. ]+/, '') : rest;
  const stems = opening === '[' ? [...KINDS, ...MENTIONS] : opening === '(' ? TELLING : MENTIONS;
  return stems.some((stem) => beginsWith(word, stem, opening === '[' ? /^[-. #]*[0-9]*[-. ]*$/ : /^[-. ]*[0-9]*$/));
}

/** Whether the word is a beginning of the stem, or the stem and what a number may begin with. */
function beginsWith(word: string, stem: string, number: RegExp): boolean {
  let at = 0;
  for (const part of divided(stem).split('-')) {
    if (at > 0) while (/[-. ]/.test(word.charAt(at))) at += 1;
    const left = word.slice(at, at + part.length);
    if (at + left.length === word.length) return part.startsWith(left);
    if (left !== part) return false;
    at += part.length;
  }
  return number.test(word.slice(at));
}
