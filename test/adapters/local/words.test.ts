import { resolve } from 'node:path';
import { buildSync } from 'esbuild';

/** The page's own file, bundled as the page is. */
const bundled = buildSync({
  entryPoints: [resolve(__dirname, '../../../adapters/local/page/words.ts')],
  bundle: true,
  format: 'cjs',
  write: false,
});
const page = { exports: {} as { WORDS: Readonly<Record<'en' | 'ja', object>> } };
new Function('module', 'exports', bundled.outputFiles[0]?.text ?? '')(page, page.exports);

interface Said {
  readonly key: string;
  readonly sentence: string;
}

function saidIn(words: unknown, key = ''): readonly Said[] {
  if (typeof words === 'string')
    return (words.match(/[^.。！？?!]+[.。！？?!]*\s*/gu) ?? []).map((sentence) => ({
      key,
      sentence: sentence.trim(),
    }));
  if (typeof words === 'function') return saidIn(words('2'), key);
  return Object.entries(words ?? {}).flatMap(([name, inner]) => saidIn(inner, `${key}/${name}`));
}

const { en, ja } = page.exports.WORDS;

describe('the words of the page', () => {
  it('are the same ones in both languages', () => {
    const keys = (words: object): readonly string[] => [...new Set(saidIn(words).map(({ key }) => key))];
    expect(keys(ja)).toEqual(keys(en));
    expect(keys(en).length).toBeGreaterThan(70);
  });

  it('are sentences of at most 120 characters in English and 70 in Japanese', () => {
    expect(saidIn(en).filter(({ sentence }) => sentence.length > 120)).toEqual([]);
    expect(saidIn(ja).filter(({ sentence }) => sentence.length > 70)).toEqual([]);
  });

  it('put no space between Japanese and other letters', () => {
    const typed = /\/dejiren-optin |@dejiren |@Ben/u;
    const spaced =
      /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}。、] [\w@/]|\w [\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;
    expect(saidIn(ja).filter(({ sentence }) => spaced.test(sentence) && !typed.test(sentence))).toEqual([]);
  });
});
