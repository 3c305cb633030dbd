import fc from 'fast-check';
import { SLACK_DIALECT } from '../../adapters/slack/dialect';
import { MARKDOWN } from '../../src/model/dialect';
import { openText, sealText } from '../../src/model/text';
import { createClickRule } from '../../src/sanitise/address/click';
import { guardOf } from '../../src/sanitise/code';
import { createSanitiser } from '../../src/sanitise/sanitise';
import { Machine } from '../../src/sanitise/text';
import { answer } from '../dispatch/answers';
import { ATTACKS } from './attack-corpus';
import { LINK_HOSTS, withoutHarmlessLinks } from './harmless';

function sanitise(pieces: readonly string[], dialect = SLACK_DIALECT): string {
  const sanitiser = createSanitiser({ dialect, links: 'visible', linkHosts: LINK_HOSTS, question: sealText('') });
  return [...pieces.map((piece) => sanitiser.push(sealText(piece))), sanitiser.flush()].map(openText).join('');
}

/** Leaves out code as CommonMark reads it: fences at the margin up to the next three backticks, code spans. */
function withoutCode(words: string): string {
  return words
    .replace(/(^|\n)```[^\n`]*(?:\n[\s\S]*?(?:```|$)|$)/g, '$1■')
    .split('\n\n')
    .map((paragraph) => paragraph.replace(/(?<![`\\])(`+)(?!`)([\s\S]*?[^`])\1(?!`)/g, '■'))
    .join('\n\n');
}

