import { plainHash, plainWords } from '../../src/kit/plain-words';

describe('plain words', () => {
  it('are the same however they are set', () => {
    expect(plainWords('  “Don’t”\u00a0—\n ＡＢＣ ')).toBe('"don\'t" - abc');
    expect(plainHash('We don’t\u200b  train.')).toBe(plainHash("we don't train."));
  });

  it('have another hash where a word is another', () => {
    expect(plainHash('We train.')).not.toBe(plainHash("We don't train."));
    expect(plainHash('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });
});
