import type { Statement } from '../../src/consent/notice';
import { plainHash } from '../../src/kit/plain-words';
import { statementSchema } from '../../src/vendors/kit/data-handling';
import { DATA_HANDLING, VENDORS } from '../../src/vendors/registry';

const all = [...DATA_HANDLING.values()];

describe('the data handling of the vendors', () => {
  it('is there for every vendor that can be connected', () => {
    expect([...DATA_HANDLING.keys()].sort()).toEqual([...VENDORS].sort());
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

  it('says of every vendor abroad who receives it and what protects it', () => {
    for (const { vendor, statements } of all)
      if (vendor !== 'preview') expect(statements.map(({ key }) => key)).toContain('cross-border');
  });

  it('quotes the sources that the article quoted', () => {
    const quotes = all.flatMap(({ statements }) => statements.flatMap(({ quote }) => quote ?? []));
    for (const words of [
      'you have explicitly opted in to share your data with us',
      'for up to 30 days to provide the services and to identify abuse',
      'are NOT used to train any generative AI foundation models without your permission or instruction.',
      'are NOT available to OpenAI',
      'are not trained using data from ChatGPT business plans or the API',
      "Google won't use your data to train or fine-tune any AI/ML models",
      'We do not use data that you provide us to train our own models without your permission.',
      "we don't use your prompts and outputs to train or improve the underlying models",
      "we don't share your data with third-party model providers",
    ])
      expect(quotes.some((quote) => quote.includes(words))).toBe(true);
  });

  it('keeps the hash of the words as they stood at the source, and refuses words that are not those', () => {
    const quote = 'We don’t train.';
    const source = { title: 'A page', url: 'https://vendor.example/' };
    const dates = { checkedOn: '2026-01-01', reviewBy: '2026-06-01' };
    const stated = { key: 'training', value: 'no', text: { en: 'No.', ja: 'いいえ。' }, source, ...dates };
    expect(statementSchema.safeParse({ ...stated, quote, hash: plainHash("we  don't train.") }).success).toBe(true);
    for (const change of [{ quote }, { quote, hash: plainHash('We train.') }, { hash: plainHash(quote) }])
      expect(statementSchema.safeParse({ ...stated, ...change }).success).toBe(false);
  });

  it('names the law of the country in which a vendor is a company, wherever it processes', () => {
    for (const { vendor, statements } of all)
      for (const { key, value, text } of statements)
        if (key === 'cross-border' && value === 'us-company')
          expect([vendor, text.en, text.ja]).toEqual([
            vendor,
            expect.stringMatching(/United States \(no general federal law/u),
            expect.stringContaining('包括的な連邦法はなく'),
          ]);
  });

  it('quotes OpenAI word for word', () => {
    const training = DATA_HANDLING.get('openai')?.statements.find(({ key }) => key === 'training');
    expect(training?.text.en).toContain('By default, we do not use your business data for training our models.');
    expect(training?.source).toEqual({
      title: 'Enterprise Privacy at OpenAI',
      url: 'https://openai.com/enterprise-privacy',
    });
  });
});
