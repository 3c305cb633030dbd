import { divided, PLACEHOLDER_DIGITS, TELLING } from './stems';

const HYPHEN = String.raw`\-\u2010\u2011`;
/** In prose the dash of a placeholder is one of these; an underscore or a space makes another thing of it. */
const DASH = String.raw`\\?[${HYPHEN}\u2012-\u2015\u2212\u30fc\uff70\ufe58\ufe63\uff0d]`;
const LETTERS = String.raw`\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{Nd}_`;
/** Before it, and it is a part of a longer word, or of code: `id="email-1"`, `.card-1`, `#name-1`, `/address-1`. */
const NOT_BEFORE = String.raw`[${LETTERS}${HYPHEN}./\\#＃﹟@＠﹫"'=&+$%<?]`;
const NOT_AFTER = String.raw`(?:[${LETTERS}${HYPHEN}/\\#=@%$]|\.[${LETTERS}])`;
/** Emphasis by underscores is none of a word's own. */
const BEFORE = `(?:(?<!${NOT_BEFORE})|(?<=(?<!${NOT_BEFORE})_{1,2}))`;
const AFTER = `(?:(?!${NOT_AFTER})|(?=_{1,2}(?!${NOT_AFTER})))`;
const DIGIT = '[0-9\\uff10-\\uff19]';
const FIRST_DIGIT = '[1-9\\uff11-\\uff19]';

const STEMS = [...new Set([...TELLING, divided('email')])];

const NUMBER = `${FIRST_DIGIT}${DIGIT}{0,${PLACEHOLDER_DIGITS - 1}}`;
const WHOLE = STEMS.map((stem) => lettersOf(stem).join('')).join('|');
const BEGUN = STEMS.map((stem) => begunWith([...lettersOf(stem), DASH, `${NUMBER}_{0,2}\\.?`])).join('|');

/** Pattern of a placeholder that stands among words without brackets; flag `u`. */
export const BARE = `${BEFORE}(?<stem>${WHOLE})${DASH}(?<number>${NUMBER})${AFTER}`;

/** Pattern of the end of words that may yet become one, or be none by what follows; flag `u`. */
export const BARE_BEGUN = `${BEFORE}(?:${BEGUN})$`;

/** How many code units before a place tell whether a bare placeholder may begin there. */
export const BARE_LOOKS_BACK = 3;

/** Patterns of each letter of a stem, in either case and width. */
function lettersOf(stem: string): readonly string[] {
  return [...stem].map((letter) => {
    if (letter === '-') return DASH;
    const upper = letter.toUpperCase();
    const wide = (one: string): string => String.fromCharCode(one.charCodeAt(0) + 0xfee0);
    return `[${letter}${upper}${wide(letter)}${wide(upper)}]`;
  });
}

/** Pattern of any beginning of parts that follow each other; an escape that has no dash yet included. */
function begunWith(parts: readonly string[]): string {
  return parts.reduceRight((rest, part) => {
    const begun = `${part}(?:${rest})?`;
    return part === DASH ? `(?:${begun}|\\\\)` : begun;
  }, '');
}
