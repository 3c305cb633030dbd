import Encoding from 'encoding-japanese';
import fc from 'fast-check';
import { decodeText } from '../../src/dispatch/decode-text';

const written = (words: string, to: 'SJIS' | 'EUCJP' | 'JIS'): Uint8Array =>
  Uint8Array.from(Encoding.convert(Encoding.stringToCode(words), { to, from: 'UNICODE' }));

const SENTENCES = [
  '日本語',
  '売上報告書\n四半期,金額,備考\n第1四半期,1200,「増収」\n',
  'ひらがなだけのぶん。',
  'カタカナダケノブン',
  'Name: 山田太郎 <taro@example.com>',
  '〒100-0001 東京都千代田区千代田1ー1',
];

describe('the words of a file', () => {
  it.each(SENTENCES)('are read in each encoding of Japanese files: %j', async (words) => {
    for (const encoding of ['SJIS', 'EUCJP', 'JIS'] as const)
      expect([encoding, await decodeText(written(words, encoding))]).toEqual([encoding, words]);
  });

  it('are read in EUC-JP and ISO-2022-JP whatever the sentence', async () => {
    const letters = fc.constantFrom(...'あいうをんアイヴー日本語東京売上報告、。「」Aa1 \n');
    await fc.assert(
      fc.asyncProperty(fc.array(letters, { minLength: 8 }), async (some) => {
        const words = `これは${some.join('')}です。`;
        for (const encoding of ['EUCJP', 'JIS'] as const)
          expect(await decodeText(written(words, encoding))).toBe(words);
      }),
    );
  });

  it.each([
    ['half-width katakana, as banks write names', Buffer.from('d4cfc0deb6cc28b6', 'hex'), 'ﾔﾏﾀﾞｶﾌ(ｶ'],
    ['the same between numbers', written('1ｶ)ﾔﾏﾀﾞｼﾖｳｶｲ2', 'SJIS'), '1ｶ)ﾔﾏﾀﾞｼﾖｳｶｲ2'],
    ['signs of Windows', Buffer.from('8740fbfc', 'hex'), '①髙'],
  ])('are read in Shift_JIS: %s', async (_name, bytes, words) => {
    expect(await decodeText(bytes)).toBe(words);
  });

  it('stay what they are where a terminal coloured them', async () => {
    const coloured = '\u001b[31mfailed\u001b[0m 失敗 \u001b(B';
    expect(await decodeText(Buffer.from(coloured))).toBe(coloured);
  });

  it.each([
    ['letters of Western Europe', [0x63, 0x61, 0x66, 0xe9]],
    ['a sign of no encoding', [0x41, 0x80, 0xff]],
    ['a zero', [0x41, 0x00, 0x42]],
  ])('are none in bytes with %s', async (_name, bytes) => {
    expect(await decodeText(Uint8Array.from(bytes))).toBeUndefined();
  });
});
