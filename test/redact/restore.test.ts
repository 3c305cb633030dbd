import fc from 'fast-check';
import { openText, sealText } from '../../src/model/text';
import { createRestorer } from '../../src/redact/restore';
import { fullWidth } from '../bench/redaction/random';
import { processorMilliseconds } from '../support/processor-time';
import { NAMES, restore } from '../support/restorer';

describe('the restorer', () => {
  it('gives nobody the value of another turn: what was not given out stays as it is written', () => {
    const shown = new Map([['[phone-1]', '090-1234-5678']]);
    const answer = '[email-1], email-1, (email 1), @person-1, [phone-2] and [phone-1]';
    for (const pieces of [[answer], [...answer]]) {
      const restorer = createRestorer(shown);
      const given = [...pieces.map((piece) => restorer.push(sealText(piece))), restorer.flush()].map(openText);
      expect(given.join('')).toBe('[email-1], email-1, (email 1), @person-1, [phone-2] and 090-1234-5678');
    }
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
        const spent = processorMilliseconds();
        restore(pieces);
        least = Math.min(least, spent());
      }
      return least;
    };
    const parts = ['[email-', 'email-', 'e', '%5', '@', '__', 'my-', '[ ', 'passport secret card ', '【email', '\\'];
    for (const part of parts)
      for (const cut of [(words: string) => [words], (words: string) => [...words]]) {
        const [short, long] = [millisecondsFor(cut(part.repeat(400))), millisecondsFor(cut(part.repeat(1_600)))];
        // 16 times would be its square, which is seconds. Short times are the machine's noise.
        expect(long).toBeLessThan(Math.max(short * 10, 500));
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

  it('gives at the end what was held back, restored where nothing more can come', () => {
    expect(restore(['Write to ', 'email', '-1'])).toBe('Write to a@example.com');
    expect(restore(['Ask @person-', '1'])).toBe('Ask @Ben');
    expect(restore(['an open [ema', 'il'])).toBe('an open [email');
    expect(restore(['C:', '\\'])).toBe('C:\\');
  });

  it('holds back no more than a placeholder', () => {
    const restorer = createRestorer(NAMES);
    expect(openText(restorer.push(sealText('Hello @per')))).toBe('Hello ');
    expect(openText(restorer.push(sealText('haps')))).toBe('@perhaps');
  });

  it('passes pieces on untouched where nothing was replaced', () => {
    const piece = sealText('@person-');
    const restorer = createRestorer(new Map());
    expect(restorer.push(piece)).toBe(piece);
    expect(openText(restorer.flush())).toBe('');
  });
});
