import type { Kind } from '../kinds';
import { type Finder, matches } from './found';

/** A number that only the words beside it tell from others. Both are parts of patterns, without groups of their own. */
export interface Labelled {
  /** What people call it. */
  readonly label: string;
  readonly value: string;
}

/** Words between what a number is called and the number: `の番号は`, `番号（12桁）：`, ` no. is `. Other digits end them. */
const GAP = String.raw`(?![数額率料])[^\n\dA-Z。]{0,10}?\n?(?:\([^\n()]{1,20}\))?[^\n\dA-Z。]{0,4}?(?:(?:number|num|no\.?|id|is|was)[ .:#-]{0,3}){0,3}["'「『]?`;
const ENDS = String.raw`(?![A-Za-z0-9_]|[-.]?[0-9]|(?:円|件|人|名(?!義)|個|枚|台|%|年|万|億|千|yen\b|JPY\b))`;
const BEGINS = '(?<![A-Za-z0-9_-])';

/**
 * Finds numbers after what they are called, and before it: `免許証番号は…`, `…（免許証）`. Words without any label cost
 * one look.
 */
export function labelledFinder(kind: Kind, all: readonly Labelled[]): Finder {
  const hint = new RegExp(all.map(({ label }) => label).join('|'), 'iu');
  const patterns = all.flatMap(({ label, value }) => [
    new RegExp(`(?:${label})${GAP}${BEGINS}(?<value>${value})${ENDS}`, 'dgiu'),
    new RegExp(`${BEGINS}(?<value>${value})${ENDS}[ (]{1,2}(?:${label})`, 'dgiu'),
  ]);
  return function* (words) {
    if (!hint.test(words)) return;
    for (const pattern of patterns)
      for (const { value, ...found } of matches(kind, pattern, words)) if (!isDate(value)) yield found;
  };
}

function isDate(value: string): boolean {
  return /^(?:19|20)\d{2}(?:[-.](?:0?[1-9]|1[0-2])[-.](?:0?[1-9]|[12]\d|3[01])|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))$/.test(
    value,
  );
}
