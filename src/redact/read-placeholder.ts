import { DASHES, INVISIBLE } from './characters';
import { KINDS } from './kinds';

/** A placeholder that stands in words, however it was written there. */
export interface ReadPlaceholder {
  /** As it was given out: `[email-1]`, `@person-1`. */
  readonly placeholder: string;
  /** What it takes up of the words: brackets that are not its own stay. */
  readonly from: number;
  readonly to: number;
}

/** What placeholders for mentions begin with. */
export const SIGNS = { person: '@', group: '@', channel: '#' } as const;
type MentionStem = keyof typeof SIGNS;

const MENTIONS = Object.keys(SIGNS) as readonly MentionStem[];
/** By their letters alone. */
const STEMS: ReadonlyMap<string, string> = new Map(
  [...KINDS, ...MENTIONS].map((stem) => [stem.replaceAll('-', ''), stem]),
);
/** How people divide them: `[e-mail-1]` as well. */
const divided = (stem: string): string => (stem === 'email' ? 'e-mail' : stem);
/** Numbers in placeholders have no more digits than this. */
export const PLACEHOLDER_DIGITS = 6;
/** No placeholder is read that takes up more code units: what is held back of an answer stays short. */
const MOST_UNITS = 72;

const OPENING = /[[［【〔〖⟦(（{｛<＜〈《「『⟨@＠﹫#＃﹟]/gu;

/** Written in place of square brackets. Those that are in use around other words too stay where they are. */
const BRACKETS: Readonly<Record<string, string>> = Object.fromEntries([
  ...[...'[【〔〖⟦'].map((one) => [one, '['] as const),
  ...[...']】〕〗⟧'].map((one) => [one, ']'] as const),
  ...[...'({<〈《「『⟨'].map((one) => [one, '('] as const),
  ...[...')}>〉》」』⟩'].map((one) => [one, ')'] as const),
]);
const DASH = new RegExp(`^[${DASHES}_]$`, 'u');
const DROPPED = new RegExp(`^[${INVISIBLE}]$`, 'u');
/** White space, and what Markdown puts before or around a word. */
const SPACE = /^[\s\\*`.:・·]$/u;

/** Everything but small letters, digits, signs and brackets is `-` or a space: see `plainFormOf`. */
const stemPattern = (stems: readonly string[]): string =>
  stems.map((stem) => divided(stem).replaceAll('-', '[- ]*')).join('|');
const OWN_BRACKETS = new RegExp(
  `^\\[[- ]*(?<stem>${stemPattern([...KINDS, ...MENTIONS])})[- ]*0*(?<number>[0-9]{1,${PLACEHOLDER_DIGITS}})[- ]*\\]`,
);
const OTHER_BRACKETS = new RegExp(
  `^\\((?<stem>${stemPattern([...KINDS, 'person'])})-(?<number>[0-9]{1,${PLACEHOLDER_DIGITS}})(?=\\))`,
);
const BARE = new RegExp(
  `^(?<sign>[@#])(?<stem>${stemPattern(MENTIONS)})[- ]{1,3}0*(?<number>[0-9]{1,${PLACEHOLDER_DIGITS}})(?![0-9])`,
);

/** Where a placeholder may begin next, at or after `at`; -1 where it cannot. */
export function nextOpening(words: string, at: number): number {
  OPENING.lastIndex = at;
  return OPENING.exec(words)?.index ?? -1;
}

/**
 * Reads the placeholder that begins at an opening: with any dash, underscore or space, in any case and width, in other
 * brackets, with a backslash before what Markdown takes for its own, and with emphasis inside of the brackets.
 *
 * `open` where the words end before it is decided; with `ended` they go on no more.
 */
export function readPlaceholder(words: string, at: number, ended: boolean): ReadPlaceholder | 'open' | undefined {
  const { plain, ends, isWhole } = plainFormOf(words, at);
  const bare = plain.startsWith('@') || plain.startsWith('#');
  if (isWhole && !ended && mayGoOn(plain)) return 'open';
  const match = (bare ? BARE : plain.startsWith('[') ? OWN_BRACKETS : OTHER_BRACKETS).exec(plain);
  const { stem, number, sign } = match?.groups ?? {};
  const to = ends[(match?.[0].length ?? 0) - 1];
  if (stem === undefined || number === undefined || to === undefined) return undefined;
  const name = STEMS.get(stem.replace(/[- ]+/g, ''));
  const mention = MENTIONS.find((one) => one === name);
  if (sign !== undefined && mention !== undefined && sign !== SIGNS[mention]) return undefined;
  const numbered = `${name}-${Number(number)}`;
  return {
    placeholder: mention === undefined ? `[${numbered}]` : SIGNS[mention] + numbered,
    from: plain.startsWith('(') ? at + 1 : escaped(words, at, to) ? at - 1 : at,
    to,
  };
}

/** Whether the brackets at both ends have a backslash before them. */
function escaped(words: string, at: number, to: number): boolean {
  return words.charAt(at - 1) === '\\' && /\\.$/u.test(words.slice(at, to));
}

interface PlainForm {
  readonly plain: string;
  /** For each character of `plain`: where the original one ends. */
  readonly ends: readonly number[];
  /** The words end here as well. */
  readonly isWhole: boolean;
}

/** In small letters, ASCII digits, `@` `#` `[` `]` `(` `)`, `-` for dashes, a space for spaces and marks; no more than could matter. */
function plainFormOf(words: string, at: number): PlainForm {
  let plain = '';
  const ends: number[] = [];
  let end = at;
  for (const character of words.slice(at, at + MOST_UNITS)) {
    end += character.length;
    if (DROPPED.test(character) && character !== '\u00ad') continue;
    const folded = foldCharacter(character);
    plain += folded;
    for (let unit = 0; unit < folded.length; unit += 1) ends.push(end);
    if (!/^[a-z0-9 @#[\](-]+$/.test(folded)) return { plain, ends, isWhole: false };
  }
  return { plain, ends, isWhole: end === words.length && end - at < MOST_UNITS };
}

function foldCharacter(character: string): string {
  const narrow = character > '\u007f' ? character.normalize('NFKC') : character;
  if (DASH.test(character) || DASH.test(narrow)) return '-';
  if (SPACE.test(narrow)) return ' ';
  return BRACKETS[narrow] ?? narrow.toLowerCase();
}

/** Whether words that end so may still become a placeholder, or one with more digits. */
function mayGoOn(plain: string): boolean {
  const [opening = '', rest = ''] = [plain.charAt(0), plain.slice(1)];
  const word = opening === '[' ? rest.replace(/^[- ]+/, '') : rest;
  const stems = opening === '[' ? [...KINDS, ...MENTIONS] : opening === '(' ? [...KINDS, 'person'] : MENTIONS;
  return stems.some((stem) => beginsWith(word, stem, opening === '[' ? /^[- ]*[0-9]*[- ]*$/ : /^[- ]*[0-9]*$/));
}

/** Whether the word is a beginning of the stem, or the stem and what a number may begin with. */
function beginsWith(word: string, stem: string, number: RegExp): boolean {
  let at = 0;
  for (const part of divided(stem).split('-')) {
    if (at > 0) while (/[- ]/.test(word.charAt(at))) at += 1;
    const left = word.slice(at, at + part.length);
    if (at + left.length === word.length) return part.startsWith(left);
    if (left !== part) return false;
    at += part.length;
  }
  return number.test(word.slice(at));
}

/** A stem with a number after it, whatever stands between and around. */
const LOOSE = new RegExp(
  `(?<stem>${[...STEMS.values()].map((stem) => divided(stem).replaceAll('-', '[^a-z0-9]*')).join('|')})[^\\p{L}\\p{N}]{0,${MOST_UNITS}}0*(?<number>[0-9]{1,${PLACEHOLDER_DIGITS}})(?![0-9])`,
  'gu',
);
const INVISIBLES = new RegExp(`[${INVISIBLE}]`, 'gu');

/**
 * What could be taken for a placeholder in words, by anybody and however it is written, as stem and number: `email-1`.
 * It errs on the side of taking too much for one.
 */
export function* placeholdersLike(words: string): Generator<string> {
  const plain = words.replace(INVISIBLES, '').normalize('NFKC').toLowerCase();
  for (const { groups } of plain.matchAll(LOOSE))
    yield `${STEMS.get((groups?.stem ?? '').replace(/[^a-z]/g, ''))}-${Number(groups?.number)}`;
}
