import { type Found, matches } from './found';

/** Of Germany, without vowels and letters that look like digits. */
const GERMAN = '[CFGHJ-NPRTV-Z][CFGHJ-NPRTV-Z0-9]{8}';
const IS_GERMAN = new RegExp(`^(?=.*[0-9])${GERMAN}$`);
/** Japan's two letters and seven digits; other countries' nine digits, or one letter with seven or eight. */
const NUMBER = String.raw`(?<value>[A-Z]{2}[ ー・-]?\d{3}[ ー・-]?\d{4}|[A-Z]\d{7,8}|\d{9}|[A-Z0-9]{2}\d{5}[A-Z0-9]{1,2}|[A-Z](?=(?:[A-Z]{0,3}\d){5})[A-Z0-9]{8}|${GERMAN})(?![A-Za-z0-9_])`;
const SAID = '(?:パスポート|旅券|passport|reisepass|passeport|pasaporte)';
const AFTER = new RegExp(String.raw`${SAID}[^\n]{0,24}?\n?(?<![A-Za-z0-9_-])${NUMBER}`, 'dgiu');
const BEFORE = new RegExp(`(?<![A-Za-z0-9_-])${NUMBER}[ (（は、,:]{0,3}${SAID}`, 'dgiu');
/** The two lines that a machine reads. Source: ICAO Doc 9303, part 4. */
const MACHINE_READABLE =
  /(?<![A-Z0-9<])(?:P[A-Z<][A-Z]{3}[A-Z<]{39}|[A-Z0-9<]{9}\d[A-Z<]{3}\d{7}[MFX<]\d{7}[A-Z0-9<]{14}\d{2})(?![A-Z0-9<])/dgu;

/** Numbers of passports where the words beside them say so, since their form is that of many a part number. */
export function* findPassports(words: string): Generator<Found> {
  for (const pattern of [AFTER, BEFORE])
    for (const { value, ...found } of matches('passport', pattern, words))
      if (/\d{5}/.test(value.replace(/\D/g, '')) || IS_GERMAN.test(value)) yield found;
  yield* matches('passport', MACHINE_READABLE, words);
}