/** Signs of something live, looked for apart from how the sanitiser works. */
const LIVE: readonly (readonly [string, RegExp])[] = [
  ['a mention of everyone', /<!\s*(?:channel|here|everyone|subteam|date)/i],
  ['a mention', /<[@#][A-Z0-9]/],
  ['a linked name', /(?<![A-Za-z0-9_])@(?:channel|here|everyone)(?![A-Za-z0-9_])/i],
  ['a link with a label', /\]\(/],
  ['an image', /!\[[^\]]*\]\(/],
  ['a tag', /(?:^|\s)<[a-z/][^>]*>/i],
  ['an autolink', /<[a-z][a-z0-9+.-]*:[^\n]*>/i],
  [
    'a foreign address',
    /[a-z][a-z0-9+.-]*\\?:\\?\/\\?\/(?=[a-z0-9%]|\[[\da-f:]+\])(?!(?:ok\.example|[a-z0-9.-]+\.docs\.example)(?:$|[\s/?#]|[.:](?:\s|$)))/i,
  ],
  ['a bare address', /(?<![\p{L}\p{N}.@-])(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|jp)\\?[/][^\s]/iu],
  ['a www name', /(?<![\p{L}\p{N}])www\.[a-z]/iu],
  ['a followed scheme', /(?<![a-z0-9])(?:javascript|vbscript|data|mailto|slack):[\w/+%]/i],
];

function liveIn(sanitised: string): string[] {
  const text = withoutHarmlessLinks(withoutCode(sanitised));
  const found = LIVE.filter(([, sign]) => sign.test(text)).map(([name]) => name);
  if (/<!(?:channel|here|everyone|subteam)|<@[UW][A-Z0-9]{2}/.test(sanitised)) found.push('a token in code');
  if (definitionIn(text)) found.push('a link definition');
  return found;
}

function definitionIn(text: string): boolean {
  return /(?:^|\n)[ >]*\[[^\]]+\]:\s*\S+[ \t]*(?:\n|$)/.test(text);
}

describe('the sanitiser', () => {
  it.each(ATTACKS.map((attack) => [attack]))('makes inert: %j', (attack) => {
    expect(liveIn(sanitise([attack]))).toEqual([]);
    expect(liveIn(sanitise([`Some words. ${attack} More words.`]))).toEqual([]);
  });

  it.each(ATTACKS.map((attack) => [attack]))('makes inert for Teams, cut at every position: %j', (attack) => {
    const whole = sanitise([attack], MARKDOWN);
    // Slack's tokens in code are nothing in Teams, where a mention is live only with an entity beside the text.
    expect(liveIn(whole).filter((sign) => sign !== 'a token in code')).toEqual([]);
    for (let cut = 1; cut < attack.length; cut += 1)
      expect(sanitise([attack.slice(0, cut), attack.slice(cut)], MARKDOWN)).toBe(whole);
  });

  it('knows its attacks: the checker finds most of them live as they are', () => {
    expect(ATTACKS.length).toBeGreaterThan(60);
    expect(ATTACKS.filter((attack) => liveIn(attack).length > 0).length).toBeGreaterThan(ATTACKS.length / 2);
  });

  it.each([
    ['[label](https://evil.com/x?d=1)', 'label (`https://evil.com/x?d=1`)'],
    ['[docs](https://ok.example/x).', 'docs ([https://ok.example/x](https://ok.example/x)).'],
    ['<https://ok.example/x|docs>', '([https://ok.example/x](https://ok.example/x) docs)'],
    ['See <https://ok.example/x>.', 'See [https://ok.example/x](https://ok.example/x).'],
    ['<a href="https://evil.com/x?d=1">docs</a>.', 'docs (`https://evil.com/x?d=1`).'],
    ['![a chart](https://evil.com/a.png?d=1) there', '[image: a chart] (`https://evil.com/a.png?d=1`) there'],
    ['![a chart](data:image/png;base64,AAAA) there', '[image: a chart] there'],
    ['<!channel> and @here', '‹!channel› and ＠here'],
    ['[b]: https://evil.com/x?d=1', '[b] : `https://evil.com/x?d=1`'],
    ['https://аpple.com/x', '`https://аpple.com/x`'],
    ['evil.com/x?d=1 but README.md', '`evil.com/x?d=1` but README.md'],
    ['**https://evil.com/x?d=1**.', '**`https://evil.com/x?d=1`**.'],
    ['https://evil.com/x?d=1`code`', '`https://evil.com/x?d=1` `code`'],
    ['a ` b https://evil.com/x?d=1', 'a ` b https[:]//evil[.]com/x?d=1'],
    ['Look!https://ok.example/x', 'Look! [https://ok.example/x](https://ok.example/x)'],
    ['https://en.wikipedia.org/wiki/Mercury_(planet).', '`https://en.wikipedia.org/wiki/Mercury_(planet)`.'],
    ['https://ok.example/jaを見て', '[https://ok.example/ja](https://ok.example/ja)を見て'],
    [
      'https://ja.wikipedia.org/wiki/東京 です',
      '[https://ja.wikipedia.org/wiki/東京](https://ja.wikipedia.org/wiki/東京) です',
    ],
    ['[docs.python.org](https://docs.python.org/)', '[https://docs.python.org/](https://docs.python.org/)'],
    ['[a](./docs/x.md) and [b](#part)', 'a (./docs/x.md) and b (#part)'],
  ])('shows %j as %j', (answer, shown) => {
    expect(sanitise([answer])).toBe(shown);
  });

  it.each([
    'Plain words, e.g. 3.14, v1.2.3, README.md, main.ts, main.rs, a.py and node.js/npm. And so on…',
    'a < b > c; 1 <2; i <3 you; x -> y <- z; a <= b; a && b; AT&T; &copy;',
    '日本語の文章です。「引用」、<注意> も。[https://ok.example/ja](https://ok.example/ja) を見てください。👨‍👩‍👧 ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿',
    '# Title\n\n- [ ] one\n- [x] two\n\n1. first\n2. second\n\n> quoted\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n---\n',
    '**bold** _it_ ~~gone~~ `a < b` and `List<String>`, `x[0](y)`, `a.b.c()`, `curl https://api.example.com/v1?x=1`.',
    '```ts\nconst a: Map<string, number[]> = f[0](x);\nfetch("https://api.example.com/v1?x=1");\n```\nDone.',
    '1. Step\n\n   ```bash\n   curl https://api.example.com/a?b=c\n   ```\n\n2. Next',
    '```html\n<a href="https://example.com/x">x</a>\n<!-- note -->\n```',
    'See [1] and array[0]; main.py:12:3; ratio 3:4; 12:30; note: this. C:\\Users\\me\\file.txt; 10.0.0.0/8; me@example.com.',
    'Visit [https://ok.example/a?b=c#d](https://ok.example/a?b=c#d). End: [https://ok.example](https://ok.example)',
    '[Alice]: hello there\n[Bob]: hi, how are you?',
    'Unfinished `tick and a * star _ and [bracket and (paren and ~ and ! and & and <',
    '안녕하세요 مرحبا नमस्ते می‌خواهم',
  ])('leaves plain text as it is: %j', (answer) => {
    expect(sanitise([answer])).toBe(answer);
  });

  it('lets nothing live through, whatever the parts are joined to', () => {
    fc.assert(
      fc.property(answer, (words) => {
        expect(liveIn(sanitise([words]))).toEqual([]);
      }),
      { numRuns: 3000, seed: 20261123 },
    );
  });

  it('gives the same words however the answer is cut, and never takes back what it gave', () => {
    fc.assert(
      fc.property(answer, fc.array(fc.nat(200), { maxLength: 20 }), (words, cuts) => {
        const marks = [0, ...cuts.filter((cut) => cut < words.length).sort((a, b) => a - b), words.length];
        const pieces = marks.slice(1).map((mark, index) => words.slice(marks[index], mark));
        const whole = sanitise([words]);
        expect(sanitise(pieces)).toBe(whole);
        expect(sanitise(words.split(''))).toBe(whole);
      }),
      { numRuns: 1500, seed: 20261123 },
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(answer, (words) => {
        const once = sanitise([words]);
        expect(sanitise([once])).toBe(once);
      }),
      { numRuns: 2000, seed: 20261123 },
    );
  });

  it('leaves words without signs as they are', () => {
    const written = fc.stringMatching(/^[\p{L}\p{N} ,;'"*_+=\-\n]{0,200}$/u);
    fc.assert(
      // Some letters, as Hangul's fillers, show nothing: these are signs, and go.
      fc.property(
        written.map((words) => words.replace(/\p{Default_Ignorable_Code_Point}/gu, '')),
        (words) => {
          expect(sanitise([words])).toBe(words);
        },
      ),
    );
  });

  it.each([
    '<a ',
    '[',
    '![',
    '`',
    '```\n',
    'a.',
    'https://a',
    '<',
    '&#',
    '[a](',
    '@c',
    '(',
    'x[a',
    '~',
    '\\`',
    ']: ',
    'a<b\n',
  ])('takes time in step with the length: %j repeated', (unit) => {
    const looked = (length: number, size: number): number => {
      const machine = new Machine(
        createClickRule({ links: 'visible', linkHosts: [], question: () => '' }),
        guardOf(MARKDOWN),
      );
      const words = unit.repeat(length / unit.length);
      for (let at = 0; at < words.length; at += size) machine.push(words.slice(at, at + size));
      machine.end('');
      return machine.looked;
    };
    for (const size of [1, 7, 1 << 20]) expect(looked(80_000, size) / looked(20_000, size)).toBeLessThan(4.5);
  });

  it('holds little back: a megabyte without an end comes out while it arrives', () => {
    for (const start of ['[', '<a', '`', 'https://', 'a.', '![', '&', '[a]: ']) {
      const sanitiser = createSanitiser({
        dialect: SLACK_DIALECT,
        links: 'visible',
        linkHosts: [],
        question: sealText(''),
      });
      let given = sanitiser.push(sealText(start)).length;
      for (let piece = 0; piece < 100; piece += 1) given += sanitiser.push(sealText('x'.repeat(100))).length;
      expect(given).toBeGreaterThan(10_000 - 700);
    }
  });
});
