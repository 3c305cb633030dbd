import { INVISIBLE } from './characters';
import { KINDS } from './kinds';
import { MOST_UNITS } from './read-placeholder';
import { divided, MENTIONS, PLACEHOLDER_DIGITS, stemOf } from './stems';

const ANY_STEM = [...KINDS, ...MENTIONS].map((stem) => divided(stem).replaceAll('-', '[^a-z0-9]*')).join('|');
/** A stem with a number after it, whatever stands between and around. */
const LOOSE = new RegExp(
  `(?<stem>${ANY_STEM})[^\\p{L}\\p{N}]{0,${MOST_UNITS}}0*(?<number>[0-9]{1,${PLACEHOLDER_DIGITS}})(?![0-9])`,
  'gu',
);
const INVISIBLES = new RegExp(`[${INVISIBLE}]`, 'gu');

/**
 * What could be taken for a placeholder in words, by anybody and however it is written, as stem and number: `email-1`.
 * It errs on the side of taking too much for one.
 */
export function* placeholdersLike(words: string): Generator<string> {
  const plain = words.replace(INVISIBLES, '').normalize('NFKC').toLowerCase();
  for (const { groups } of plain.matchAll(LOOSE)) yield `${stemOf(groups?.stem ?? '')}-${Number(groups?.number)}`;
}
