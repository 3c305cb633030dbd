import { findAddress } from './address/find';
import { type Input, MORE, NONE, type Stop } from './input';
import type { Output } from './output';

const LONGEST_LABEL = 300;
const LONGEST_TAG = 200;
const LONGEST_ALT = 100;
const ENDS_LABEL: Stop = (unit) => /[[\]\n`<]/.test(unit);
const ENDS_TAG: Stop = (unit) => unit === '>' || unit === '\n';
const ENDS_TOKEN: Stop = (unit) => /\s/.test(unit);
const STARTS_TOKEN: Stop = (unit) => !/[ \t\r\n]/.test(unit);
const IS_NO_BLANK: Stop = (unit) => unit !== ' ' && unit !== '\t';
/** After these, taking a bracket away could join two harmless parts into a live one. */
const JOINS = /[a-z0-9<@!#&\\\][.:/?%=+~$_-]$/i;

/**
 * Marks in the input what comes next: the address of a link whose words were given out, or of one that shows nothing but
 * its address. They are controls, which the filter of hidden characters takes out: no answer holds any.
 */
export const TARGET = '\u0000';
export const TARGET_ALONE = '\u0001';

/** `[label](url)` becomes `label`, and the address is to follow; any other bracket stays. `false`: more is needed. */
export function stepAtBracket(input: Input, output: Output): boolean {
  const end = endOfLabel(input, 1);
  if (end === 'more') return false;
  const label = end === undefined ? '' : input.slice(1, end).trim();
  const alone = end !== undefined && saysAddress(input, label, end + 2);
  if (alone === 'more') return false;
  if (end === undefined || (!alone && JOINS.test(output.last))) {
    output.put(input.take(1));
    return true;
  }
  input.replace(end + 2, alone ? TARGET_ALONE : `${label}${TARGET}`);
  return true;
}

/** Whether the words of a link are its address, with or without its scheme and last slash. */
function saysAddress(input: Input, label: string, from: number): boolean | 'more' {
  if (!/[.:]/.test(label)) return false;
  for (const address of [label, `${label}/`, `https://${label}`, `https://${label}/`]) {
    for (let at = 0; ; at += 1) {
      if (!input.knows(from + at)) return 'more';
      if (at === address.length && input.peek(from + at) === ')' && findAddress(address, false) === 0) return true;
      if (at === address.length || input.peek(from + at) !== address.charAt(at)) break;
    }
  }
  return false;
}

/**
 * `![alt](url)` becomes `[image: alt]`, and the address is to follow. `dropped`: it is the picture itself, written out,
 * and is to be left out.
 */
