import { business, corpus, names } from '../bench/redaction/corpus';
import { HELD_OUT, HELD_OUT_LATER } from '../bench/redaction/held-out';
import { measure } from '../bench/redaction/score';
import { aSearch, foundIn } from '../support/redaction';

/** What `npm run bench:redaction` measures of ours, held. */
describe('on the labelled set', () => {
  const redactWith = (search = aSearch()) => ({
    redact: async (words: string) =>
      (await foundIn(words, search)).reduce((left, [kind, value]) => left.replace(value, () => `[${kind}]`), words),
  });

  it('nine of ten values of every kind are found, and one harmless message in a hundred is changed at most', async () => {
    const { recall, falseAlarms } = await measure(redactWith(), corpus());
    expect([...recall.keys()].sort()).toEqual([
      'account',
      'address',
      'card',
      'email',
      'iban',
      'id-number',
      'my-number',
      'passport',
      'phone',
      'secret',
    ]);
    for (const [kind, share] of recall) expect([kind, share >= 0.9]).toEqual([kind, true]);
    expect(falseAlarms).toBeLessThanOrEqual(0.01);
  });

  it('nine of ten Japanese names are found with the dictionary, without more false alarms', async () => {
    const { recall, falseAlarms } = await measure(redactWith(aSearch({ names: true })), [...corpus(), ...names()]);
    expect(recall.get('name')).toBeGreaterThanOrEqual(0.9);
    expect(falseAlarms).toBeLessThanOrEqual(0.01);
  });

  it('values of another seed are found as well, so that the set is not what the finders were made for', async () => {
    const { recall, falseAlarms } = await measure(redactWith(), corpus(424_242));
    for (const [kind, share] of recall) expect([kind, share >= 0.88]).toEqual([kind, true]);
    expect(falseAlarms).toBeLessThanOrEqual(0.02);
  });

  it('what was written after the finders is found for the most part', async () => {
    const { recall } = await measure(redactWith(), [...HELD_OUT, ...HELD_OUT_LATER]);
    for (const [kind, share] of recall) expect([kind, share >= 0.8]).toEqual([kind, true]);
  });

  it.each(['en', 'ja'] as const)('a working day of harmless sentences is left alone (%s)', async (language) => {
    for (const seed of [20_261_128, 7]) {
      const sentences = business(seed).filter((one) => one.language === language);
      expect(sentences.length).toBeGreaterThanOrEqual(300);
      const { falseAlarms } = await measure(redactWith(), sentences);
      expect(falseAlarms).toBeLessThanOrEqual(0.01);
    }
  });
});
