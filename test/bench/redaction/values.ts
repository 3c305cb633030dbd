import { ALPHANUMERIC, fullWidth, type Random } from './random';

/** Values as people write them, made without what the finders know, check digits included. */

export function anEmail({ pick, below, of }: Random): string {
  const family = pick(['tanaka', 'suzuki', 'sato', 'garcia', 'mueller', 'okafor', 'lee', 'smith']);
  const given = pick(['aiko', 'kenji', 'maria', 'jan', 'ada', 'yuki', 'liam', 'noor']);
  const local = pick([
    `${given}.${family}`,
    `${given[0]}${family}`,
    `${family}_${given}`,
    `${given}+${of('abcxyz', 3)}`,
    `${given}${below(99)}`,
    `${family}-${given}`,
  ]);
  // Not example.com: some libraries leave test addresses alone.
  const domain = pick([
    'aozora-shoji.co.jp',
    'mail.northwind.com',
    'bank.aozora.jp',
    'northwind.org',
    'sub.dept.northwind.ac.uk',
    'northwind.io',
    'xn--r8jz45g.jp',
    'northwind.technology',
  ]);
  const email = `${local}@${domain}`;
  return pick([email, email, email, email, email.toUpperCase(), fullWidth(email)]);
}

const JAPANESE_PHONES: readonly ((random: Random) => readonly [string, string, string])[] = [
  ({ pick, digits, below }) => [pick(['090', '080', '070']), `${1 + below(9)}${digits(3)}`, digits(4)],
  ({ pick, digits, below }) => [pick(['03', '06']), `${pick(['3', '5', '6'])}${below(9)}${digits(2)}`, digits(4)],
  ({ pick, digits, below }) => [
    pick(['045', '052', '011', '092', '075', '078']),
    `${2 + below(7)}${digits(2)}`,
    digits(4),
  ],
  ({ pick, digits, below }) => [
    pick(['0422', '0798', '0467', '0263', '0852']),
    `${2 + below(7)}${digits(1)}`,
    digits(4),
  ],
  ({ digits }) => ['0120', digits(3), digits(3)],
];

export function aJapanesePhone(random: Random): string {
  const [area, middle, last] = random.pick(JAPANESE_PHONES)(random);
  const dashed = `${area}-${middle}-${last}`;
  return random.pick([
    dashed,
    dashed,
    dashed,
    `${area}${middle}${last}`,
    `${area}(${middle})${last}`,
    `${area} ${middle} ${last}`,
    fullWidth(dashed),
    dashed.replaceAll('-', 'ー'),
    ...(area === '0120' ? [] : [`+81-${area.slice(1)}-${middle}-${last}`, `+81 ${area.slice(1)}${middle}${last}`]),
  ]);
}

export function anInternationalPhone({ pick, digits, below }: Random): string {
  const area = pick(['212', '415', '617', '206', '312']);
  const exchange = `${2 + below(8)}${pick(['34', '56', '78', '42'])}`;
  const line = digits(4);
  return pick([
    `+1 ${area}-${exchange}-${line}`,
    `+1 (${area}) ${exchange}-${line}`,
    `(${area}) ${exchange}-${line}`,
    `${area}-${exchange}-${line}`,
    `+1${area}${exchange}${line}`,
    `+44 20 7${digits(3)} ${digits(4)}`,
    `020 7${digits(3)} ${digits(4)}`,
    `+44 7${pick(['400', '700', '911'])} ${digits(6)}`,
    `+49 30 ${2 + below(7)}${digits(6)}`,
    `+33 1 4${digits(1)} ${digits(2)} ${digits(2)} ${digits(2)}`,
    `+82 10-${2 + below(7)}${digits(3)}-${digits(4)}`,
    `+65 ${pick(['8', '9'])}${1 + below(7)}${digits(2)} ${digits(4)}`,
  ]);
}

export function aCard({ pick, digits, below }: Random): string {
  const [begin, length] = pick([
    ['4', 16],
    [`5${1 + below(5)}`, 16],
    [`2${3 + below(3)}`, 16],
    [pick(['34', '37']), 15],
    [`35${3 + below(5)}`, 16],
    ['36', 14],
    ['6011', 16],
  ] as const);
  const body = begin + digits(length - begin.length - 1);
  const number = body + luhnDigit(body);
  const groups = length === 16 ? [4, 4, 4, 4] : length === 15 ? [4, 6, 5] : [4, 6, 4];
  const parts = groups.map((size, index) => {
    const at = groups.slice(0, index).reduce((sum, one) => sum + one, 0);
    return number.slice(at, at + size);
  });
  return pick([number, parts.join(' '), parts.join(' '), parts.join('-'), fullWidth(parts.join(' '))]);
}

