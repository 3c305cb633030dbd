import { type Found, matches } from './found';
import { isOtherNumber } from './numbered';

const TWELVE = /(?<![A-Za-z0-9_-]|\d[ .,])(?:\d{12}|\d{4} \d{4} \d{4}|\d{4}-\d{4}-\d{4})(?![A-Za-z0-9_]|[-. ]\d)/dgu;

/** Japan's individual numbers, by their check digit: one in ten numbers of twelve digits has one by chance. */
export function* findMyNumbers(words: string): Generator<Found> {
  for (const { value, ...found } of matches('my-number', TWELVE, words))
    if (passesCheck(value.replace(/\D/g, '')) && !isOtherNumber(words, found.from)) yield found;
}

/** Source: ordinance of the Ministry of Internal Affairs and Communications No. 85 of 2014, article 5. */
function passesCheck(digits: string): boolean {
  const weighted = [...digits.slice(0, 11)].reverse().reduce((sum, digit, index) => {
    const n = index + 1;
    return sum + Number(digit) * (n <= 6 ? n + 1 : n - 5);
  }, 0);
  const rest = weighted % 11;
  return Number(digits.at(-1)) === (rest <= 1 ? 0 : 11 - rest) && /[1-9]/.test(digits);
}
