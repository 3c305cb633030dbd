import { counted } from '../../src/cli/counted';

describe('a count in a sentence', () => {
  it('has the word for one, and for several', () => {
    expect([0, 1, 2].map((count) => counted(count, 'row'))).toEqual(['0 rows', '1 row', '2 rows']);
  });
});
