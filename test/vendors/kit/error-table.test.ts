import { COMMON_ERRORS } from '../../../src/vendors/kit/common-errors';
import { type ErrorTable, errorReaderOf } from '../../../src/vendors/kit/error-table';

const OWN: ErrorTable = {
  codes: { overloaded: ['acme_busy'], quota: ['rate_limit_exceeded'] },
  plain: ['acme_odd'],
  words: [
    { code: /^acmeodd$/u, words: /too long/u, means: 'context-too-long' },
    { words: /acme is asleep/u, means: 'timeout' },
  ],
};
const errors = errorReaderOf(OWN, COMMON_ERRORS);
const meaning = (codes: readonly unknown[], words = '') => errors.meaningOf({ codes, words });

describe('a table of errors', () => {
  it('tells what a code means, in whatever way it is written', () => {
    for (const code of ['acme_busy', 'ACME-BUSY', 'AcmeBusy']) expect(meaning([code])).toBe('overloaded');
  });

  it('goes before the tables behind it', () => {
    expect(meaning(['rate_limit_exceeded'])).toBe('quota');
    expect(meaning(['slow_down'])).toBe('rate-limited');
  });

  it('takes the first code that means something', () => {
    expect(meaning(['acme_odd', 'unheard_of', 'acme_busy', 'slow_down'])).toBe('overloaded');
    expect(meaning(['acme_odd'])).toBeUndefined();
  });

  it('lets the words beside a code say more than the code, and words alone where no code says anything', () => {
    expect(meaning(['acme_odd'], 'too long')).toBe('context-too-long');
    expect(meaning(['acme_busy'], 'too long')).toBe('overloaded');
    expect(meaning([], 'acme is asleep')).toBe('timeout');
    expect(meaning(['acme_busy'], 'acme is asleep')).toBe('overloaded');
  });

  it('believes no code that is none', () => {
    for (const code of [undefined, null, 7, '', '__proto__', 'constructor', 'acme_busy'.padEnd(65)])
      expect(meaning([code])).toBeUndefined();
  });

  it('tells the operator a code as its table writes it, and none that no table has', () => {
    expect(errors.writtenOf(['a word of the question', 'ACME-ODD', 'acme_busy'])).toBe('acme_odd');
    expect(errors.writtenOf(['a word of the question', 7])).toBeUndefined();
  });

  it('leaves the rest to the status', () => {
    expect(errors.categoryOf({ codes: ['acme_odd'], words: '' }, 504)).toBe('timeout');
    expect(errors.categoryOf({ codes: ['acme_busy'], words: '' }, 504)).toBe('overloaded');
  });
});
