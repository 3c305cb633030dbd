import { type Found, matches } from './found';

const LOCAL = /^[A-Za-z0-9._%+'&~-]$/;
const LOCAL_BEGINS = /^[A-Za-z0-9]$/;
const LOCAL_CHARACTERS = 64;
/** What stands for a dot: the full stop of Japanese keyboards too, and a comma before a usual ending. */
const DOT = '(?:[.。]|,(?=(?:com|net|org|jp|co|ne|or|ac)(?![A-Za-z0-9])))';
const LABEL = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?`;
const ENDING = '(?:xn--[A-Za-z0-9-]{2,59}|[A-Za-z]{2,24})(?![A-Za-z0-9-])';
const ASCII_LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
/** Slack makes a link of what follows a full-width `＠`. */
const DOMAIN = new RegExp(
  `^(?:https?://)?(?:(?:${ASCII_LABEL}${DOT}){1,8}${ENDING}|(?:${LABEL}${DOT}){1,8}${ENDING})`,
  'u',
);
/** `icon@2x.png`, `app@next.js`, and units of systemd: `app@8081.service`. No domain ends so. */
const FILE =
  /\.(?:avif|bmp|cfg|conf|config|css|csv|docx?|gif|gz|html?|ico|ini|jar|jpe?g|jsx?|json|lock|log|map|mjs|mount|pdf|png|pptx?|scope|service|slice|socket|sql|svg|swap|tar|target|tgz|timer|toml|tsx?|txt|webp|whl|xlsx?|xml|ya?ml)$/i;

/** Written around machines that gather addresses: `aiko(at)example.com`, `aiko★example.com`, `aiko at example dot com`. */
const NAME = '(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}';
const AT_WORD = '(?:at(?:mark)?|a|アット(?:マーク)?|あっと(?:まーく)?|@)';
const AT = `(?: ?[[({<【〔「] ?${AT_WORD} ?[\\])}>】〕」] ?| ?(?:アット(?:マーク)?|あっと(?:まーく)?) ?| ?[★☆◎■●◆⊙] ?|%40|\\\\u0040|&#(?:64|x40);|&commat;| @ )`;
const DOT_WORD = `(?:\\.| ?[[({<【〔「]? ?(?:dot|ドット|どっと) ?[\\])}>】〕」]? ?)`;
const DISGUISED = new RegExp(`${NAME}${AT}(?:${ASCII_LABEL}${DOT_WORD}){1,5}[A-Za-z]{2,24}(?![A-Za-z0-9-])`, 'dgiu');
const SPELLED = new RegExp(
  `${NAME}(?: dot [A-Za-z0-9]{1,30}){0,3} at (?:${ASCII_LABEL} dot ){1,5}[A-Za-z]{2,24}(?![A-Za-z0-9-])`,
  'dgiu',
);

const NATIVE_CHARACTERS = 12;
const NATIVE = /^[\p{sc=Han}\p{sc=Katakana}ー々]$/u;

function isNative(words: string, from: number, at: number): boolean {
  const isOnly = from === at || NATIVE.test(words.charAt(from));
  return isOnly && at - from < NATIVE_CHARACTERS && NATIVE.test(words.charAt(from - 1));
}

/** Addresses, also with a local part of Japanese characters. Source of the lengths: RFC 5321, 4.5.3.1. */
export function* findEmails(words: string): Generator<Found> {
  for (let at = words.indexOf('@'); at !== -1; at = words.indexOf('@', at + 1)) {
    let from = at;
    while (from > 0 && at - from < LOCAL_CHARACTERS && LOCAL.test(words.charAt(from - 1))) from -= 1;
    while (from < at && !LOCAL_BEGINS.test(words.charAt(from))) from += 1;
    // A name in Chinese characters or katakana, where there is no other.
    while (isNative(words, from, at)) from -= 1;
    const domain = DOMAIN.exec(words.slice(at + 1, at + 254))?.[0];
    if (from === at || domain === undefined || FILE.test(domain)) continue;
    const to = at + 1 + domain.length;
    // An address of a repository, git@host:path or git@host/path.
    if (words.slice(from, at) === 'git' && /[:/]/.test(words.charAt(to))) continue;
    yield { kind: 'email', from, to };
  }
  yield* matches('email', DISGUISED, words);
  yield* matches('email', SPELLED, words);
}
