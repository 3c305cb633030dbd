/** A form in which words could lie somewhere. */
export interface Form {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * Every form of words that is looked for: encodings, escapes, foldings. Base64 of a text depends on where in a group
 * of three bytes it begins, so each of the three is a form of its own, without the letters that neighbours change.
 */
export function formsOf(words: string): readonly Form[] {
  const variants: readonly (readonly [string, string])[] = [
    ['plain', words],
    ['NFKC', words.normalize('NFKC')],
    ['NFKD', words.normalize('NFKD')],
    ['upper case', words.toUpperCase()],
    ['lower case', words.toLowerCase()],
    ['backwards', [...words].reverse().join('')],
  ];
  const forms = variants.flatMap(([variant, text]) =>
    encodings(text).map(({ name, bytes }) => ({ name: variant === 'plain' ? name : `${variant}, ${name}`, bytes })),
  );
  const seen = new Set<string>();
  return forms.filter(({ bytes }) => {
    const key = bytes.toString('latin1');
    return bytes.length >= 8 && !seen.has(key) && seen.add(key);
  });
}

function encodings(text: string): readonly Form[] {
  const utf8 = Buffer.from(text);
  const utf16 = Buffer.from(text, 'utf16le');
  const hex = utf8.toString('hex');
  const each = (write: (code: number) => string): string =>
    [...text].map((one) => write(one.codePointAt(0) ?? 0)).join('');
  const pairs = (before: string, bytes: Buffer): string =>
    [...bytes].map((byte) => before + byte.toString(16).padStart(2, '0')).join('');
  const onlyForeign = (write: (code: number) => string) => (code: number) =>
    code < 128 ? String.fromCodePoint(code) : write(code);
  const escaped = (code: number): string => `\\u${code.toString(16).padStart(4, '0')}`;
  const ascii: readonly (readonly [string, string])[] = [
    ...base64(utf8).map((one, shift): [string, string] => [`base64 (${shift})`, one]),
    ...base64(utf8).map((one, shift): [string, string] => [
      `base64url (${shift})`,
      one.replaceAll('+', '-').replaceAll('/', '_'),
    ]),
    ...base64(utf16).map((one, shift): [string, string] => [`base64 of UTF-16 (${shift})`, one]),
    ...base32(utf8).map((one, shift): [string, string] => [`base32 (${shift})`, one]),
    ['octal', [...utf8].map((byte) => byte.toString(8).padStart(3, '0')).join('')],
    ['hex', hex],
    ['hex, upper case', hex.toUpperCase()],
    ['percent', encodeURIComponent(text)],
    ['percent, lower case', encodeURIComponent(text).toLowerCase()],
    ['percent, every byte', pairs('%', utf8)],
    ['\\x', pairs('\\x', utf8)],
    ['JSON', JSON.stringify(text).slice(1, -1)],
    ['JSON, ASCII', each(onlyForeign(escaped))],
    ['JSON, every letter', each(escaped)],
    ['HTML entities', each(onlyForeign((code) => `&#${code};`))],
    ['HTML entities, every letter', each((code) => `&#${code};`)],
    ['bytes as decimals', [...utf8].join(',')],
    ['bytes as decimals, spaced', [...utf8].join(', ')],
    ['bytes in hex, spaced', pairs(' ', utf8).trim()],
  ];
  return [
    { name: 'plain', bytes: utf8 },
    { name: 'UTF-16', bytes: utf16 },
    { name: 'UTF-16, big-endian', bytes: Buffer.from(utf16).swap16() },
    ...ascii.map(([name, words]) => ({ name, bytes: Buffer.from(words) })),
  ];
}

function base64(bytes: Buffer): readonly string[] {
  return [0, 1, 2].map((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), bytes]);
    const groups = Math.floor(whole.length / 3);
    return whole
      .subarray(0, groups * 3)
      .toString('base64')
      .slice(shift === 0 ? 0 : 4);
  });
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648, at each of the five places in a group of bytes. */
function base32(bytes: Buffer): readonly string[] {
  return [0, 1, 2, 3, 4].map((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), bytes]);
    const bits = [...whole].map((byte) => byte.toString(2).padStart(8, '0')).join('');
    const letters = (bits.match(/.{5}/gu) ?? []).map((five) => BASE32[Number.parseInt(five, 2)]);
    return letters.slice(Math.ceil((shift * 8) / 5)).join('');
  });
}
