// Characters that people, keyboards and models write in place of another that means the same, for use in a class of a
// pattern with the flag `u`.

/** Shows nothing by itself, and separates nothing: zero-width spaces, marks of direction, fillers, Braille's blank. */
export const INVISIBLE = String.raw`\p{Cf}\p{DI}\u2800\u0000-\u0008\u000e-\u001f\u007f-\u009f`;

/**
 * What stands for a dash: hyphens and dashes of every width, minus signs, the long vowel marks of kana, waves, and
 * lines of box drawing.
 */
export const DASHES = String.raw`\p{Pd}\u00ad\u02c9\u02d7\u00af\u203e\u2043\u2212\u223c\u223d\u2500\u2501\u2504\u2505\u2508\u2509\u254c\u254d\u2550\u2574\u2576\u2578\u257a\u30fc\uff70\uff5e\uffe3\uffda~`;

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
