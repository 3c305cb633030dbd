import { fullWidth, type Random } from './random';

/** Numbers of people and accounts, with what people call them; and marks that people type between groups. */

export function anIdNumberJa({ pick, digits, below, of }: Random): string {
  const licence = `${pick(['30', '45', '62', '43', '90'])}${digits(10)}`;
  const pension = `${digits(4)}-${digits(6)}`;
  const card = `${of('ABCDEFGHJKLMNPQRSTUVWXYZ', 2)}${digits(8)}${of('ABCDEFGHJKLMNPQRSTUVWXYZ', 2)}`;
  const [label, number] = pick([
    ['運転免許証番号：', licence],
    ['免許証の番号は', licence],
    ['免許証 第', licence],
    ['基礎年金番号：', pension],
    ['年金番号は', pension.replace('-', '')],
    ['在留カード番号：', card],
    ['在留カードは', card],
    ['保険者番号：', `0${1 + below(7)}${digits(6)}`],
    ['被保険者番号：', digits(8)],
    ['雇用保険の被保険者番号は', `${digits(4)}-${digits(6)}-${digits(1)}`],
    ['住民票コード：', digits(11)],
  ] as const);
  return `${label}|${pick([number, number, fullWidth(number), number.replaceAll('-', 'ー')])}`;
}

export function anIdNumberEn({ pick, digits, below, of }: Random): string {
  const ssn = `${1 + below(5)}${digits(1)}${1 + below(9)}-${1 + below(9)}${digits(1)}-${1 + below(9)}${digits(3)}`;
  const [label, number] = pick([
    ['', ssn],
    ['SSN ', ssn.replaceAll('-', ' ')],
    ['social security number: ', ssn.replaceAll('-', '')],
    ['SSN is ', ssn.replaceAll('-', '–')],
    ['national insurance number ', `${of('ABCEGHJ', 2)}${digits(6)}${of('ABCD', 1)}`],
    ["driver's license ", `${of('ABCDEFGH', 1)}${digits(7)}`],
    ['residence card ', `${of('ABCDEFGH', 2)}${digits(8)}${of('ABCDEFGH', 2)}`],
  ] as const);
  return `${label}|${number}`;
}

export function anAccount({ pick, digits, below }: Random): string {
  const seven = `${1 + below(9)}${digits(6)}`;
  const [label, number] = pick([
    ['口座番号：', seven],
    ['口座番号は', seven],
    ['普通 ', seven],
    ['三井住友銀行 神戸支店 普通 ', seven],
    ['当座預金：', seven],
    ['（普）', seven],
    ['ゆうちょ 記号', `1${digits(3)}0 番号${digits(7)}1`],
    ['bank account number ', digits(10)],
    ['account no. ', digits(8)],
    ['sort code ', `${digits(2)}-${digits(2)}-${digits(2)}`],
  ] as const);
  return `${label}|${pick([number, number, fullWidth(number)])}`;
}

const MARKS = [...'‐‑‒–—−－ー━─〜～_｜／・'];

/** The same number with other marks between, wider digits, or invisible characters in it. */
export function typed(number: string, { pick }: Random): string {
  const marked = number.replaceAll('-', pick(MARKS));
  return pick([marked, marked, fullWidth(number), [...marked].join(pick(['', '', '\u200b']))]);
}
