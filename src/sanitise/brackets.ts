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
const JOINS = /[a-z0-9<@!#&\\\][.:/?%=+~$-]$/i;

/** `[label](url)` becomes `label (url)`; any other bracket stays. `false`: more is needed. */
export function stepAtBracket(input: Input, output: Output): boolean {
  const end = endOfLabel(input, 1);
  if (end === 'more') return false;
  if (end === undefined || JOINS.test(output.last)) {
    output.put(input.take(1));
    return true;
  }
  const label = input.slice(1, end).trim();
  input.replace(end + 2, label === '' ? '(' : `${label} (`);
  return true;
}

/** `![alt](url)` becomes `[image: alt]`. `dropped`: the address follows and is to be left out. */
export function stepAtBang(input: Input, output: Output): boolean | 'dropped' {
  if (!input.knows(1)) return false;
  const end = input.peek(1) === '[' ? endOfLabel(input, 2) : undefined;
  if (end === 'more') return false;
  if (end === undefined) {
    output.put(input.take(1));
    return true;
  }
  const alt = input
    .slice(2, end)
    .replace(/[^\p{L}\p{N}\p{M}'’、。・ー-]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_ALT)
    .replace(/[\ud800-\udbff]$/, '');
  input.take(end + 2);
  output.put(alt === '' ? '[image]' : `[image: ${alt}]`);
  return 'dropped';
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
  if (end === NONE || /^<|[:/]|\]\(/.test(input.slice(start, end))) return true;
  const next = input.find(IS_NO_BLANK, end, LONGEST_LABEL);
  if (next === MORE) return 'more';
  return next === NONE || /[\s"'(<[]/.test(input.peek(next));
}

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
  if (/\s$|(?:^|\n)[ \t>]*$/.test(output.recent)) return 'inert';
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
