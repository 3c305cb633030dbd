import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { createCanaries } from '../../../src/prove/watch/canaries';
import { formsOf } from '../../../src/prove/watch/forms';
import { createSearch } from '../../../src/prove/watch/search';

const two = (byte: number): string => byte.toString(16).padStart(2, '0');
const octal = (byte: number): string => `\\${byte.toString(8).padStart(3, '0')}`;
/** RFC 4648. */
const base32 = (text: string): Buffer => {
  const bits = [...Buffer.from(text)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = (bits.match(/.{1,5}/gu) ?? []).map((five) => Number.parseInt(five.padEnd(5, '0'), 2));
  return Buffer.from(letters.map((index) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[index]).join(''));
};

describe('the search for canaries', () => {
  const canaries = createCanaries();
  const canary = canaries.of('prompt', 'aaa');
  const search = createSearch(canaries);

  it.each([
    ['as it is', (text: string) => Buffer.from(text)],
    ['in UTF-16', (text: string) => Buffer.from(text, 'utf16le')],
    ['in big-endian UTF-16', (text: string) => Buffer.from(text, 'utf16le').swap16()],
    ['in Base64', (text: string) => Buffer.from(Buffer.from(text).toString('base64'))],
    ['in Base64 for addresses', (text: string) => Buffer.from(Buffer.from(text).toString('base64url'))],
    ['in Base64 of UTF-16', (text: string) => Buffer.from(Buffer.from(text, 'utf16le').toString('base64'))],
    ['in hexadecimal', (text: string) => Buffer.from(Buffer.from(text).toString('hex'))],
    ['percent-encoded', (text: string) => Buffer.from(encodeURIComponent(text))],
    ['as JSON', (text: string) => Buffer.from(JSON.stringify({ text }))],
    ['in capitals', (text: string) => Buffer.from(text.toUpperCase())],
    ['backwards', (text: string) => Buffer.from([...text].reverse().join(''))],
    ['as bytes in JSON', (text: string) => Buffer.from(JSON.stringify(Buffer.from(text)))],
    ['in Base32', base32],
    ['in hexadecimal with signs in between', (text: string) => Buffer.from([...Buffer.from(text)].map(two).join(':'))],
    ['in octal escapes', (text: string) => Buffer.from([...Buffer.from(text)].map(octal).join(''))],
    ['letter by letter', (text: string) => Buffer.from(JSON.stringify([...text]))],
    [
      'in Base64 twice',
      (text: string) => Buffer.from(Buffer.from(Buffer.from(text).toString('base64')).toString('base64')),
    ],
    ['with gzip in Base64', (text: string) => Buffer.from(`log: ${gzipSync(text).toString('base64')}\n`)],
    ['with gzip', (text: string) => gzipSync(text)],
    ['with deflate', (text: string) => deflateSync(text)],
    ['with Zstandard', (text: string) => zstdCompressSync(text)],
  ])('finds one %s, wherever it begins', (_how, write) => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), (before, after) => {
        const found = search.in(write(`${before}${canary.text}${after}`));
        expect(found).toBeDefined();
      }),
      { numRuns: 60 },
    );
  });

  it('finds the half that is kana alone, folded or escaped', () => {
    for (const form of formsOf(canaries.kana))
      expect(search.in(Buffer.concat([Buffer.from('x'), form.bytes]))).toBeDefined();
    expect(search.in(Buffer.from(`a ${canaries.kana.normalize('NFKC')} b`))?.forms).toEqual(['NFKC, plain']);
  });

  it('finds what is packed in the middle of other bytes, and a whole file of Brotli or bare deflate', () => {
    expect(search.in(Buffer.concat([Buffer.from('{"a":1}\n'), gzipSync(canary.text)]))).toBeDefined();
    expect(search.inFile(brotliCompressSync(`x ${canary.text} y`))).toBeDefined();
    expect(search.inFile(deflateRawSync(`x ${canary.text} y`))).toBeDefined();
  });

  it('tells apart one that stands beside another in another form', () => {
    const other = canaries.of('name', 'aab');
    const found = search.in(Buffer.from(`${canary.text} ${Buffer.from(other.text).toString('hex')}`));
    expect(found?.canaries).toEqual([canary, other]);
  });

  it('tells which canary it is, and that it is a part of one', () => {
    const other = canaries.of('reply', 'aab');
    expect(search.in(Buffer.from(`… ${other.text} …`))?.canaries).toEqual([other]);
    expect(search.in(Buffer.from(canary.word.slice(0, 15)))?.canaries).toEqual([]);
  });

  it('finds ids: in capitals, as a GUID with its lines or without, and those of messages', () => {
    const person = canaries.of('person-id', 'aab');
    const guid = canaries.guidOf('person-id', 'aab');
    const fieldsIn = (words: string | Buffer): readonly string[] | undefined =>
      search.in(Buffer.from(words))?.canaries.map(({ field }) => field);
    expect(fieldsIn(`user U${person.word.toUpperCase()} asked`)).toEqual(['person-id']);
    expect(fieldsIn(`${canary.word} of U${person.word.toUpperCase()}`)).toEqual(['prompt', 'person-id']);
    for (const written of [guid, guid.replaceAll('-', ''), Buffer.from(guid).toString('base64'), guid.toUpperCase()])
      expect(fieldsIn(`{"oid":"${written}"}`)).toEqual(['person-id']);
    canaries.of('message-id', 'any');
    const { slack, teams } = canaries.messageMarks;
    for (const written of [`${slack}000123`, `${teams}123`, Buffer.from(`${teams}123`).toString('hex')])
      expect(fieldsIn(`id=${written}`)).toEqual(['message-id']);
    // The time alone is nobody's.
    expect(fieldsIn(`at=${Number(slack) * 1_000}`)).toBeUndefined();
  });

  it('finds everything that is packed beside each other', () => {
    const others = (['reply', 'file'] as const).map((field) => canaries.of(field, 'aac'));
    const lines = others.map(({ text }) => gzipSync(`line: ${text}`).toString('base64'));
    expect(search.in(Buffer.from(lines.join('\n')))?.canaries).toEqual(others);
  });

  it('finds nothing where there is nothing, whatever is there', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4_000 }), (bytes) => {
        expect(search.in(Buffer.from(bytes))).toBeUndefined();
      }),
    );
    expect(search.in(Buffer.from(createCanaries().of('prompt', 'aaa').text))).toBeUndefined();
  });
});
