// Characters that people, keyboards and models write in place of another that means the same, for use in a class of a
// pattern with the flag `u`.

/** Shows nothing by itself, and separates nothing: zero-width spaces, marks of direction, fillers, Braille's blank. */
export const INVISIBLE = String.raw`\p{Cf}\p{DI}\u2800\u0000-\u0008\u000e-\u001f\u007f-\u009f`;

/**
 * What stands for a dash: hyphens and dashes of every width, minus signs, the long vowel marks of kana, waves, and
 * lines of box drawing.
 */
export const DASHES = String.raw`\p{Pd}\u00ad\u02c9\u02d7\u00af\u203e\u2043\u2212\u223c\u223d\u2500-\u257f\u30fc\uff70\uff5e\uffe3\uffda~`;

const DECIMAL = /^\p{Nd}$/u;

/** The digit that a character stands for in any script, `undefined` where it stands for none. */
export function digitOf(character: string): string | undefined {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return /^\d$/.test(character) ? character : undefined;
  if (!DECIMAL.test(character)) return undefined;
  // Unicode has the ten digits of a script one after the other, from zero on; some scripts follow each other.
  let zero = code;
  while (DECIMAL.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
}

/** What stands for a point or a middle dot. */
export const DOTS = String.raw`.\u00b7\u0387\u2022\u2024\u2027\u2218\u2219\u22c5\u25aa\u25cf\u25e6\u2981\u2e30\u2e31\u2e33\u16eb\ua78f\u30fb\uff65\u3002\uff61\uff0e`;

/** What people put between groups of digits beside dashes and dots, and what Markdown puts around them. */
export const BARS = String.raw`\p{Pc}*\u0060|\u00a6\u2016\u2223\u2225/\\=\u23af\u23e4\u2192\u2190\u21d2\u27a1\u2796\u4e28のノ`;

/** Digits of Chinese and Japanese numbers that are written digit by digit; circles are typed for the zero. */
export const CHINESE_DIGITS = '〇一二三四五六七八九';
export const CHINESE_ZEROS = '〇零○◯';

const CIRCLED: readonly (readonly [first: number, digit: number])[] = [
  [0x2776, 1],
  [0x2780, 1],
  [0x278a, 1],
];

/** The digit in a black circle, or a sans-serif one: forms that NFKC leaves alone. */
export function circledDigitOf(character: string): string | undefined {
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x24ff || code === 0x1f10b || code === 0x1f10c) return '0';
  for (const [first, digit] of CIRCLED) if (code >= first && code < first + 9) return String(code - first + digit);
  return undefined;
}
