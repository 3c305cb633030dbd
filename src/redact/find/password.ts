import { type Found, matches } from './found';

/** What may stand between the word and the password: a remark in brackets, quotes, `:` `=` `は` `is` or a column of a table. */
const GAP = String.raw`["'”」』*\u0060)]{0,3}(?:\s?\([^\n()]{1,20}\)| (?:for|to|of) [\w' -]{1,24})?(?:\s{0,2}(?::=|=>|->|[:=→|>\t]| - |は、?|が、?|\bis\b|\bwas\b)[\s*]{0,3}(?:こちら)?[:]?\s{0,2}|(?=[「『(]))`;
const QUOTE = String.raw`["'“「『(\u0060*]{0,3}`;
const VALUE = `(?<value>[!#-&(-:=?-_a-~]{4,64})`;
const BEGINS = '(?<![A-Za-z])';

const WORDS =
  'pass[ -]?word|passwd|pass[ -]?code|pass[ -]?phrase|pwd|パスワード|パスコード|パスフレーズ|暗証番号|合い?言葉';
const PASSWORD = String.raw`(?:${WORDS}|${BEGINS}pin(?:[ -]?(?:code|number|no\.?|コード))?)`;
const PW = `${BEGINS}pw(?![A-Za-z])`;
const SHORT = `(?:${BEGINS}pass(?![A-Za-z])|(?<![ァ-ヶー])パス(?![ァ-ヶー]))`;
const CODE =
  '(?:認証(?:コード|番号)|確認コード|\\byour code|(?:verification|one-time|2fa|mfa|login|security) ?code|\\botp)';
const KEY =
  '(?:secret|(?:api|access|license|product)[_ -]?key|token|秘密鍵|トークン|シークレット|(?:API|アクセス|ライセンス|プロダクト|認証)キー)';

type Rule = readonly [pattern: RegExp, isOne: (value: string) => boolean];

const said = (label: string): RegExp => new RegExp(`${label}${GAP}${QUOTE}${VALUE}`, 'dgiu');
/** With nothing but a space between, only what looks like nothing else. */
const spaced = (label: string): RegExp => new RegExp(`${label}[ \\n]{1,2}${QUOTE}${VALUE}`, 'dgiu');

const USER = String.raw`[^\s/:,、|"'「」]{1,64}`;
const BETWEEN = String.raw`(?:\s?[/:|,、・]\s?|\s{1,3})`;
/** `ID/PW: aiko / Winter!23`. */
const LABELLED_PAIR = new RegExp(
  String.raw`(?:\bid|\buser(?:name)?|\blogin|\baccount|ユーザー?(?:名|ID)?|アカウント|ログイン(?:ID)?)\s?[/・&と,+]\s?(?:pw|pass(?:word|wd)?|pwd|パスワード|パス)(?![A-Za-z])(?:\s?[:=]|は|が)?\s{0,3}${QUOTE}${USER}${BETWEEN}${QUOTE}${VALUE}`,
  'dgiu',
);
const ACCESS = new RegExp(
  String.raw`(?:(?:ログイン|アカウント|認証|接続)(?:情報|用)?|\b(?:login|log[ -]in|credentials?|creds|account)(?: (?:info|details|data))?)(?:\s?[:=]|は|\bis\b)\s{0,3}${QUOTE}${USER}\s?[/:|]\s?${QUOTE}${VALUE}`,
  'dgiu',
);
/** `admin / Abc123!`, `root:toor99`, `aiko@example.com / Abc123!`. */
const ADMIN =
  'admin(?:istrator)?|root|sa|sysadmin|superuser|postgres|mysql|oracle|ubuntu|ec2-user|jenkins|tomcat|管理者';
