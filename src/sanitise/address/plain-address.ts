import { isEverydayKanji, oddPairs } from './letters';
import { isPlainHost } from './plain-host';

/**
 * What a path may have at most to count as short. Tuned on addresses that people ask for (`test/sanitise/ordinary.ts`)
 * and on secrets in each form that fits in an address (`test/sanitise/secrets.ts`).
 */
const MOST = {
  /** Characters of the whole path, percent-encoded Japanese counted as it reads. */
  path: 80,
  segments: 8,
  segment: 40,
  /** Words of one segment, with a hyphen, a dot or an underscore between. */
  words: 6,
  /** Digits of the whole path: a date, a year with a number, the number of a question. */
  digits: 8,
  /** Words that mix letters and digits: `s3`, `v2`, `2nd`. */
  mixed: 2,
  /** Letters of Japanese. */
  japanese: 16,
} as const;

const PLAIN = /^https:\/\/([a-z0-9.-]+)(?::443)?(\/[^?#]*)?$/u;
const IS_ASCII = /^[A-Za-z0-9._-]+$/u;
const JAPANESE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}々ー・]/gu;
/** Letters as words have them: small, large, or small with large ones where words begin. */
const CASED = /^(?:[a-z]+|[A-Z]{2,6}|(?:[A-Z]{2,5})?[A-Z]?[a-z]+(?:[A-Z][a-z]+){0,3}(?:[A-Z]{2,4})?)$/u;
/** Letters and digits as names have them. */
const MIXED =
  /^(?:(?:[A-Z]?[a-z]{1,12}|[A-Z]{1,6}|[A-Z][a-z]+[A-Z])\d{1,4}|\d{1,4}[a-z]{1,3}|v\d{1,3}(?:alpha|beta|rc)\d{0,2})$/u;
const ABBREVIATIONS = new Set(
  'api aws cli css dns ftp fs gcp gdpr git html htm http https jp js json jsp k8s ldap md mdn nn npm php pdf rfc sdk sql src ssh ssl std tls ts tsx txt ui url vpc vpn wcag wsl xml'.split(
    ' ',
  ),
);

/**
 * Whether an address carries nothing but a short path of words: https, a plain host, no user, no port but 443, no query,
 * no fragment, no part that is long or looks random. What is in such words still travels with a click; a key, a token
 * or anything encoded does not fit.
 */
export function carriesWordsOnly(address: string): boolean {
  const [whole, host = '', path = ''] = PLAIN.exec(address) ?? [];
  return whole !== undefined && isPlainHost(host) && isPlainPath(path);
}

/** What stands in the path so far. */
interface Tally {
  digits: number;
  mixed: number;
  letters: number;
  odd: number;
  japanese: number;
}

function isPlainPath(path: string): boolean {
  const written = decoded(path);
  if (written === undefined || written.length > MOST.path) return false;
  const segments = written.replace(/^\/|\/$/gu, '').split('/');
  if (segments.length > MOST.segments) return false;
  const tally: Tally = { digits: 0, mixed: 0, letters: 0, odd: 0, japanese: 0 };
  if (written.length > 1 && !segments.every((segment) => isPlainSegment(segment, tally))) return false;
  return (
    tally.digits <= MOST.digits &&
    tally.mixed <= MOST.mixed &&
    tally.japanese <= MOST.japanese &&
    tally.odd <= oddAllowed(tally.letters)
  );
}

/** Names have a few odd pairs of letters; of those of random letters every second one is odd. */
function oddAllowed(letters: number): number {
  return letters < 9 ? 0 : 1 + Math.floor(letters / 24);
}

/** The path with its Japanese as it reads. Nothing else may be percent-encoded: that would only hide what it says. */
function decoded(path: string): string | undefined {
  if (!path.includes('%')) return path;
  try {
    return path.replace(/(?:%[0-9a-f]{2})+/giu, (codes) => {
      const written = decodeURIComponent(codes);
      if (written.replace(JAPANESE, '') !== '') throw new URIError();
      return written;
    });
  } catch {
    return undefined;
  }
}

function isPlainSegment(segment: string, tally: Tally): boolean {
  if (segment.length === 0 || segment.length > MOST.segment) return false;
  const japanese = segment.match(JAPANESE) ?? [];
  tally.japanese += japanese.length;
  if (japanese.some((letter) => /\p{sc=Han}/u.test(letter) && letter !== '々' && !isEverydayKanji(letter)))
    return false;
  const rest = segment.replace(JAPANESE, '-');
  if (!IS_ASCII.test(rest) || /^\.+$/u.test(rest)) return false;
  const words = rest.split(/[._-]+/u).filter((word) => word !== '');
  return words.length <= MOST.words && words.every((word) => isPlainWord(word, tally));
}

/** A part of a segment between signs: `started`, `JavaScript`, `AmazonS3`, `8080`. */
function isPlainWord(word: string, tally: Tally): boolean {
  const digits = word.replace(/[A-Za-z]+/gu, '');
  tally.digits += digits.length;
  if (digits !== '') tally.mixed += digits === word ? 0 : 1;
  if (digits === word) return true;
  if (!(digits === '' ? CASED : MIXED).test(word)) return false;
  for (const part of word.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/gu) ?? []) {
    const letters = part.toLowerCase();
    tally.letters += letters.length;
    if (!ABBREVIATIONS.has(letters)) tally.odd += oddPairs(letters);
  }
  return true;
}
