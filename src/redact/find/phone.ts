import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
import { type Finder, type Found, matches } from './found';
import { isOtherNumber } from './numbered';

/** `parsePhoneNumberFromString` of libphonenumber-js with all its metadata. */
export type ParsePhone = (words: string, country?: CountryCode) => PhoneNumber | undefined;

const INTERNATIONAL = /(?<![A-Za-z0-9_+])\+\d[\d ().-]{6,22}\d/dgu;
const NATIONAL = /(?<![A-Za-z0-9_+#.]|\d[-/: ])\(?0\d[\d ()-]{7,15}\d(?![A-Za-z_\d])/dgu;
const AMERICAN =
  /(?<![A-Za-z0-9_+#.(-])(?:\([2-9]\d{2}\) ?[2-9]\d{2}-|[2-9]\d{2}([-.])[2-9]\d{2}\1)\d{4}(?![A-Za-z0-9_]|[-.]\d)/dgu;
const SAID = /電話|携帯|連絡|ファクス|ファックス|\b(?:tel|phone|mobile|cell|fax|call|contact)\b/iu;

/**
 * Phone numbers with their country's code, and as they are written in Japan, in the United Kingdom and in North
 * America, where they can exist by the numbering plan.
 */
export function phoneFinder(parse: ParsePhone): Finder {
  const valid = (words: string, countries: readonly CountryCode[]): boolean =>
    countries.some((country) => parse(words, country)?.isValid() === true);
  const international = (value: string): boolean => parse(value)?.isValid() === true;
  /** One that the numbering plan does not have yet, or any more. */
  const likely = (value: string): boolean => /[ ().-]/.test(value) && parse(value)?.isPossible() === true;
  const national = (value: string): boolean => {
    const length = value.replace(/\D/g, '').length;
    const parted = /[ ()-]/.test(value);
    return (length === 10 || length === 11) && valid(value, parted && length === 11 ? ['JP', 'GB'] : ['JP']);
  };
  return function* (words) {
    for (const candidate of matches('phone', INTERNATIONAL, words)) {
      const found = longest(candidate, international) ?? longest(candidate, likely);
      if (found !== undefined) yield found;
    }
    for (const candidate of matches('phone', NATIONAL, words)) {
      const found = isOtherNumber(words, candidate.from, SAID) ? undefined : longest(candidate, national);
      if (found !== undefined) yield found;
    }
    for (const { value, ...found } of matches('phone', AMERICAN, words))
      if (!isOtherNumber(words, found.from, SAID) && valid(value, ['US'])) yield found;
  };
}

/** The longest beginning that is a number, cut where a group ends: other numbers may follow. */
function longest({ from, value }: Found & { value: string }, isPhone: (value: string) => boolean): Found | undefined {
  for (let candidate = value; candidate !== ''; candidate = candidate.replace(/[ ().-]*\d+$/u, '')) {
    if (isPhone(candidate)) return { kind: 'phone', from, to: from + candidate.length };
  }
  return undefined;
}
