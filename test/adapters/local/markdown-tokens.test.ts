import { resolve } from 'node:path';
import { buildSync } from 'esbuild';
import fc from 'fast-check';
import type { Token } from 'marked';

/** The page's own file, bundled as the page is. */
const bundled = buildSync({
  entryPoints: [resolve(__dirname, '../../../adapters/local/page/markdown-tokens.ts')],
  bundle: true,
  format: 'cjs',
  write: false,
});
const page: { exports: { tokensOf?: (source: string) => readonly Token[] } } = { exports: {} };
new Function('module', 'exports', bundled.outputFiles[0]?.text ?? '')(page, page.exports);
const tokensOf = (source: string): readonly Token[] => page.exports.tokensOf?.(source) ?? [];

const kindsOf = (tokens: readonly Token[]): readonly string[] =>
  tokens.flatMap((token) => {
    const inner = 'items' in token ? token.items : 'tokens' in token ? token.tokens : [];
    return [token.type, ...kindsOf(inner ?? [])];
  });
const kinds = (source: string): readonly string[] => kindsOf(tokensOf(source));
const find = (source: string, type: string): Token | undefined => {
  const all: Token[] = [];
  const visit = (tokens: readonly Token[]): void => {
    for (const token of tokens) {
      all.push(token);
      visit(('items' in token ? token.items : 'tokens' in token ? token.tokens : []) ?? []);
    }
  };
  visit(tokensOf(source));
  return all.find((token) => token.type === type);
};

describe('the Markdown of the page', () => {
  it.each([
    ['会議は5~7人で、10~20分です。', 'del'],
    ['age(1~3), height(80~100)', 'del'],
    ['はい~、そうですね~', 'del'],
    ['~a~', 'del'],
    ['2*3*4 = 24', 'em'],
    ['a*b*c', 'em'],
    ['2**8**2', 'strong'],
    ['call __init__ or __main__.py', 'strong'],
    ['snake_case_name and other_snake_name', 'em'],
    ['5 * 3 and 2 * 4', 'em'],
    ['2025. 12. 31', 'list'],
    ['1986. A great year', 'list'],
    ['31. 12. 2025', 'list'],
    ['>= 5 people', 'blockquote'],
    ['total\n>5', 'blockquote'],
    ['total\n---', 'heading'],
    ['[note]: see below', 'def'],
  ])('leaves %j as it is: no %s', (source, kind) => {
    expect(kinds(source)).not.toContain(kind);
  });

  it.each([
    ['~~gone~~', 'del'],
    ['これは~~違います~~正しいです', 'del'],
    ['**bold** and *em*', 'strong'],
    ['**bold** and *em*', 'em'],
    ['_em_ and __bold words__', 'strong'],
    ['これは*強調*です', 'em'],
    ['これは**「太字」**です', 'strong'],
    ['**重要：**ここを読む', 'strong'],
    ['**注意。**次へ', 'strong'],
    ['1. one\n2. two', 'list'],
    ['so:\n1. one', 'list'],
    ['3) three', 'list'],
    ['> quoted', 'blockquote'],
    ['>>> quoted', 'blockquote'],
    ['# title', 'heading'],
    ['words\n\n---\n\nwords', 'hr'],
    ['a | b\n--- | ---\n1 | 2', 'table'],
    ['<details>\n**bold**\n</details>', 'strong'],
    ['`a*b*c`', 'codespan'],
  ])('reads %j: %s', (source, kind) => {
    expect(kinds(source)).toContain(kind);
  });

  it('numbers a list from where it begins', () => {
    expect(find('5. five\n6. six', 'list')).toMatchObject({ ordered: true, start: 5 });
  });

  it.each([
    ['詳しくはhttps://example.com/aを参照', 'https://example.com/a'],
    ['https://example.com/a。', 'https://example.com/a'],
    ['（https://example.com/a）', 'https://example.com/a'],
    ['see https://example.com/a, please', 'https://example.com/a'],
    ['<https://example.com/b>', 'https://example.com/b'],
    ['[日本語](https://example.com/c)', 'https://example.com/c'],
    ['a@b.example', 'mailto:a@b.example'],
  ])('links the address in %j alone', (source, href) => {
    expect(find(source, 'link')).toMatchObject({ href });
  });

  it('loses no character, whatever comes', () => {
    const parts = fc.constantFrom(
      '~',
      '*',
      '**',
      '_',
      '__',
      '>',
      '<a>',
      '1. ',
      '2025. ',
      '[a]: b',
      '\n',
      ' ',
      '5',
      '日',
      '「',
      'https://a.example/',
      '`',
      '---',
      '|',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 30 }), (pieces) => {
        const source = pieces.join('');
        const marks = /[\s~*_>`|#.\-[\]:()<]/gu;
        const shown = tokensOf(source)
          .map(({ raw }) => raw)
          .join('');
        expect(shown.replace(marks, '')).toBe(source.replace(marks, ''));
      }),
    );
  });
});
