import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSync } from 'esbuild';
import fc from 'fast-check';
import { PAGE_FILES } from '../../../adapters/local/page-files';

interface Block {
  readonly start: number;
  readonly source: string;
}

interface Reader {
  readBlocks(text: string, before?: readonly Block[]): readonly Block[];
  markupOf(block: Block, setting: object): string;
}

/** The page's own file, bundled as the page is. */
const bundled = buildSync({
  entryPoints: [resolve(__dirname, '../../../adapters/local/page/markdown/reader.ts')],
  bundle: true,
  format: 'cjs',
  write: false,
});
const page = { exports: {} as Reader };
new Function('module', 'exports', bundled.outputFiles[0]?.text ?? '')(page, page.exports);
const { readBlocks, markupOf } = page.exports;

const setting = (): object => ({
  words: { copy: 'Copy', image: 'image', codeBlock: 'Code', table: 'Table' },
  tasklistId: 0,
  headings: { first: undefined, last: 2 },
});
const markup = (source: string): string => {
  const one = setting();
  return readBlocks(source)
    .map((block) => markupOf(block, one))
    .join('');
};
const textOf = (html: string): string => html.replace(/<[^>]*>/gu, '');

describe('the Markdown of the page', () => {
  it.each([
    ['会議は5~7人で、10~20分です。', '<s>'],
    ['age(1~3), height(80~100)', '<s>'],
    ['はい~、そうですね~', '<s>'],
    ['~a~', '<s>'],
    ['2*3*4 = 24', '<em>'],
    ['a*b*c', '<em>'],
    ['2**8**2', '<strong>'],
    ['call __init__ or __main__.py', '<strong>'],
    ['snake_case_name and other_snake_name', '<em>'],
    ['5 * 3 and 2 * 4', '<em>'],
    ['2025. 12. 31', '<ol'],
    ['1986. A great year', '<ol'],
    ['31. 12. 2025', '<ol'],
    ['>= 5 people', '<blockquote>'],
    ['total\n>5', '<blockquote>'],
    ['total\n---', '<h3'],
    ['US$5 and $10', 'maths'],
    ['echo $HOME/$USER', 'maths'],
    ['$100の商品と$200の商品', 'maths'],
    ['<b>bold</b> <img src=x onerror=alert(1)>', '<b>'],
    ['<img src=x onerror=alert(1)>', '<img'],
    ['![pixel](https://evil.example/p.png)', '<img'],
    ['| a |\n| -: |\n| 1 |', 'style'],
  ])('leaves %j as it is: no %s', (source, tag) => {
    expect(markup(source)).not.toContain(tag);
  });

  it.each([
    ['~~gone~~', '<s>gone</s>'],
    ['これは~~違います~~正しいです', '<s>違います</s>'],
    ['**bold** and *em*', '<strong>bold</strong> and <em>em</em>'],
    ['_em_ and __bold words__', '<em>em</em> and <strong>bold words</strong>'],
    ['これは*強調*です', '<em>強調</em>'],
    ['これは**「太字」**です', '<strong>「太字」</strong>'],
    ['**重要：**ここを読む', '<strong>重要：</strong>'],
    ['**注意。**次へ', '<strong>注意。</strong>'],
    ['1. one\n2. two', '<ol>'],
    ['so:\n1. one', '<ol>'],
    ['5. five\n6. six', '<ol start="5">'],
    ['> quoted', '<blockquote>'],
    ['# title', '<h3>title</h3>'],
    ['words\n\n---\n\nwords', '<hr>'],
    ['a | b\n--- | --:\n1 | 2', '<td class="to-right">2</td>'],
    ['<details>\n**bold**\n</details>', '<strong>bold</strong>'],
    ['`a*b*c`', '<code>a*b*c</code>'],
    ['[note]: see below', '[note]: see below'],
    ['one\ntwo', 'one<br>\ntwo'],
    ['```ts\nlet a = 1 < 2;\n```', '<code class="language-ts">let a = 1 &lt; 2;\n</code>'],
    ['速度は$v = d/t$です', '<span class="maths">v = d/t</span>'],
    ['so \\(x^2\\) holds', '<span class="maths">x^2</span>'],
    ['\\[\n\\frac{1}{2}\n\\]', '<div class="maths block" tabindex="0">\\frac{1}{2}\n</div>'],
    ['$$\nE = mc^2\n$$', '<div class="maths block" tabindex="0">E = mc^2\n</div>'],
  ])('reads %j: %s', (source, expected) => {
    expect(markup(source)).toContain(expected);
  });

  it('ties each task to its box, by names that are used once', () => {
    const html = markup('- [x] done\n- [ ] to do');
    expect(html).toMatch(/<input type="checkbox" [^>]*id="task-item-0"[^>]* checked="checked" disabled="disabled">/u);
    expect(html).toMatch(/<label [^>]*for="task-item-1"> to do<\/label>/u);
  });

  it('begins headings one level below the name above the answer, and leaves no level out', () => {
    expect(markup('### a\n\n##### b\n\n###### c\n\n# d').match(/<h\d/gu)).toEqual(['<h3', '<h4', '<h5', '<h3']);
  });

  it.each([
    ['[https://example.com/a](https://example.com/a)', 'href="https://example.com/a"'],
    ['詳しくは[https://example.com/a](https://example.com/a)を参照', '>https://example.com/a</a>'],
    ['[https://example.com/東京](https://example.com/東京)', '>https://example.com/東京</a>'],
    ['[https://xn--80ak6aa92e.example/](https://xn--80ak6aa92e.example/)', '>https://xn--80ak6aa92e.example/</a>'],
  ])('links an address whose link says just that, whole and in sight: %j', (source, expected) => {
    expect(markup(source)).toContain(expected);
  });

  it.each([
    'https://example.com/a',
    'www.example.com',
    'a@b.example and <a@b.example>',
    '<https://example.com/a>',
    '[_https://example.com/_](https://example.com/)',
    '[label](https://example.com/a?b=c)',
    '[https://good.example](https://evil.example)',
    '[odd](javascript:alert(1))',
    '<javascript:alert(1)>',
    '[label][ref]\n\n[ref]: https://example.com/',
    'https[:]//example[.]com/',
    '`https://example.com/?q=1`',
  ])('links nothing in %j, and hides no address', (source) => {
    const html = markup(source);
    expect(html).not.toContain('<a');
    for (const address of source.match(/https?:\/\/[^\s)\]`>_]+/gu) ?? []) expect(textOf(html)).toContain(address);
  });

  const parts = fc.constantFrom(
    ...[
      '~',
      '~~',
      '*',
      '**',
      '_',
      '__',
      '>',
      '> ',
      '<a>',
      '1. ',
      '2025. ',
      '- ',
      '- [ ] ',
      '[a]: b',
      '\n',
      '\n\n',
      ' ',
    ],
    ...[
      '5',
      'word',
      '日',
      '「',
      'https://a.example/',
      '[a](https://a.example/)',
      '`',
      '```\n',
      '---',
      '|',
      '$',
      '\\(',
      '\\)',
    ],
    ...['$$\n', '# ', '    '],
  );
  const sources = fc.array(parts, { maxLength: 30 }).map((pieces) => pieces.join(''));
  const growing = fc.array(fc.oneof(sources, fc.constant('| a | b |\n| - | -: |\n| 1 | 2 |\n')), { maxLength: 6 });

  it('loses no character, whatever comes', () => {
    const marks = /[\s~*_>`|#.\-[\]:()<$\\\d"]/gu;
    fc.assert(
      fc.property(sources, (source) => {
        const whole = readBlocks(source)
          .map((block) => block.source)
          .join('');
        expect(whole.trim()).toBe(source.trim());
        const shown = textOf(markup(source).replace(/<button[^>]*>Copy<\/button>/gu, ''));
        expect(shown.replace(/&lt;|&gt;|&quot;|&amp;/gu, '').replace(marks, '')).toBe(source.replace(marks, ''));
      }),
    );
  });

  it('reads an answer that grows as it reads the whole of it', () => {
    fc.assert(
      fc.property(growing, (pieces) => {
        let text = '';
        let blocks: readonly Block[] = [];
        for (const piece of pieces) {
          text += piece;
          blocks = readBlocks(text, blocks);
        }
        const plain = (list: readonly Block[]): object[] => list.map(({ start, source }) => ({ start, source }));
        expect(plain(blocks)).toEqual(plain(readBlocks(text)));
      }),
    );
  });

  it('sets formulas in fonts that dejiren serves, all of them', () => {
    const fonts = readdirSync(resolve(__dirname, '../../../node_modules/katex/dist/fonts'));
    const served = PAGE_FILES.filter(({ type }) => type === 'font/woff2').map(({ name }) => name);
    expect(served).toEqual(fonts.filter((name) => name.endsWith('.woff2')).sort());
  });
});
