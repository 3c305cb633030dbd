import { hasKnownSubdomains } from './plain-host';

/** Schemes that clients follow without `//`. */
const FOLLOWED =
  /(?<![a-z0-9])(?:javascript|vbscript|data|mailto|tel|callto|sms|smsto|facetime|slack|msteams|skype|file|blob|intent|ms-[a-z]{1,30}|x-[a-z-]{1,30})\\?:(?=[(.,@{?]?[\p{L}\p{N}/+%])/iu;
/** What stands before it is a scheme, whichever. Browsers take a backslash for a slash. */
const SLASHES = /\\?:\\?[/\\]\\?[/\\](?=[\p{L}\p{N}{%-]|_+[\p{L}\p{N}]|\[[\da-f:])/gu;
/** One slash is enough for the schemes of the web. */
const WEB = /(?<![a-z0-9])(?:https?|ftps?|wss?)\\?:\\?[/\\](?=[\p{L}\p{N}{%-]|_+[\p{L}\p{N}]|\[[\da-f:])/iu;
/** Two labels or more with dots between; a dot may be escaped. */
const HOST = /(?<![\p{L}\p{N}\p{M}_-])(?:[\p{L}\p{N}\p{M}_-]+\\?\.)+[\p{L}\p{N}\p{M}_-]+/gu;
/** Endings of file names that are no top-level domains. */
const FILE_ENDINGS = new Set(
  'js jsx ts tsx mjs cjs mts cts json jsonl yaml yml toml txt text html htm css scss less xml csv tsv lock java kt go rb php swift cpp hpp cs vb lua sql exe dll log conf cfg ini env pdf png jpg jpeg gif svg webp doc docx xls xlsx ppt pptx tar gz map vue svelte ipynb parquet proto gradle'.split(
    ' ',
  ),
);

/**
 * Where an address begins in a word, or where what a client would make one of begins. `undefined`: it holds none that
 * can carry data; `README.md`, `main.rs`, `3.14` and `example.com` are such words. `isMail`: a name and an `@` stand
 * before it, so that its host alone is the one of a mailbox.
 */
export function findAddress(word: string, isMail: boolean): number | undefined {
  const starts = word.includes(':') ? [findScheme(word), WEB.exec(word)?.index, FOLLOWED.exec(word)?.index] : [];
  starts.push(findBareHost(word, isMail));
  const found = starts.filter((start) => start !== undefined);
  return found.length === 0 ? undefined : Math.min(...found);
}

function findScheme(word: string): number | undefined {
  let from = 0;
  for (const { index } of word.matchAll(SLASHES)) {
    let start = index;
    while (start > from && /[a-z0-9+.-]/i.test(word.charAt(start - 1))) start -= 1;
    while (start < index && !/[a-z]/i.test(word.charAt(start))) start += 1;
    if (start < index) return start;
    from = index;
  }
  return undefined;
}

function findBareHost(word: string, isMail: boolean): number | undefined {
  if (!word.includes('.')) return undefined;
  for (const match of word.matchAll(HOST)) {
    const host = match[0].replaceAll('\\', '').replace(/^[-_]+|[-_]+$/gu, '');
    if (isLive(host.split('.'), word.slice(match.index + match[0].length), isMail && match.index === 0))
      return match.index;
  }
  return undefined;
}

/** Whether a client could make a link of a host without a scheme, with what follows it, and the link carry data. */
function isLive(labels: readonly string[], tail: string, isMail: boolean): boolean {
  const last = labels.at(-1)?.toLowerCase() ?? '';
  if (labels.length < 2) return false;
  if (labels.slice(0, -1).some((label) => /www$/iu.test(label))) return true;
  if (labels.length === 4 && labels.every((label) => /^\d{1,3}$/u.test(label)))
    return carries(tail) && !/^\/\d{1,2}(?![\w/])/u.test(tail);
  if (!isTopLevel(last) || FILE_ENDINGS.has(last)) return false;
  return carries(tail) || (!isMail && namesData(labels));
}

/** Whether a path, a query or a fragment follows, after a port or not. */
function carries(tail: string): boolean {
  return /^(?::\d{1,5})?(?:\/|\\[\p{L}\p{N}/\\]|[?#][\p{L}\p{N}%=_/-])/u.test(tail);
}

function isTopLevel(label: string): boolean {
  return /^[a-z]{2,24}$/u.test(label) || label.startsWith('xn--') || /^[\u0080-\uffff]{2,}$/u.test(label);
}

/** Clients make a link of a name alone, too: what stands below a domain can be anything. */
function namesData(labels: readonly string[]): boolean {
  const names = labels.map((label) => label.toLowerCase());
  if (!/^(?:[a-z]{2,6}|xn--.*|[\u0080-\uffff]{2,})$/u.test(names.at(-1) ?? '')) return false;
  // `U.S.A.` and the like are no names.
  return !hasKnownSubdomains(names) && (names.length > 4 || names.slice(0, -2).some((label) => label.length > 1));
}
