import { weightedSum } from './check-digits';
import { type Found, matches } from './found';
import { labelledFinder } from './labelled';
import { isOtherNumber } from './numbered';

const ANY = (digits: string): string => String.raw`(?:\d[-. ]?){${digits}}\d`;
/** Letters and digits, five digits at least. */
const MIXED = String.raw`(?=(?:[A-Z .-]{0,6}\d){5})[A-Z0-9](?:[ .-]?[A-Z0-9]){5,17}`;

/**
 * Numbers by what they are called. Sources: driving licence, 12 digits (National Police Agency's specification of the
 * card); basic pension number, 4 and 6 digits (Japan Pension Service); insurers, 6 or 8 digits, and symbol and number of
 * the insured (Ministry of Health, "保険者番号設定要領"); employment insurance, 4, 6 and 1 digits; resident record code, 11
 * digits; Medicare, 11 letters and digits (CMS, "Understanding the MBI format").
 */
const findLabelled = labelledFinder('id-number', [
  { label: '免許証?', value: ANY('11') },
  { label: '年金', value: ANY('9') },
  { label: '年金証書', value: String.raw`\d{4}[-. ]?\d{6}[-. ]?\d{4}` },
  { label: '雇用保険(?:の?被保険者)?', value: String.raw`\d{4}[-. ]?\d{6}[-. ]?\d` },
  { label: '(?<!被)保険者', value: String.raw`\d{8}|\d{6}` },
  {
    label: '被保険者証?(?:の?記号)?(?:及び|[・.-])?|(?:保険|健保|組合員)証|資格確認書',
    value: String.raw`\d{1,8}(?:[-. ]\d{1,8}){1,3}|\d{4,11}`,
  },
  { label: String.raw`\bpension`, value: ANY('9') },
  {
    label: String.raw`\b(?:health |medical )?insurance(?: card)?(?= (?:number|no\b|id|card))`,
    value: String.raw`\d(?:[-. ]?\d){5,11}`,
  },
  { label: '記号[・/]番号', value: String.raw`\d{1,8}[-. ・/]\d{1,8}` },
  { label: '住民票', value: ANY('10') },
  { label: '在留(?:カード)?|特別永住者(?:証明書)?|residence card', value: String.raw`[A-Z]{2}[- ]?\d{8}[- ]?[A-Z]{2}` },
  {
    label: String.raw`\b(?:ssn|itin|social security(?: card)?)|\bss ?#|社会保障`,
    value: String.raw`\d{3}[-. ]?\d{2}[-. ]?\d{4}`,
  },
  {
    label: String.raw`\bsocial insurance|\bsin(?= ?(?:number|no\b|is|:|#))`,
    value: String.raw`\d{3}[-. ]?\d{3}[-. ]?\d{3}`,
  },
  {
    label: String.raw`\bmedicare|\bmbi`,
    value: String.raw`[1-9][A-Z][A-Z0-9]\d[- ]?[A-Z][A-Z0-9]\d[- ]?[A-Z]{2}\d{2}`,
  },
  { label: String.raw`\bnhs`, value: String.raw`\d{3}[-. ]?\d{3}[-. ]?\d{4}` },
  { label: String.raw`\b(?:national insurance|nino|ni)\b`, value: String.raw`[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]` },
  {
    label: String.raw`\bdriv(?:er'?s?|ing)[ ]licen[cs]e|\bnational id|\bid card|\bidentity (?:card|document)|\btax(?:payer)? id(?:entification)?|\baadhaar|\bpersonnummer|\bcodice fiscale|\bcpf|\bdni|\bbsn|身分証(?:明書)?|身份证|주민등록`,
    value: MIXED,
  },
]);

/** Symbol and number on an insurance card. */
const SYMBOL_AND_NUMBER =
  /(?<!銀行[^\n]{0,12})記号[ :・]{0,3}(?<value>[^\s:・、,番]{1,12}[ ・、,:-]{0,3}番号[ :は]{0,3}[0-9]{1,10}(?:[^\n0-9]{0,6}枝番[ :]{0,2}[0-9]{2})?)(?![0-9])/dgu;

