import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
import { beginnings, type Finder, matches } from './found';
import { isOtherNumber } from './numbered';

/** `parsePhoneNumberFromString` of libphonenumber-js with all its metadata. */
export type ParsePhone = (words: string, country?: CountryCode) => PhoneNumber | undefined;

const INTERNATIONAL = /(?<![0-9_+])\+\d[\d ().-]{6,22}\d/gu;
/** After what is dialled to call abroad, or with the country's code alone: of Japan, and of North America. */
const WITHOUT_PLUS =
  /(?<![A-Za-z0-9_+#.(]|\d-)(?:\(?(?<exit>00|(?:001|010|011)[-. ])[1-9][\d ().-]{7,20}\d|81[- ](?:\(0\))?\d{1,4}[- ]\d{1,4}[- ]\d{4}|1[-. ]?\([2-9]\d{2}\)[ -]?\d{3}[-. ]\d{4}|1([-. ])[2-9]\d{2}\2[2-9]\d{2}\2\d{4})(?![A-Za-z_\d]|[-.]\d)/gu;
const NATIONAL =
  /(?:(?<=(?:\b|_)(?:tel|fax|phone|mobile|cell)[._]?)|(?<=(?:^|\s)\d{1,2}\.)|(?<![A-Za-z0-9_+#]|\d[-.]))\(?0\d[\d ().-]{7,15}\d(?!\d|(?!tel|fax|ext|mobile|e-?mail)[A-Za-z_])/giu;
const AMERICAN =
  /(?<![A-Za-z0-9_+#.(-])(?:\([2-9]\d{2}\)[ -]?[2-9]\d{2}[-. ]?|[2-9]\d{2}([-.])[2-9]\d{2}\1|(?<!\d )[2-9]\d{2} [2-9]\d{2} (?!\d{4} \d)|[2-9]\d{2}[-/ ][2-9]\d{2}-)\d{4}(?![A-Za-z0-9_]|[-.]\d)/dgu;
/** Numbers of any country, or without their area, where the words before say what they are. */
const LABELLED =
  /(?:\b(?:tel|telephone|phone|mobile|cell(?:phone)?|fax|whatsapp|call me (?:at|on)|reach me (?:at|on))\b|電話|电话|電话|携帯|手机|℡|ファック?ス|FAX|連絡先)(?:[ ]?(?:番号|number|no\.?|#))?(?:[ ]?(?:is|:|は|が|#|=|→|\/?fax)){0,2}[ .:]{0,2}(?<value>\(?\+?\d(?:[ ().-]{0,2}\d){6,14})(?![A-Za-z0-9_]|[-.]\d|[ ]?(?:件|台|人|円|名|回|%|年|月|時|users|calls|units))/dgiu;
/** One digit a space, as in forms with a box for each. */
const SPREAD = /(?<![0-9] ?)0(?: ?[ -] ?[0-9]){9,10}(?! ?[0-9])/dgu;
/** `0 1 2 3 …` counts. */
const COUNT = /^0\D+1\D+2\D+3/;
const DATE =
  /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)|^(?:19|20)\d{2}[-. ](?:0?[1-9]|1[0-2])[-. ]|^(?:0?[1-9]|1[0-2])-(?:[0-2]?\d|3[01])-(?:19|20)\d{2}/;
const VERSION = /(?:\b(?:v|ver|version|rev|build|release|ip)|バージョン|版|ビルド)[. :]{0,2}$/iu;
/** With dots, Japan's numbers have these groups; others are versions, amounts and addresses of machines. */
const DOTTED = /^\(?0\d{1,4}\)?\.?\d{2,4}\.\d{3,4}$/;

/** Whether the plan has given it out yet or not. */
const BRITISH_MOBILE = /^07[1-57-9]\d{2} \d{6}$/;
const ENDS_IN_THREE = /^\(?0(?:120|800|570|990|[1-9]\d{3}\)? \d{3} )/;

/** The last group of a number has four digits or more, but for `0120-444-113`, `01632 960 123`; or all are pairs. */
function isGrouped(value: string): boolean {
  const groups = value.match(/\d+/g) ?? [];
  const last = groups.at(-1)?.length ?? 0;
  if (groups.length === 1 || last >= 4) return true;
  return last === 3
    ? ENDS_IN_THREE.test(value)
    : groups.length > 4 && groups.slice(1).every((one) => one.length === last);
}

/**
 * Phone numbers with their country's code, as they are written in Japan, in the United Kingdom and in North America,
 * where they can exist by the numbering plan; others where the words before say that they are. Spaces, dashes, dots and
 * brackets divide them.
 */
export function phoneFinder(parse: ParsePhone): Finder {
  const valid = (words: string, countries: readonly CountryCode[]): boolean =>
    countries.some((country) => parse(words, country)?.isValid() === true);
  const international = (value: string): boolean => parse(value)?.isValid() === true;
  /** One that the numbering plan does not have yet, or any more. */
  const likely = (value: string): boolean => /[ ().-]/.test(value) && parse(value)?.isPossible() === true;
  const national = (value: string): boolean => {
    const length = value.replace(/\D/g, '').length;
    if (length !== 10 && length !== 11) return false;
    if ((value.includes('.') && !DOTTED.test(value)) || DATE.test(value) || !isGrouped(value)) return false;
    if (BRITISH_MOBILE.test(value)) return true;
    const parted = /[ ()-]/.test(value);
    return valid(value, parted && length === 11 ? ['JP', 'GB', 'KR'] : ['JP']);
  };
  return function* (words) {
    yield* beginnings(
      'phone',
      INTERNATIONAL,
      words,
      (value) => longest(value, international) ?? longest(value, likely),
    );
    yield* beginnings('phone', NATIONAL, words, (value, from) => {
      const before = words.slice(Math.max(0, from - 12), from);
      const length =
        isOtherNumber(words, from) ||
        (value.includes('.') && VERSION.test(before)) ||
        (/\d\.$/.test(before) && !value.includes('-'))
          ? undefined
          : longest(value, national);
      return length !== undefined && goesOn(words, from, value.slice(0, length)) ? undefined : length;
    });
    yield* beginnings('phone', WITHOUT_PLUS, words, (value, from) =>
      isOtherNumber(words, from) ? undefined : longest(value, (one) => international(withPlus(one))),
    );
    for (const { value, ...found } of matches('phone', AMERICAN, words))
      if (!isOtherNumber(words, found.from) && valid(value, ['US'])) yield found;
    for (const { value, ...found } of matches('phone', SPREAD, words))
      if (value.includes(' ') && !COUNT.test(value) && valid(value.replaceAll(' ', ''), ['JP'])) yield found;
    for (const { value, ...found } of matches('phone', LABELLED, words)) if (!DATE.test(value)) yield found;
  };
}

function withPlus(value: string): string {
  return `+${value.replace(/^\(?(?:(?:001|010|011)[-. ]|00)/, '')}`;
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