export function stepAtBang(input: Input, output: Output): boolean | 'dropped' {
  if (!input.knows(1)) return false;
  const end = input.peek(1) === '[' ? endOfLabel(input, 2) : undefined;
  if (end === 'more') return false;
  if (end === undefined) {
    output.put(input.take(1));
    return true;
  }
  const start = input.slice(end + 2, end + 7).toLowerCase();
  if (start.length < 5 && 'data:'.startsWith(start) && !input.ended) return false;
  const alt = input
    .slice(2, end)
    .replace(/[^\p{L}\p{N}\p{M}'’、。・ー-]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_ALT)
    .replace(/[\ud800-\udbff]$/, '');
  output.put(alt === '' ? '[image]' : `[image: ${alt}]`);
  if (start === 'data:') {
    input.take(end + 2);
    return 'dropped';
  }
  input.replace(end + 2, TARGET);
  return true;
}

/** The offset of the `]` that ends a label which an address in parentheses follows. */
function endOfLabel(input: Input, from: number): number | 'more' | undefined {
  const end = input.find(ENDS_LABEL, from, LONGEST_LABEL);
  if (end === MORE) return 'more';
  if (end === NONE || input.peek(end) !== ']') return undefined;
  if (!input.knows(end + 1)) return 'more';
  return input.peek(end + 1) === '(' ? end : undefined;
}

/**
 * At the colon of `]:`: whether a link definition stands here, `[label]: address "title"`. What has a colon or a slash
 * is taken for an address, and so is one word alone on its line or before what could be a title.
 */
export function isDefinition(input: Input): boolean | 'more' {
  const start = input.find(STARTS_TOKEN, 1, LONGEST_LABEL);
  if (start === MORE) return 'more';
  if (start === NONE) return false;
  const end = input.find(ENDS_TOKEN, start, LONGEST_LABEL);
  if (end === MORE) return 'more';
  if (end === NONE || /^<|<a$|[[\]:/]|\w\.\w/i.test(input.slice(start, end))) return true;
  const next = input.find(IS_NO_BLANK, end, LONGEST_LABEL);
  if (next === MORE || (next !== NONE && !input.knows(next + 4))) return 'more';
  // An address comes out with a bracket or a backtick before it that it had not.
  if (next !== NONE && /^\[(?:http|imag|`)/.test(input.slice(next, next + 5))) return false;
  return next === NONE || /[\s"'(<[]/.test(input.peek(next));
}

/** A link of HTML; one within another is none. */
const ANCHOR =
  /^<a\s[^<>]{0,500}?\bhref\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+))[^<>]{0,300}>([^<]{0,300})<\/a\s*>/i;
const LONGEST_ANCHOR = 1_500;

/** `<a href="url">words</a>` becomes `words`, and the address is to follow. `undefined`: there is no such link here. */
export function stepAtAnchor(input: Input, output: Output): boolean | undefined {
  if (!/^<a(?:\s|$)/i.test(input.slice(0, 3)) || JOINS.test(output.last)) return undefined;
  const ahead = input.slice(0, LONGEST_ANCHOR);
  const isDecided = /<\/a\s*>|\n[ \t]*\n/i.test(ahead) || ahead.length === LONGEST_ANCHOR || input.ended;
  if (!isDecided) return false;
  const [anchor, double, single, bare, words = ''] = ANCHOR.exec(ahead) ?? [];
  const address = (double ?? single ?? bare ?? '').trim().replaceAll('&amp;', '&');
  if (anchor === undefined || address === '' || /[\s`]/.test(address)) return undefined;
  input.replace(anchor.length, `${words.trim()}${TARGET}${address})`);
  return true;
}

/** Nothing but marks of quotations and lists after a space: a line may be cut there, and the rest begin a message. */
export const BEGINS_BLOCK = /(?:^|\s)(?:[\s>*+-]|\d{1,9}[.)])*$/;

/**
 * At `<`: `inert` where a client could read a tag, an address or a mention, `link` where an address begins, `plain` for
 * what is only a sign (`a < b`, `<3`, `<-`).
 */
export function kindOfAngle(input: Input, output: Output): 'inert' | 'link' | 'plain' | 'more' {
  if (!input.knows(1)) return 'more';
  const next = input.peek(1);
  if (/[@#!/?\\&|]/.test(next)) return 'inert';
  if (!/[a-z]/i.test(next)) return 'plain';
  const scheme = input.slice(1, 9).toLowerCase();
  const isLink = /^(?:https?:|mailto:)/.test(scheme);
  if (isLink) return 'link';
  if (scheme.length < 8 && !input.ended && ['https://', 'http://', 'mailto:'].some((known) => known.startsWith(scheme)))
    return 'more';
  // Where a block may begin, Markdown takes the name of an element for one, with or without its `>`.
  if (BEGINS_BLOCK.test(output.recent)) return 'inert';
  return endsAsTag(input);
}

/** `a<b` without a `>` before the paragraph ends is no tag. */
function endsAsTag(input: Input): 'inert' | 'plain' | 'more' {
  let from = 1;
  while (from < LONGEST_TAG) {
    const end = input.find(ENDS_TAG, from, LONGEST_TAG - from);
    if (end === MORE) return 'more';
    if (end === NONE) return input.ended && input.length <= LONGEST_TAG ? 'plain' : 'inert';
    if (input.peek(end) === '>') return 'inert';
    if (!input.knows(end + 1)) return 'more';
    if (input.peek(end + 1) === '\n' || input.peek(end + 1) === '') return 'plain';
    from = end + 1;
  }
  return 'inert';
}