/** Not at once after a noun of Japanese, which says what it is: `修理受付300-41-8827`. */
const SSN =
  /(?<![A-Za-z0-9_-]|\d\.|(?<!番号)[\p{sc=Han}\p{sc=Katakana}ー])(?:\d{3}([-.])\d{2}\1\d{4}|(?<!\d )\d{3} \d{2} \d{4}(?! \d))(?![A-Za-z0-9_]|[-.][A-Z0-9])/dgu;
const INSURANCE_UK = /(?<![A-Za-z0-9_-])[A-Z]{2} \d{2} \d{2} \d{2} [A-D](?![A-Za-z0-9_])/dgu;
const RESIDENCE_CARD = /(?<![A-Za-z0-9_-])[A-Z]{2} ?\d{8} ?[A-Z]{2}(?![A-Za-z0-9_-])/dgu;
const LICENCE = /第 ?(?<value>\d{12}) ?号/dgu;
const KOREA = /(?<![A-Za-z0-9_-])\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-[1-8]\d{6}(?![A-Za-z0-9_-])/dgu;
const CHINA =
  /(?<![A-Za-z0-9_-])[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx](?![A-Za-z0-9_-])/dgu;
const SINGAPORE = /(?<![A-Za-z0-9_-])[STFGM]\d{7}[A-Z](?![A-Za-z0-9_-])/dgu;
const BRAZIL = /(?<![A-Za-z0-9_-])\d{3}\.\d{3}\.\d{3}-\d{2}(?![A-Za-z0-9_-])/dgu;

const PATTERNS: readonly (readonly [RegExp, (value: string) => boolean])[] = [
  [SSN, isSsn],
  [INSURANCE_UK, () => true],
  [RESIDENCE_CARD, () => true],
  [LICENCE, isLicence],
  [KOREA, () => true],
  [CHINA, (value) => chinaCheck(value) === value.charAt(17).toUpperCase()],
  [SINGAPORE, isSingaporean],
  [BRAZIL, (value) => isBrazilian(value.replace(/\D/g, ''))],
];

/**
 * Numbers that a state or an insurer gives to a person: by what people call them, and without that where their form
 * is like no other's (US social security, UK national insurance, residence cards of Japan, identity numbers of
 * China, Korea, Singapore and Brazil).
 */
export function* findNationalIds(words: string): Generator<Found> {
  yield* findLabelled(words);
  yield* matches('id-number', SYMBOL_AND_NUMBER, words);
  for (const [pattern, isOne] of PATTERNS)
    for (const { value, ...found } of matches('id-number', pattern, words))
      if (isOne(value) && !isOtherNumber(words, found.from)) yield found;
}

/** Source: Social Security Administration, "SSN Randomization"; those that begin with 9 are the IRS's ITINs. */
function isSsn(value: string): boolean {
  const [area = '', group = '', serial = ''] = value.split(/[-. ]/);
  if (area === '000' || area === '666' || group === '00' || serial === '0000') return false;
  return !area.startsWith('9') || /^(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])$/.test(group);
}

/** Committees of public safety by their codes, and the eleventh digit, which checks the ten before it. */
function isLicence(value: string): boolean {
  const check = (11 - (weightedSum(value, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 10;
  return /^(?:00|1[0-4]|2[0-5]|30|4\d|5[0-5]|6[0-5]|7[0-4]|8[0-3]|9[0-7])/.test(value) && check === Number(value[10]);
}

/** Source: GB 11643-1999 (ISO 7064, MOD 11-2). */
function chinaCheck(value: string): string {
  return '10X98765432'.charAt(weightedSum(value, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11);
}

function isSingaporean(value: string): boolean {
  const series = value.charAt(0);
  const sum = weightedSum(value.slice(1), [2, 7, 6, 5, 4, 3, 2]) + (/[TG]/.test(series) ? 4 : series === 'M' ? 3 : 0);
  const letters = /[ST]/.test(series) ? 'JZIHGFEDCBA' : series === 'M' ? 'KLJNPQRTUWX' : 'XWUTRQPNMLK';
  const at = series === 'M' ? 10 - (sum % 11) : sum % 11;
  return letters.charAt(at) === value.charAt(8);
}

function isBrazilian(digits: string): boolean {
  const check = (weights: readonly number[]): number => ((weightedSum(digits, weights) * 10) % 11) % 10;
  return (
    check([10, 9, 8, 7, 6, 5, 4, 3, 2]) === Number(digits[9]) &&
    check([11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) === Number(digits[10])
  );
}
