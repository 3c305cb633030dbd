/**
 * The letters that follow a letter in written words: those of the 289 pairs that make up 97.8 % of 6,000 common English
 * words, and those of Japanese in Latin letters. Fewer than half of all pairs are among them, so that random letters
 * are known by some six of them.
 */
const FOLLOWERS: Readonly<Record<string, string>> = {
  a: 'bcdfgiklmnoprstuvwxyz',
  b: 'abeilorsuy',
  c: 'acehiklorstuy',
  d: 'adegilorsuvy',
  e: 'abcdefghilmnopqrstuvwxy',
  f: 'aefilortuy',
  g: 'aeghilnorsuy',
  h: 'aeiortuy',
  i: 'abcdefgklmnoprstuvxyz',
  j: 'aeiosu',
  k: 'aeiklosuy',
  l: 'acdeilopstuy',
  m: 'abeimopsuy',
  n: 'abcdefgiklmnopstuvyz',
  o: 'abcdefghiklmnoprstuvwxyz',
  p: 'aehiloprstuy',
  q: 'lu',
  r: 'abcdefgiklmnoprstuvwy',
  s: 'acefhiklmopqstuwy',
  t: 'acefhilorstuwy',
  u: 'abcdefgijklmnprst',
  v: 'aeio',
  w: 'aehinors',
  x: 'aceipt',
  y: 'aeimnopsu',
  z: 'aeiouz',
};

/** How many pairs of neighbouring letters stand in it that written words hardly have. Lower-case letters only. */
export function oddPairs(letters: string): number {
  let odd = 0;
  for (let at = 1; at < letters.length; at += 1)
    if (!FOLLOWERS[letters.charAt(at - 1)]?.includes(letters.charAt(at))) odd += 1;
  return odd;
}

/** Kanji of everyday use: the first level of JIS X 0208, some 3,000. A code made of kanji needs more. */
export function isEverydayKanji(character: string): boolean {
  everyday ??= new Set(firstLevel());
  return everyday.has(character);
}

let everyday: ReadonlySet<string> | undefined;

/** Rows 16 to 47 of the standard, as EUC-JP has them. */
function firstLevel(): string {
  const bytes: number[] = [];
  for (let row = 16; row <= 47; row += 1) for (let cell = 1; cell <= 94; cell += 1) bytes.push(0xa0 + row, 0xa0 + cell);
  return new TextDecoder('euc-jp').decode(new Uint8Array(bytes)).replaceAll('\ufffd', '');
}
