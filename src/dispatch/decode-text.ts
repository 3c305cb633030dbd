/**
 * Reads the words of a file in UTF-8, in UTF-16 with its mark, or in one of the encodings of Japanese files: Shift_JIS,
 * EUC-JP, ISO-2022-JP. Undefined for what is no text in any of them. Loads what tells those three apart when a file is
 * none of the first two.
 */
export async function decodeText(bytes: Uint8Array): Promise<string | undefined> {
  const marked = utf16Of(bytes);
  if (marked !== undefined) return decode(bytes, marked);
  const words = decode(bytes, 'utf-8');
  // ISO-2022-JP is made of bytes that are UTF-8 as well: it shifts into Japanese by such a sequence (RFC 1468).
  if (words !== undefined && !words.includes('\u001b$') && !words.includes('\u001b(')) return words;
  const { default: encodings } = await import('encoding-japanese');
  const found = encodings.detect(bytes, ['JIS', 'EUCJP', 'SJIS']);
  if (words !== undefined && found !== 'JIS') return words;
  if (found === 'JIS') return decode(bytes, 'iso-2022-jp');
  return decode(bytes, found === 'EUCJP' && !isHalfWidth(bytes) ? 'euc-jp' : 'shift_jis');
}

function utf16Of([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    const words = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return words.includes('\0') ? undefined : words;
  } catch {
    return undefined;
  }
}

/**
 * Whether what is taken for EUC-JP is the half-width katakana of Shift_JIS, as banks exchange names: two of these make a
 * kanji, but hardly ever only such kanji as people use, which JIS X 0208 has in its rows 16 to 47.
 */
function isHalfWidth(bytes: Uint8Array): boolean {
  let isRare = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const first = bytes[at] ?? 0;
    if (first < 0x80) continue;
    const second = bytes[at + 1] ?? 0;
    if (!isKatakana(first) || !isKatakana(second)) return false;
    isRare ||= first < 0xb0 || first > 0xcf;
    at += 1;
  }
  return isRare;
}

function isKatakana(byte: number): boolean {
  return byte >= 0xa6 && byte <= 0xdf;
}
