import { passesLuhn } from './check-digits';
import { beginnings, type Found, matches } from './found';
import { isOtherNumber } from './numbered';

const BETWEEN = '[-. ]';
/** People write `JCB3530…`: the brand alone may stand right before the digits. */
const BRAND = '(?:visa|jcb|amex|diners|discover|master|mastercard|card)';
/** Digits in one piece, or in the groups that are printed on cards and that forms ask for. */
const CARD = new RegExp(
  String.raw`(?:(?<![A-Za-z0-9_-]|\d\.)|(?<=(?<![A-Za-z])${BRAND}))(?:\d{13,19}|\d{4}(?:(?:${BETWEEN}\d{4}){3}(?:${BETWEEN}\d{1,3})?|${BETWEEN}\d{6}${BETWEEN}\d{4,6}|${BETWEEN}\d{12})|\d{12}${BETWEEN}\d{4}|\d{6}${BETWEEN}\d{10,13}|\d{8}${BETWEEN}\d{8})(?![A-Za-z0-9_]|[-.]\d)`,
  'dgiu',
);
const SECURITY_CODE =
  /(?:(?<![A-Za-z])(?:cvv2?|cvc2?|cvn|cid|security code)|セキュリティー?コード)(?:[ :=は#]|is|no\.?){0,4}(?<value>\d{3,4})(?![A-Za-z0-9_]|[-.]\d|桁)/dgiu;

/** Digits that a number begins with, and its lengths. Source: ISO/IEC 7812 issuer ranges as the networks tell them. */
const ISSUERS: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^4/, [16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:35(?:2[89]|[3-8]))/, [16, 17, 18, 19]],
  [/^(?:30[0-5]|3095|3[689])/, [14, 16, 17, 18, 19]],
  [/^(?:6011|64[4-9]|65)/, [16, 17, 18, 19]],
  [/^62/, [16, 17, 18, 19]],
];

/**
 * Credit and debit cards: Visa, Mastercard, American Express, JCB, Diners, Discover, UnionPay, with their check digit,
 * unless the words before say that it is the number of something else; and security codes that say so.
 */
export function* findCards(words: string): Generator<Found> {
  yield* beginnings('card', CARD, words, (value, from) => {
    const digits = value.replace(/\D/g, '');
    const issued = ISSUERS.some(([begin, lengths]) => begin.test(digits) && lengths.includes(digits.length));
    return issued && passesLuhn(digits) && !isOtherNumber(words, from) ? value.length : undefined;
  });
  yield* matches('card', SECURITY_CODE, words);
}
