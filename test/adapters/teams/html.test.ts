import fc from 'fast-check';
import { readHtml } from '../../../adapters/teams/html';
import { openText } from '../../../src/model/text';

const parts = {
  mentions: new Map([
    ['0', undefined],
    ['1', { id: 'ben', name: 'Ben & Co' }],
  ]),
  quotes: new Map([['7', 'quoted one\nquoted two']]),
};
const read = async (html: string): Promise<string> => openText((await readHtml(html, parts)).text);

describe('the HTML of a message in Teams', () => {
  it.each([
    ['<p><at id="0">dejiren</at>&nbsp;hello</p>', 'hello'],
    ['<p>ask <at id="1">Ben &amp; Co</at> too</p>', 'ask <at>Ben & Co</at> too'],
    ['<p>nobody: <at id="9">X</at></p>', 'nobody:'],
    ['<p>a &lt; b <emoji alt="😀"></emoji> c</p>', 'a < b 😀 c'],
    ['<p>one</p><p>two</p>', 'one\ntwo'],
    ['<attachment id="7"></attachment><p>I agree</p>', '> quoted one\n> quoted two\nI agree'],
    ['<blockquote><p>theirs</p></blockquote><p>mine</p>', '> theirs\n\nmine'],
    ['<attachment id="8"></attachment>', ''],
    ['<p>see <a href="https://a.example/x">this</a></p>', 'see this (https://a.example/x)'],
    ['<p>picture <img src="https://a.example/x" alt="secret"></p>', 'picture'],
    ['<codeblock class="Python"><code>if x:<br>&nbsp;&nbsp;y()</code></codeblock>', 'if x:\n  y()'],
    ['<ul><li>one</li><li>two</li></ul>', '* one\n * two'],
    ['', ''],
  ])('%j is read as %j', async (html, words) => {
    expect(await read(html)).toBe(words);
  });

  it('lists who is mentioned, by the token that stands in the words', async () => {
    const { text, mentions } = await readHtml('<p><at id="1">Ben &amp; Co</at> and <at id="1">Ben</at></p>', parts);
    expect(mentions.map(({ token, id }) => [openText(token), id])).toEqual([['<at>Ben & Co</at>', 'ben']]);
    expect(openText(text)).toBe('<at>Ben & Co</at> and <at>Ben & Co</at>');
  });

  it('never fails, whatever is written, and ends soon', async () => {
    const piece = fc.constantFrom(
      '<p>',
      '</p>',
      '<at id="1">',
      '</at>',
      '<div>',
      '<blockquote>',
      '&',
      '<',
      '>',
      'x',
      '<li>',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 60 }), async (all) => {
        expect(typeof (await read(all.join('')))).toBe('string');
      }),
      { numRuns: 300 },
    );
    expect((await read('<blockquote>'.repeat(20_000))).length).toBeLessThan(100_000);
  });
});
