import type { Statement } from '../../src/consent/notice';
import { DATA_HANDLING } from '../../src/vendors/data-handling';

const all = [...DATA_HANDLING.values()];

describe('the data handling of the vendors', () => {
  it('is there for every vendor that can be connected', () => {
    expect([...DATA_HANDLING.keys()].sort()).toEqual(['openai', 'openai-compatible', 'preview']);
  });

  it('fits what a notice is made of', () => {
    const statements: readonly Statement[] = all.flatMap(({ statements }) => statements);
    expect(statements.length).toBeGreaterThan(0);
  });

  it.each(all)('of $vendor says whether it trains, how long it keeps, who else sees it, and where', (handling) => {
    const keys = handling.statements.map(({ key }) => key);
    expect(keys).toEqual(expect.arrayContaining(['training', 'retention', 'third-parties', 'residency']));
  });

  it.each(all.flatMap(({ vendor, statements }) => statements.map((statement) => ({ vendor, ...statement }))))(
    'of $vendor, $key: is written in both languages, and reviewed within a year of its reading',
    ({ text, checkedOn, reviewBy }) => {
      expect(text.ja).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/u);
      expect(text.en).not.toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/u);
      expect(reviewBy > checkedOn).toBe(true);
      expect(Date.parse(reviewBy) - Date.parse(checkedOn)).toBeLessThanOrEqual(366 * 86_400_000);
    },
  );

  it('quotes OpenAI word for word', () => {
    const training = DATA_HANDLING.get('openai')?.statements.find(({ key }) => key === 'training');
    expect(training?.text.en).toContain('By default, we do not use your business data for training our models.');
    expect(training?.source).toEqual({
      title: 'Enterprise Privacy at OpenAI',
      url: 'https://openai.com/enterprise-privacy',
    });
  });
});
