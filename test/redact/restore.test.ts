import fc from 'fast-check';
import { openText, sealText } from '../../src/model/text';
import { createRestorer } from '../../src/redact/restore';
import { fullWidth } from '../bench/redaction/random';

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
    ['[email-2], [email-], [e-male-1], [email-x', '[email-2], [email-], [e-male-1], [email-x'],
    ['email[1], [email-1234567]', 'email[1], [email-1234567]'],
    ['[[email-1]](mailto:%5Bemail-1%5D), 100%5', '[a@example.com](mailto:a@example.com), 100%5'],
    ['[email-1](mailto:email-1)', 'a@example.com(mailto:a@example.com)'],
    ['@[person-1], ＠【person-1】 and #[person-1]', '@Ben, @Ben and #@Ben'],
    ['[email-1]様、my-number-1の件', 'a@example.com様、1234 5678 9018の件'],
  ])('reads %j as %j', (answer, shown) => {
    expect(restore([answer])).toBe(shown);
    expect(restore([...answer])).toBe(shown);
  });

  it.each([
    'email-1',
    'EMAIL-1',
    'Email\u20111',
    'ｅｍａｉｌ－１',
    'email–1',
    'email−1',
    'email—1',
    'emailー1',
    'e-mail-1',
    'email\\-1',
  ])('knows %j among words, without any brackets', (written) => {
    const value = 'a@example.com';
    for (const [before, after] of [
      ['', ''],
      ['Write to ', '.'],
      ['宛先は', 'です'],
      ['', '様'],
      ['Is it ', '? Yes'],
      ['**', '**'],
      ['*', '*,'],
      ['__', '__'],
      ['(_', '_)'],
      ['`', '`'],
      ['~~', '~~'],
      ['“', '”'],
      ['«', '»'],
      ['[', ', or another]'],
      ['|', '|'],
      ['- ', "'s"],
      ['mailto:', ' '],
      ['&lt;', '&gt;'],
    ] as const) {
      const [answer, shown] = [`x ${before}${written}${after}`, `x ${before}${value}${after}`];
      expect(restore([answer])).toBe(shown);
      expect(restore([...answer])).toBe(shown);
    }
  });

  it.each([
    '<input id="email-1" name=email-1>',
    "document.querySelector('#email-1, .email-1')",
    'const email_1 = form.email_1',
    'email 1: a first draft',
    'Email 1\nEmail 2',
    'my-email-1, email-1-2, email-10, email-01, email-1a, xemail-1',
    'email-1.png, email-1@example.org, https://example.org/email-1, email-1/x',
    'email-1=2 and $email-1',
    'db.find({email: 1}, {email:1})',
    'channel-1, group-1 and #person-1',
    'the e-mail of 1 May, mail-1',
    '__email-1__x',
  ])('leaves what is something else: %j', (answer) => {
    expect(restore([answer])).toBe(answer);
    expect(restore([...answer])).toBe(answer);
  });

  it('gives nobody the value of another turn: what was not given out stays as it is written', () => {
    const shown = new Map([['[phone-1]', '090-1234-5678']]);
    const answer = '[email-1], email-1, (email 1), @person-1, [phone-2] and [phone-1]';
    for (const pieces of [[answer], [...answer]]) {
      const restorer = createRestorer(shown);
      const given = [...pieces.map((piece) => restorer.push(sealText(piece))), restorer.flush()].map(openText);
      expect(given.join('')).toBe('[email-1], email-1, (email 1), @person-1, [phone-2] and 090-1234-5678');
    }
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
      '（email-1）、「email 1」、<email-1>、{email_1}、(email\\_1)',
      '（a@example.com）、「a@example.com」、<a@example.com>、{a@example.com}、(a@example.com)',
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

  it('gives back all of an answer in which placeholders are written in every way, cut anywhere', () => {
    const words = fc.constantFrom(
      ' Write to ',
      ' and ',
      '、',
      'は',
      '\n- ',
      ': ',
      '。',
      ' | ',
      '\u3000',
      '\n\n',
      ' → ',
      '！',
    );
    const hyphen = fc.constantFrom('-', '\u2010', '\u2011', '\u2013', '\u2014', '\u2212', '\uff0d', '\u30fc', '\\-');
    const ways = fc.constantFrom<(stem: string, dash: string, number: string) => readonly [string, string, string]>(
      (stem, dash, number) => ['', `[${stem}${dash}${number}]`, ''],
      (stem, dash, number) => ['', `\\[${stem}${dash}${number}\\]`, ''],
      (stem, dash, number) => ['', `【 ${stem}${dash}${number} 】`, ''],
      (stem, dash, number) => ['', `［${fullWidth(stem)}${dash}${fullWidth(number)}］`, ''],
      (stem, dash, number) => ['', `%5B${stem}${dash}${number}%5D`, ''],
      (stem, _dash, number) => ['', `[${stem} ${number}]`, ''],
      (stem, _dash, number) => ['', `[${stem} #${number}]`, ''],
      (stem, _dash, number) => ['(', `${stem} ${number}`, ')'],
      (stem, _dash, number) => ['「', `${stem} ${number}`, '」'],
      (stem, dash, number) => ['（', `${stem}${dash}${number}`, '）'],
      (stem, dash, number) => ['', `${stem}${dash}${number}`, ''],
      (stem, dash, number) => ['**', `${stem}${dash}${number}`, '**'],
      (stem, dash, number) => ['__', `${stem}${dash}${number}`, '__'],
      (stem, dash, number) => ['`', `${fullWidth(stem)}${dash}${fullWidth(number)}`, '`'],
    );
    const written = fc
      .tuple(
        fc.constantFrom(...[...NAMES].filter(([one]) => one.startsWith('['))),
        ways,
        hyphen,
        fc.constantFrom<(one: string) => string>(
          (one) => one,
          (one) => one.toUpperCase(),
          (one) => one.charAt(0).toUpperCase() + one.slice(1),
        ),
      )
      .map(([[placeholder, value], way, dash, cased]) => {
        const [, stem = '', number = ''] = /^\[(.*)-(\d+)\]$/.exec(placeholder) ?? [];
        const [before, inside, after] = way(cased(stem), dash, number);
        return { answer: before + inside + after, shown: before + value + after };
      });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(words, written), { maxLength: 6 }),
        words,
        fc.array(fc.nat(), { maxLength: 12 }),
        (parts, last, cuts) => {
          const answer = parts.map(([before, one]) => before + one.answer).join('') + last;
          const shown = parts.map(([before, one]) => before + one.shown).join('') + last;
          expect(restore([answer])).toBe(shown);
          expect(restore([...answer])).toBe(shown);
          const at = [0, ...cuts.map((cut) => cut % (answer.length + 1)), answer.length].sort((a, b) => a - b);
          expect(restore(at.slice(1).map((end, index) => answer.slice(at[index], end)))).toBe(shown);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('takes time that grows with the answer and no faster, however it is cut', () => {
    const millisecondsFor = (pieces: readonly string[]): number => {
      let least = Number.POSITIVE_INFINITY;
      for (let round = 0; round < 3; round += 1) {
        const start = performance.now();
        restore(pieces);
        least = Math.min(least, performance.now() - start);
      }
      return least;
    };
    const parts = ['[email-', 'email-', 'e', '%5', '@', '__', 'my-', '[ ', 'passport secret card ', '【email', '\\'];
    for (const part of parts)
      for (const cut of [(words: string) => [words], (words: string) => [...words]]) {
        const [short, long] = [millisecondsFor(cut(part.repeat(400))), millisecondsFor(cut(part.repeat(1_600)))];
        // 16 times would be its square, which is seconds. Short times are the machine's noise.
        expect(long).toBeLessThan(Math.max(short * 10, 1_000));
      }
  });

  it('holds back a bounded part, whatever comes', () => {
    const part = fc.constantFrom(
      ...[
        '[',
        '[email',
        '@person',
        '-',
        ' ',
        '\u200b',
        '*',
        '0',
        '1',
        '\\',
        'my',
        '【',
        '_',
        '%',
        '5',
        'B',
        'email',
        '.',
      ],
    );
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
      'email-1',
      'ｅ',
      '__',
      '.',
      '"',
      '%5B',
      '%5',
      'D',
      '@[',
      '(email 1)',
      'e',
      'mail',
      'my',
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