export function luhnDigit(body: string): number {
  const sum = [...body].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + Math.floor(doubled / 10) + (doubled % 10);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

export function anIban({ pick, digits, of }: Random): string {
  const [country, body] = pick([
    ['DE', digits(18)],
    ['FR', `${digits(10)}${of('ABCDEFGHIJ0123456789', 11)}${digits(2)}`],
    ['GB', `${pick(['WEST', 'BARC', 'NWBK'])}${digits(14)}`],
    ['NL', `${pick(['ABNA', 'INGB'])}${digits(10)}`],
    ['ES', digits(20)],
    ['CH', digits(17)],
    ['IT', `${pick(['A', 'X', 'Q'])}${digits(22)}`],
  ] as const);
  const numeric = [...`${body}${country}00`].map((one) => Number.parseInt(one, 36)).join('');
  const iban = `${country}${String(98n - (BigInt(numeric) % 97n)).padStart(2, '0')}${body}`;
  return pick([iban, iban.replace(/.{4}(?=.)/gu, '$& ')]);
}

export function aMyNumber({ pick, digits }: Random): string {
  const number = `${digits(11)}`;
  const whole = `${number}${myNumberDigit(number)}`;
  const parts = [whole.slice(0, 4), whole.slice(4, 8), whole.slice(8)];
  return pick([whole, parts.join(' '), parts.join('-'), fullWidth(whole)]);
}

export function myNumberDigit(eleven: string): number {
  const weights = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(eleven[index]), 0);
  return sum % 11 <= 1 ? 0 : 11 - (sum % 11);
}

export function aJapanesePassport({ pick, of, digits }: Random): string {
  const number = `${pick(['T', 'M', 'N'])}${of('ABHKRSZ', 1)}${digits(7)}`;
  return pick([number, number, number, fullWidth(number)]);
}

export function aForeignPassport({ pick, of, digits }: Random): string {
  return pick([digits(9), `${of('ACEGX', 1)}${digits(8)}`, `${of('AEGM', 2)}${digits(7)}`]);
}

const TOWNS = [
  '東京都千代田区丸の内',
  '東京都世田谷区三軒茶屋',
  '神奈川県横浜市西区みなとみらい',
  '大阪府大阪市北区梅田',
  '京都府京都市中京区寺町通',
  '北海道札幌市中央区北一条西',
  '愛知県名古屋市中村区名駅',
  '福岡県福岡市博多区博多駅前',
  '千葉県千葉市美浜区中瀬',
  '埼玉県さいたま市大宮区桜木町',
  '長野県北安曇郡白馬村北城',
  '沖縄県那覇市おもろまち',
  '広島市中区基町',
  '港区六本木',
] as const;

export function anAddress({ pick, below }: Random): string {
  const [one, two, three] = [1 + below(8), 1 + below(30), 1 + below(20)];
  const town = pick(TOWNS);
  const blocks = pick([
    `${one}-${two}-${three}`,
    `${one}丁目${two}番${three}号`,
    `${one}丁目${two}-${three}`,
    fullWidth(`${one}-${two}-${three}`),
    `${pick(['一', '二', '三', '四'])}丁目${two}番地${three}`,
    `${one}−${two}−${three}`,
  ]);
  return `${town}${blocks}${pick(['', '', '', ' 青葉ビル5階', 'サンハイツ203号室', ` ${pick(['丸の内', '中央'])}タワー12F`])}`;
}

export function aSecret(random: Random): string {
  const { pick, of, digits } = random;
  const letters = (length: number): string => of(ALPHANUMERIC, length);
  const base64url = (length: number): string => of(`${ALPHANUMERIC}-_`, length);
  return pick([
    () => `ghp_${letters(36)}`,
    () => `github_pat_${letters(22)}_${letters(59)}`,
    () => `xoxb-${digits(12)}-${digits(13)}-${letters(24)}`,
    () => `AKIA${of('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}`,
    () => `sk-ant-api03-${base64url(93)}AA`,
    () => `sk-proj-${base64url(48)}`,
    () => `AIza${base64url(35)}`,
    () => `eyJ${base64url(33)}.eyJ${base64url(60)}.${base64url(43)}`,
    () => `npm_${letters(36)}`,
    () => `glpat-${letters(20)}`,
    () => `sk_live_${letters(24)}`,
    () => `postgres://app:${letters(12)}@db.internal.example:5432/main`,
    () => `https://deploy:${letters(16)}@git.example.com`,
    () => `https://hooks.slack.com/services/T${of('ABC123', 8)}/B${of('ABC123', 8)}/${letters(24)}`,
    () => `SG.${base64url(22)}.${base64url(43)}`,
    () => `hf_${of('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 34)}`,
    () => `-----BEGIN PRIVATE KEY-----\n${letters(64)}\n${letters(64)}\n-----END PRIVATE KEY-----`,
  ])();
}

/** What only the words beside it tell. */
export function aPassword({ pick, of, digits }: Random): string {
  const word = pick(['sakura', 'Winter', 'dragon', 'Correct', 'tokyo']);
  return pick([`${word}${digits(4)}`, `${word}!${digits(2)}`, `${of('abcdefGHJK', 5)}#${digits(3)}x`]);
}

export function aJapaneseName({ pick }: Random): string {
  const family = pick([
    '田中',
    '佐藤',
    '鈴木',
    '高橋',
    '伊藤',
    '渡辺',
    '山本',
    '中村',
    '小林',
    '加藤',
    '吉田',
    '山田',
    '松本',
    '井上',
    '木村',
    '斎藤',
    '清水',
    '山崎',
    '阿部',
    '池田',
  ]);
  const given = pick([
    '太郎',
    '花子',
    '健一',
    '美咲',
    '翔太',
    '陽子',
    '大輔',
    '愛',
    '直樹',
    '由美子',
    '拓也',
    '恵子',
    '隆',
    '真由美',
  ]);
  return pick([`${family}${given}`, `${family} ${given}`, `${family}|さん`, `${family}|様`, `${family}|部長`]);
}
