import fc from 'fast-check';
import { createRestorer } from '../../src/redact/restore';
import { openText, sealText } from '../../src/text/text';

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
    ['C:\\[email-1] and [email-1\\]', 'C:\\a@example.com and [email-1\\]'],
    ['[email-2], [email-], [e-mail-1], [email-1', '[email-2], [email-], [e-mail-1], [email-1'],
    ['person-1 and @ person-1', 'person-1 and @ person-1'],
  ])('reads %j as %j', (answer, shown) => {
    expect(restore([answer])).toBe(shown);
  });

  it('gives the same words however the answer is cut', () => {
    const part = fc.constantFrom(
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
