import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
import { beginnings, type Finder, matches } from './found';
import { isOtherNumber } from './numbered';

/** `parsePhoneNumberFromString` of libphonenumber-js with all its metadata. */
export type ParsePhone = (words: string, country?: CountryCode) => PhoneNumber | undefined;

const INTERNATIONAL = /(?<![0-9_+])\+\d[\d ().-]{6,22}\d/gu;
const NATIONAL =
  /(?:(?<=\b(?:tel|fax|phone|mobile|cell)\.?)|(?<![A-Za-z0-9_+#.]|\d[-/:]))\(?0\d[\d ()-]{7,15}\d(?![A-Za-z_\d])/giu;
const AMERICAN =
  /(?<![A-Za-z0-9_+#.(-])(?:\([2-9]\d{2}\) ?[2-9]\d{2}-|[2-9]\d{2}([-.])[2-9]\d{2}\1)\d{4}(?![A-Za-z0-9_]|[-.]\d)/dgu;
/** Mobile numbers of Japan, as some write them. */
const DOTTED = /(?<![A-Za-z0-9_+#.-])0[789]0\.\d{4}\.\d{4}(?![A-Za-z0-9_]|[-.]\d)/dgu;

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
    yield* beginnings(
      'phone',
      INTERNATIONAL,
      words,
      (value) => longest(value, international) ?? longest(value, likely),
    );
    yield* beginnings('phone', NATIONAL, words, (value, from) => {
      const length = isOtherNumber(words, from) ? undefined : longest(value, national);
      return length !== undefined && goesOn(words, from, value.slice(0, length)) ? undefined : length;
    });
    for (const pattern of [AMERICAN, DOTTED])
      for (const { value, ...found } of matches('phone', pattern, words))
        if (!isOtherNumber(words, found.from) && valid(value, ['US', 'JP'])) yield found;
  };
}

/** Whether it is in the middle of a row of groups with spaces between. */
function goesOn(words: string, from: number, value: string): boolean {
  return /\d $/.test(words.slice(Math.max(0, from - 2), from)) && /^[\d ]+$/.test(value) && value.includes(' ');
}

/** A number has no more groups than this. */
const MOST_GROUPS = 8;

/** The length of the longest beginning that is a number, cut where a group ends: other numbers may follow. */
function longest(value: string, isPhone: (value: string) => boolean): number | undefined {
  let candidate = value;
  for (let groups = 0; groups < MOST_GROUPS && candidate !== ''; groups += 1) {
    if (isPhone(candidate)) return candidate.length;
    candidate = candidate.replace(/[ ().-]*\d+$/u, '');
  }
  return undefined;
}
