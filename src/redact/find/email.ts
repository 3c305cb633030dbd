import type { Found } from './found';

const LOCAL = /^[A-Za-z0-9._%+'&~-]$/;
const LOCAL_BEGINS = /^[A-Za-z0-9]$/;
const LOCAL_CHARACTERS = 64;
const DOMAIN =
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}(?:xn--[A-Za-z0-9-]{2,59}|[A-Za-z]{2,24})(?![A-Za-z0-9-])/;
/** `icon@2x.png`, `app@next.js`. */
const FILE =
  /\.(?:avif|bmp|css|csv|gif|gz|html?|ico|jpe?g|jsx?|json|map|mjs|pdf|png|svg|tar|tgz|tsx?|txt|webp|ya?ml)$/i;

/** Addresses of ASCII characters, as nearly all are. Source of the lengths: RFC 5321, 4.5.3.1. */
export function* findEmails(words: string): Generator<Found> {
  for (let at = words.indexOf('@'); at !== -1; at = words.indexOf('@', at + 1)) {
    let from = at;
    while (from > 0 && at - from < LOCAL_CHARACTERS && LOCAL.test(words.charAt(from - 1))) from -= 1;
    while (from < at && !LOCAL_BEGINS.test(words.charAt(from))) from += 1;
    const domain = DOMAIN.exec(words.slice(at + 1, at + 254))?.[0];
    if (from === at || domain === undefined || FILE.test(domain)) continue;
    const to = at + 1 + domain.length;
    // An address of a repository, git@host:path.
    if (words.slice(from, at) === 'git' && words.charAt(to) === ':') continue;
    yield { kind: 'email', from, to };
  }
}
