import { randomInt } from 'node:crypto';

/** No letters that are read as others: people read it out to their administrator. */
const SIGNS = '23456789abcdefghjkmnpqrstuvwxyz';
const LENGTH = 6;

/** Joins what a person was told with the operator's log line. Random: it says nothing of either. */
export function newErrorId(): string {
  return Array.from({ length: LENGTH }, () => SIGNS[randomInt(SIGNS.length)]).join('');
}

/** Whether a word looks like an id that {@link newErrorId} made. */
export function isErrorId(word: string): boolean {
  return word.length === LENGTH && [...word].every((sign) => SIGNS.includes(sign));
}
