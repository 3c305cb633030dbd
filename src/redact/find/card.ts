import { type Found, matches } from './found';

const CARD =
  /(?<![A-Za-z0-9_-]|\d[.,])(?:\d{13,19}|\d{4}(?:(?: \d{4}){3}(?: \d{1,3})?|(?:-\d{4}){3}(?:-\d{1,3})?|(?:\.\d{4}){3}| \d{6} \d{4,5}|-\d{6}-\d{4,5}))(?![A-Za-z0-9_]|[-.]\d)/dgu;

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

/** Credit and debit cards: Visa, Mastercard, American Express, JCB, Diners, Discover, UnionPay, with their check digit. */
export function* findCards(words: string): Generator<Found> {
  for (const { value, ...found } of matches('card', CARD, words)) {
    const digits = value.replace(/\D/g, '');
    if (ISSUERS.some(([begin, lengths]) => begin.test(digits) && lengths.includes(digits.length)) && passesLuhn(digits))
      yield found;
  }
}

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const twice = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (twice > 9 ? twice - 9 : twice);
  }, 0);
  return sum % 10 === 0;
}