const WELL_KNOWN = String.raw`(?<![\w/.@-])(?:${ADMIN}|[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{3,80}\.[A-Za-z]{2,12})`;
const KNOWN_PAIR = new RegExp(String.raw`${WELL_KNOWN}(?: [/|:] |:|、)${QUOTE}${VALUE}(?![/\w])`, 'dgiu');
const CLOSE_PAIR = new RegExp(String.raw`${WELL_KNOWN}(?:/|: )${QUOTE}${VALUE}(?![/\w])`, 'dgiu');
/** With anything between: only what looks like nothing else. */
const LOOSE_PAIR = new RegExp(
  String.raw`(?<![\w/.@-])(?:${ADMIN})(?:\s?[,・→=(]\s?| - |\s{1,3})${QUOTE}(?![@#/-])${VALUE}`,
  'dgiu',
);
const ANY_PAIR = new RegExp(
  String.raw`(?<![\w/.@-])[A-Za-z][A-Za-z0-9._-]{1,40} [/|:] ${QUOTE}${VALUE}(?![/\w])`,
  'dgiu',
);
const ON_COMMAND_LINES =
  /(?:\bcurl\b[^\n]{0,200}? (?:-u|--user)[ =]?["']?[^\s:"']{1,64}:|\b(?:mysql|mysqldump|mysqladmin)\b[^\n]{0,200}? -p|\bsshpass -p ?["']?|\bAuthorization: Basic )(?<value>[!#-&(-~]{4,200})/dgiu;

/** `パスワードを…に`, `password was changed to …`. */
const CHANGED = new RegExp(
  `(?:${PASSWORD}|${PW}|${BEGINS}pass|(?<![ァ-ヶー])パス)(?:を| (?:(?:has been|was|is) )?(?:now )?(?:changed|set|reset) to ) ?${QUOTE}${VALUE}`,
  'dgiu',
);
const BEFORE = new RegExp(`(?<![!-~])${VALUE} (?:as|is) (?:the |my |your )?(?:password|passcode)`, 'dgiu');
const GUEST_PAIR = new RegExp(
  String.raw`(?<![\w/.@-])(?:guest|test|user|demo|support|info|ゲスト)\s?[/:|]\s?${QUOTE}${VALUE}(?![/\w])`,
  'dgiu',
);

/** Rules behind a look that words without any of their labels do not pass. */
const RULES: readonly (readonly [hint: RegExp, rules: readonly Rule[]])[] = [
  [
    /pass|pwd?|pin|パス|暗証|合い?言葉/i,
    [
      [said(PASSWORD), isPassword],
      // To pin something is another thing.
      [spaced(`(?:${WORDS})`), isMixed],
      [said(PW), isPassword],
      [spaced(PW), isMixed],
      [said(SHORT), isShortlyNamed],
      [spaced(`${BEGINS}pass(?![A-Za-z])`), isStrong],
      [LABELLED_PAIR, isPassword],
      [CHANGED, isMixed],
      [BEFORE, isMixed],
      [new RegExp(`(?:${PASSWORD}|${PW}|${BEGINS}pass)[/-]${QUOTE}${VALUE}`, 'dgiu'), isVaried],
      [said('(?:pass[ -]?phrase|パスフレーズ)'), (value) => /^[a-z]+(?:[-_.][a-z]+){2,}$/i.test(value)],
      [spaced(`(?:${BEGINS}pin(?: ?code)?|パスコード|暗証番号)`), (value) => /^\d{4,8}$/.test(value)],
    ],
  ],
  [
    /認証|確認|code|otp/i,
    [
      [said(CODE), isCode],
      [spaced(CODE), isCode],
    ],
  ],
  [/secret|key|token|鍵|トークン|シークレット|キー/i, [[said(KEY), isKey]]],
  [/ログイン|アカウント|認証|接続|log[ -]?in|cred|account/i, [[ACCESS, isMixed]]],
  [
    /admin|root|\bsa\b|superuser|postgres|mysql|oracle|ubuntu|ec2-user|jenkins|tomcat|管理者|@/i,
    [
      [KNOWN_PAIR, isMixed],
      [CLOSE_PAIR, isVaried],
      [LOOSE_PAIR, isStrong],
    ],
  ],
  [
    /guest|test|user|demo|support|info|ゲスト/i,
    [[GUEST_PAIR, (value) => isStrong(value) && isVaried(value) && /[A-Z]/.test(value)]],
  ],
  [/ [/|:] /, [[ANY_PAIR, (value) => isStrong(value) && /[A-Z]/.test(value) && /[@#$%^&*]|[!?][^!?]/.test(value)]]],
  [/curl|mysql|sshpass|basic/i, [[ON_COMMAND_LINES, (value) => !/^[$<{[%]/.test(value)]]],
];

/** What somebody calls a password, a code or a key themselves; and pairs of a user and a password. */
export function* findPasswords(words: string): Generator<Found> {
  for (const [pattern, isOne] of RULES.flatMap(([hint, rules]) => (hint.test(words) ? rules : [])))
    for (const { value, kind, from, to } of matches('secret', pattern, words)) {
      const own = value.replace(/[).,:\]}|*]+$/u, '');
      // A question mark or an exclamation mark at the end may be the sentence's: it makes no password of a word.
      const sure = own.replace(/[?!]+$/u, '');
      if (isOne(own) && /[^a-z]/i.test(sure) && !isCounted(own, words.slice(to, to + 2)) && !TERM.test(own))
        yield { kind, from, to: from + own.length };
    }
}

/** Not `2026年`, `8文字`. */
function isCounted(value: string, after: string): boolean {
  return /^\d+$/.test(value) && /^(?:[年月日桁文回件円人個名分秒時]| (?:of|ch|da|ti|ye|mi|se))/u.test(after);
}

/** Names of formats, products and files that have digits in them, and addresses. */
const TERMS = [
  // Whatever follows is of the name: `SHA256`, `argon2id`, `WPA2-PSK`, `Python3.12`
  String.raw`(?:base|sha|md|utf|aes|rsa|iso|rfc|http|oauth|wpa|tls|ssl|ntlm|kerberos|argon|pbkdf|bcrypt|scrypt|windows|microsoft|ipados|macos|android|python|outlook|fido|2fa|3des)[-_ ]?v?\d[\w.-]*`,
  // Words that passwords begin with as well (`S3cr3t`, `Test1234`): with a short number alone
  String.raw`(?:win|office|ios|php|java|node|vue|web|ie|edge|excel|word|gmail|s|ec|v|ver|step|rev|reset|policy|field|id|sso|mfa|test|spec|chapter|table|fig|section|page|room|day|week|level|type)[-_ ]?v?\d{1,2}(?:[.-]\d{1,3}){0,3}`,
  // Amounts
  String.raw`\d+(?:\.\d+)?(?:[kMG]?W|[kMG]?Hz|[KMGT]i?B|[kmµ]?V|m?A|mm|cm|km|k?g|m?s|dB|bits?|px|pt|rpm)`,
  'https?:.*',
  String.raw`[\w-]+\.(?:txt|md|docx?|xlsx?|pdf|png|jpe?g|ya?ml|json|env|ini|html?|[jt]sx?|py|csv|sh|java|go|rb|php)`,
];
const TERM = new RegExp(`^(?:${TERMS.join('|')})$`, 'iu');

/** `password: required`, `password=${DB_PASSWORD}` and `password = ask()` are none. */
function isPassword(value: string): boolean {
  if (/^[$<{[%*]|[(]|[*.•…]{3}/u.test(value)) return false;
  const hasLetter = /[A-Za-z]/.test(value);
  const hasDigit = /\d/.test(value);
  return (hasDigit && hasLetter) || /^\d{4,12}$/.test(value) || (hasLetter && /[A-Za-z].*[!@#$%^&*?]/.test(value));
}

/** Letters and digits, six at least, and no path. */
function isMixed(value: string): boolean {
  return value.length >= 6 && isPassword(value) && /[A-Za-z]/.test(value) && /\d/.test(value) && !/[/\\]/.test(value);
}

function isCode(value: string): boolean {
  return /^(?:[A-Z]-)?\d{4,8}$/.test(value);
}

/** A mark among them too. */
function isStrong(value: string): boolean {
  return isMixed(value) && /[!@#$%^&*?]/.test(value);
}

/** Small letters and capitals, or a mark among them. */
function isVaried(value: string): boolean {
  return isStrong(value) || (isMixed(value) && /[a-z]/.test(value) && /[A-Z]/.test(value));
}

/** After `pass` and `パス`, which mean other things as well: results of tests, paths. */
function isShortlyNamed(value: string): boolean {
  if (/[/\\]|::|^(?:test|spec|check|case|it_)/i.test(value)) return false;
  return isPassword(value) && /[A-Za-z]/.test(value) && /\d/.test(value);
}

/** `token: 4096` and `secret: v2` are none. */
function isKey(value: string): boolean {
  return value.length >= 12 && /[A-Za-z]/.test(value) && !value.includes('|') && isPassword(value);
}
