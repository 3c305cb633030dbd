import { domainToASCII } from 'node:url';
import { type Input, MORE, NONE, type Stop } from './input';
import type { Output } from './output';

/** The web address that is being given out: `open` as it is, `shut` in a form that no client turns into a link. */
export type UrlState = 'none' | 'open' | 'shut';

export type HostCheck = (host: string) => boolean;

const LONGEST_HOST = 255;
/** A label as long as this in a host carries data, not a name. */
const LONGEST_PLAIN_LABEL = 24;
/** Schemes that clients follow without `//`. */
const FOLLOWED =
  /(?:^|[^a-z0-9])(?:javascript|vbscript|data|mailto|tel|callto|sms|smsto|facetime|slack|msteams|skype|file|blob|intent|ms-[a-z]+|x-[a-z-]+)\\?$/i;
const WEB = /(?:^|[^a-z0-9])(?:https?|ftps?|wss?)\\?$/i;
const SCHEME_LETTER = /[a-z0-9+.-]\\?$/i;
/** Endings of file names that are no top-level domains. */
const FILE_ENDINGS = new Set(
  'js jsx ts tsx mjs cjs mts cts json jsonl yaml yml toml txt text html htm css scss less xml csv tsv lock java kt go rb php swift cpp hpp cs vb lua sql exe dll log conf cfg ini env pdf png jpg jpeg gif svg webp doc docx xls xlsx ppt pptx tar gz map vue svelte ipynb parquet proto gradle'.split(
    ' ',
  ),
);
const CJK = /[\u2e80-\u303f\u3040-\u30ff\u3100-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]/;

/** Where a web address ends. It may end too early here, never too late: what follows is looked at as text again. */
const endsUrl: Stop = (unit) => /[\s<>[\](){}"'`|,;*!^]/.test(unit) || CJK.test(unit);
const endsAuthority: Stop = (unit) => endsUrl(unit) || /[/?#\\]/.test(unit);
const endsHost: Stop = (unit) => !isLabelUnit(unit) && unit !== '.';

/** Allows the hosts of the list, and those under `*.example.com` where an entry says so. */
export function hostCheck(linkHosts: readonly string[]): HostCheck {
  const exact = new Set(linkHosts.map((host) => host.toLowerCase()));
  const under = [...exact].filter((host) => host.startsWith('*.')).map((host) => host.slice(1));
  return (host) => exact.has(host) || under.some((ending) => host.endsWith(ending));
}

/** At a colon: the address that begins here, if one does. `undefined`: none; `more`: too early to tell. */
export function urlAtColon(input: Input, output: Output, allows: HostCheck): UrlState | 'more' | undefined {
  const before = output.recent;
  if (!SCHEME_LETTER.test(before)) return undefined;
  if (!input.knows(1)) return 'more';
  const next = input.peek(1);
  if (FOLLOWED.test(before)) return next === '' || /[\s)\]]/.test(next) ? undefined : shut(input, output, 1);
  if (next !== '/' && next !== '\\') return undefined;
  if (WEB.test(before) && (next === '\\' || !input.knows(2))) return input.knows(2) ? shut(input, output, 1) : 'more';
  if (!input.knows(2)) return 'more';
  if (input.peek(2) !== '/') return WEB.test(before) || input.peek(2) === '\\' ? shut(input, output, 1) : undefined;
  if (!/(?:^|[^a-z0-9])https?$/i.test(before)) return shut(input, output, 1);
  return authority(input, output, allows);
}

