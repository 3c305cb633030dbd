import fc from 'fast-check';
import { openText, sealText } from '../../src/model/text';
import { createRestorer } from '../../src/redact/restore';

const NAMES = new Map([
  ['@person-1', '@Ben'],
  ['@person-12', '@山田'],
  ['#channel-1', '#general'],
  ['@group-1', '@team'],
  ['[email-1]', 'a@example.com'],
  ['[email-12]', 'b@example.com'],
  ['[my-number-1]', '1234 5678 9018'],
]);

function restore(pieces: readonly string[]): string {
  const restorer = createRestorer(NAMES);
  return [...pieces.map((piece) => restorer.push(sealText(piece))), restorer.flush()].map(openText).join('');
}

describe('the restorer', () => {
  it.each([
    ['Ask @person-1.', 'Ask @Ben.'],
    ['@person-12さん and @person-1', '@山田さん and @Ben'],
    ['@Person-1 in #channel-1 of @group-1', '@Ben in #general of @team'],
    ['@person-2, @person-123 and @person-12345 are nobody', '@person-2, @person-123 and @person-12345 are nobody'],
    ['[email-1], \\[email-12\\], [Email-1]', 'a@example.com, b@example.com, a@example.com'],
    ['[[my-number-1]](x)', '[1234 5678 9018](x)'],
    ['C:\\[email-1] and [email-1\\]', 'C:\\a@example.com and a@example.com'],
    ['[email-2], [email-], [e-male-1], [email-1', '[email-2], [email-], [e-male-1], [email-1'],
    ['person-1 and @ person-1', 'person-1 and @ person-1'],
    ['phone (email 1), email-1, email[1], [email-1234567]', 'phone (email 1), email-1, email[1], [email-1234567]'],
    ['<input id="email-1"> and #person-1', '<input id="email-1"> and #person-1'],
  ])('reads %j as %j', (answer, shown) => {
    expect(restore([answer])).toBe(shown);
  });

  it.each([
    ['a no-break hyphen', '[email\u20111], @person\u20111'],
    ['other dashes', '[email–1], @person—1'],
    ['a minus sign, a soft hyphen', '[email−1], @person\u00ad1'],
    ['an underscore', '[email_1], @person_1'],
    ['a space', '[email 1], @person 1'],
    ['a no-break space', '[email\u00a01], @person\u00a01'],
    ['nothing between', '[email1], @person-1'],
    ['e-mail', '[e-mail-1], @person-1'],
    ['full width', '［ｅｍａｉｌ－１］, ＠ｐｅｒｓｏｎ－１'],
    ['a full-width underscore', '［ｅｍａｉｌ＿１］, ＠ｐｅｒｓｏｎ＿１'],
    ['a full-width backslash and dots', '［email＼−１］, @person．-1'],
    ['full-width brackets', '［email-1］, ＠person-1'],
    ['thick brackets', '【email-1】, @person-1'],
    ['tortoise brackets', '〔email-1〕, @person-1'],
    ['brackets that do not fit', '【email-1], @person-1'],
    ['colons, dots', '[email:1], @person-1'],
    ['dots', '[email・1], @person-1'],
    ['the person in brackets', '[email-1], [person-1]'],
    ['spaces inside', '[ email-1 ], @person-1'],
    ['capitals', '[EMAIL-1], @PERSON-1'],
    ['backslashes', '\\[email\\-1\\], @person\\-1'],
    ['a backslash before the underscore', '[email\\_1], @person\\_1'],
    ['emphasis inside', '[**email-1**], @person-1'],
    ['code inside', '[`email-1`], @person-1'],
    ['zero-width spaces', '[em\u200bail\u200b-1\u200b], @per\u200dson-1'],
    ['zeros before', '[email-01], @person-01'],
    ['mathematical letters', '[𝐞𝐦𝐚𝐢𝐥-𝟏], @𝐩𝐞𝐫𝐬𝐨𝐧-𝟏'],
    ['wave and long vowel marks', '[email〜1], @personー1'],
  ])('knows a placeholder with %s, whole and in single characters', (_form, answer) => {
    expect(restore([answer])).toBe('a@example.com, @Ben');
    expect(restore([...answer])).toBe('a@example.com, @Ben');
  });

  it.each([
    ['**[email-1]** and *@person-1*', '**a@example.com** and *@Ben*'],
    ['`[email-1]`, ~~@person-1~~, __[email-1]__', '`a@example.com`, ~~@Ben~~, __a@example.com__'],
    ['「[email-1]」と（@person-1）', '「a@example.com」と（@Ben）'],
    [
      '（email-1）、「email-1」、<email-1>、{email_1}',
      '（a@example.com）、「a@example.com」、<a@example.com>、{a@example.com}',
    ],
    ['（person-1）さん', '（@Ben）さん'],
    ['[@person-1] 【[email-1]】', '[@Ben] 【a@example.com】'],
    ['[MY_NUMBER_1] [my number 1] ［ｍｙ－ｎｕｍｂｅｒ－１］', '1234 5678 9018 1234 5678 9018 1234 5678 9018'],
    ['*@person-1*2, @person-1-2, @person-1 2', '*@Ben*2, @Ben-2, @Ben 2'],
  ])('leaves what stands around one: %j', (answer, shown) => {
    expect(restore([answer])).toBe(shown);
    expect(restore([...answer])).toBe(shown);
  });

  it('gives back whatever the costume, and never the value of another placeholder', () => {
    const dash = fc.constantFrom(...'-‐‑‒–—―−－﹣ー_ ~〜～─', '\u00a0', '\\-', '\\_');
    const wide = fc.func(fc.boolean());
    const brackets = fc.constantFrom('[]', '［］', '【】', '〔〕', '[］', '【]', '〖〗');
    const named = fc.constantFrom(...[...NAMES].filter(([one]) => one.startsWith('[')));
    const mark = fc.constantFrom('', '', '*', '**', '`', ' ', '\u200b');
    fc.assert(
      fc.property(
        named,
        dash,
        brackets,
        wide,
        mark,
        fc.boolean(),
        ([placeholder, value], between, [open, close], isWide, around, upper) => {
          const inside = [...placeholder.slice(1, -1)]
            .map((one, index) => {
              const cased = upper ? one.toUpperCase() : one;
              if (one === '-') return between;
              return isWide(index) ? String.fromCharCode(cased.charCodeAt(0) + 0xfee0) : cased;
            })
            .join('');
          const answer = `x ${open}${around}${inside}${around}${close} y`;
          expect(restore([answer])).toBe(`x ${value} y`);
          expect(restore([...answer])).toBe(`x ${value} y`);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('holds back a bounded part, whatever comes', () => {
    const part = fc.constantFrom('[', '[email', '@person', '-', ' ', '\u200b', '*', '0', '1', '\\', 'my', '【', '_');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 300 }), (parts) => {
        const restorer = createRestorer(NAMES);
        for (const piece of parts) restorer.push(sealText(piece));
        expect(restorer.flush().length).toBeLessThan(80);
      }),
    );
    const restorer = createRestorer(NAMES);
    expect(restorer.push(sealText(`[email-${'0'.repeat(5_000)}`)).length).toBeGreaterThan(4_900);
    expect(restorer.push(sealText(`[email${' '.repeat(5_000)}`)).length).toBeGreaterThan(4_900);
    expect(restorer.push(sealText(`[em${'\u200b'.repeat(5_000)}`)).length).toBeGreaterThan(4_900);
  });

  it('gives the same words however the answer is cut', () => {
    const part = fc.constantFrom(
      '＠',
      '【',
      '】',
      '_',
      '\u2011',
      '\u200b',
      '**',
      '(email-1',
      ')',
      '［ｅｍ',
      'ａｉｌ',
      '\u00ad',
      '@person-',
      '@',
      '#channel-',
      '@group-1',
      'person',
      '-',
      '1',
      '2',
      '12345',
      ' ',
      '山',
      'İ',
      '@p',
      '[',
      ']',
      '\\',
      '[email-',
      '[email-1]',
      'my-number-',
      '\\[email-12\\]',
      'x',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const whole = restore([parts.join('')]);
        expect(restore(parts)).toBe(whole);
        expect(restore([...parts.join('')])).toBe(whole);
      }),
      { numRuns: 2000 },
    );
  });

  it('holds back no more than a placeholder', () => {
    const restorer = createRestorer(NAMES);
    expect(openText(restorer.push(sealText('Hello @per')))).toBe('Hello ');
    expect(openText(restorer.push(sealText('haps')))).toBe('@perhaps');
  });

  it('passes pieces on untouched where nothing was replaced', () => {
    const piece = sealText('@person-');
    expect(createRestorer(new Map()).push(piece)).toBe(piece);
  });
});
