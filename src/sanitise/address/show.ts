import type { Output } from '../output';

/** After these a bracket would begin something else than a link: an image, an escaped bracket, a link's second part. */
const TURNS_BRACKET = /[!\\\]^]$/;

/**
 * Gives out an address as a link of Markdown that shows what it leads to and nothing else. A bare address would end
 * where each client thinks that it ends; this one ends where it was looked at.
 */
export function putLink(output: Output, address: string): void {
  if (TURNS_BRACKET.test(output.last)) output.put(' ');
  output.put(`[${address}](${address})`);
}

/**
 * Gives out an address as code, as it was written: every client shows it whole, lets it be copied, and makes no link of
 * it. `next` is the unit that comes after.
 */
export function putAsCode(output: Output, address: string, next: string): void {
  if (/[`\\]$/.test(output.last)) output.put(' ');
  output.put(`\`${address}\`${next === '`' ? ' ' : ''}`);
}

/**
 * Gives out an address where nobody can tell what clients take for code, since a backtick before it stands alone: with
 * brackets around its dots and colons, of which no client makes a link. What it says can be read still.
 */
export function putTakenApart(output: Output, address: string): void {
  const apart = address
    .replace(/[.:]/gu, '[$&]')
    .replaceAll('@', '＠')
    .replaceAll('](', '] (')
    .replaceAll('&', '&amp;')
    .replaceAll('&amp;amp;', '&amp;');
  if (!/^[\s(]?$/.test(output.last)) output.put(' ');
  output.put(apart);
}