function authority(input: Input, output: Output, allows: HostCheck): UrlState | 'more' {
  const found = input.find(endsAuthority, 3, LONGEST_HOST + 1);
  if (found === MORE) return 'more';
  if (found === NONE && !(input.ended && input.length <= 3 + LONGEST_HOST)) return shut(input, output, 1);
  const end = found === NONE ? input.length : found;
  const after = input.peek(end);
  const written = input.slice(3, end);
  const name = after === '/' || after === '?' || after === '#' ? written : written.replace(/[.:]+$/, '');
  const plain = /^([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d{1,5})?$/i.exec(name);
  const ending = input.peek(3 + name.length);
  if (plain?.[1] !== undefined && allows(plain[1].toLowerCase()) && ending !== '\\')
    return openHost(input, output, 3 + name.length);
  if (/[\u0080-\uffff]/.test(name)) {
    const ascii = domainToASCII(name);
    if (ascii !== '') input.replace(3 + name.length, `://${ascii}`);
  }
  return shut(input, output, 1);
}

/**
 * Gives out an allowed host. Where no path follows, words could join it and become part of the host or make it a
 * user's name: a slash (a space before Japanese) keeps them apart.
 */
function openHost(input: Input, output: Output, length: number): UrlState | 'more' {
  const ending = input.peek(length);
  if (!input.knows(length + 1)) return 'more';
  const endsSentence = /^[.:]$/.test(ending) && /^\s?$/.test(input.peek(length + 1));
  output.putAddress(input.take(length));
  if (/^[/?#]$/.test(ending)) return 'open';
  if (!/^\s?$/.test(ending) && !endsSentence) output.put(CJK.test(ending) ? ' ' : '/');
  return 'none';
}

function shut(input: Input, output: Output, count: number): 'shut' {
  input.take(count);
  output.put('[:]');
  return 'shut';
}

/** One step within an address. `false`: more is needed; `end`: the address ended before the next unit. */
export function stepInUrl(input: Input, output: Output, url: 'open' | 'shut'): boolean | 'end' {
  const run = input.takeRun(url === 'open' ? OPEN_RUN : SHUT_RUN);
  if (run !== '') {
    output.put(run);
    return true;
  }
  const unit = input.peek(0);
  if (endsUrl(unit) || unit === '&') return 'end';
  if (unit === '@') {
    input.take(1);
    output.put('＠');
    return true;
  }
  if (url === 'shut' && (unit === '.' || unit === ':')) {
    if (!input.knows(1)) return false;
    const next = input.peek(1);
    const isOver =
      (next === '' && output.last !== ']') || (unit === '.' ? endsUrl(next) : /\s/.test(next) && output.last !== ']');
    input.take(1);
    output.put(isOver ? unit : `[${unit}]`);
    return true;
  }
  output.put(input.take(1));
  return true;
}

const OPEN_RUN = /[\w\-.~:/?#$+=%]+/y;
const SHUT_RUN = /[\w\-~/?#$+=%\\]+/y;

/**
 * At a dot between two labels: whether a client would make an address of it that can carry data. A bare name with a
 * path or a query, a `www.` name and a host with a label long enough to carry data are shut; `README.md`, `main.rs`,
 * `3.14` and `example.com` stay as they are.
 */
export function urlAtDot(input: Input, output: Output): 'shut' | 'plain' | 'more' {
  const label = /((?:[\p{L}\p{N}\p{M}_-])+)\\?$/u.exec(output.recent)?.[1] ?? '';
  if (label === '') return plain(input, output, 1);
  const found = input.find(endsHost, 1, LONGEST_HOST);
  if (found === MORE) return 'more';
  if (found === NONE && !(input.ended && input.length <= LONGEST_HOST)) return shutDot(input, output);
  const end = found === NONE ? input.length : found;
  const host = `${label}${input.slice(0, end)}`.replace(/^[-_]+|[-_.]+$/g, '');
  const labels = host.split('.');
  const last = labels.at(-1)?.toLowerCase() ?? '';
  if (labels.slice(0, -1).some((part) => /^[-_]*www$/i.test(part))) return shutDot(input, output);
  if (labels.length < 2) return plain(input, output, end);
  const isAddress = labels.length === 4 && labels.every((part) => /^\d{1,3}$/.test(part));
  const isName = isTopLevel(last) && !FILE_ENDINGS.has(last);
  if (!isAddress && !isName) return plain(input, output, end);
  if (isName && carriesData(labels)) return shutDot(input, output);
  const tail = tailAfter(input, end, isAddress);
  if (tail === 'more') return 'more';
  return tail ? shutDot(input, output) : plain(input, output, end);
}

function shutDot(input: Input, output: Output): 'shut' {
  input.take(1);
  output.put('[.]');
  return 'shut';
}

function plain(input: Input, output: Output, count: number): 'plain' {
  output.put(input.take(count));
  return 'plain';
}

function isTopLevel(label: string): boolean {
  return /^[a-z]{2,24}$/.test(label) || label.startsWith('xn--') || /^[\u0080-\uffff]{2,}$/.test(label);
}

function carriesData(labels: readonly string[]): boolean {
  return (
    labels.length > 2 &&
    /^(?:[a-z]{2,6}|xn--.*)$/i.test(labels.at(-1) ?? '') &&
    labels.some((label) => label.length >= LONGEST_PLAIN_LABEL)
  );
}

/** Whether a path, a query or a port with one of them follows a host. */
function tailAfter(input: Input, end: number, isAddress: boolean): boolean | 'more' {
  let at = end;
  if (input.peek(at) === ':') {
    const digits = input.find(isNoDigit, at + 1, 6);
    if (digits === MORE) return 'more';
    at = digits === NONE ? input.length : digits;
    if (at === end + 1) return false;
  }
  if (!input.knows(at)) return 'more';
  const unit = input.peek(at);
  if (unit === '\\') return true;
  if (unit !== '/' && unit !== '?') return false;
  if (isAddress && unit === '/') {
    const digits = input.find(isNoDigit, at + 1, 4);
    if (digits === MORE) return 'more';
    const length = (digits === NONE ? input.length : digits) - at - 1;
    const after = input.peek(at + 1 + length);
    if (length > 0 && length < 3 && (after === '' || (endsUrl(after) && after !== '['))) return false;
  }
  if (!input.knows(at + 1)) return 'more';
  const next = input.peek(at + 1);
  return unit === '/' || (next !== '' && !endsUrl(next) && !/[?.:]/.test(next));
}

const isNoDigit: Stop = (unit) => unit < '0' || unit > '9';

function isLabelUnit(unit: string): boolean {
  return /[a-z0-9_-]/i.test(unit) || (unit > '\u007f' && !CJK.test(unit) && !/[\s\u2000-\u206f]/.test(unit));
}
