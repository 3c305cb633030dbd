import { weightedSum } from './check-digits';
import { beginnings, type Found } from './found';
import { labelledFinder } from './labelled';
import { isOtherNumber } from './numbered';

const TWELVE =
  /(?<![A-Za-z0-9_-]|\d\.)(?:\d{12}|(?<!\d )\d{4} \d{4} \d{4}(?! \d)|\d{4}([-.])\d{4}\1\d{4})(?![A-Za-z0-9_]|[-.]\d)/dgu;
const YEARS = /^(?:(?:19|20)\d{2}[- ]?){3}$/;
const findLabelled = labelledFinder('my-number', [
  {
    label: String.raw`マイナンバー(?:カード)?|個人番号(?:カード)?|\bmy[ -]?number|\bindividual number`,
    value: String.raw`(?:\d[-. ]?){11}\d`,
  },
]);

/**
 * Japan's individual numbers: by what they are called, mistyped ones as well; and by their check digit, which one in
 * ten numbers of twelve digits has by chance.
 */
export function* findMyNumbers(words: string): Generator<Found> {
  yield* findLabelled(words);
  yield* beginnings('my-number', TWELVE, words, (value, from) => {
    const isOne = passesCheck(value.replace(/\D/g, '')) && !YEARS.test(value) && !isOtherNumber(words, from);
    return isOne ? value.length : undefined;
  });
}

/** Source: ordinance of the Ministry of Internal Affairs and Communications No. 85 of 2014, article 5. */
function passesCheck(digits: string): boolean {
  const rest = weightedSum(digits, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
  return Number(digits.at(-1)) === (rest <= 1 ? 0 : 11 - rest) && /[1-9]/.test(digits);
}
