import fc from 'fast-check';
import { createNotice, isWithinReview, type Statement } from '../../src/consent/notice';
import { aNotice, statement } from '../support/consent';

const with_ = (change: Partial<Statement>) => aNotice('one', { statements: [{ ...statement, ...change }] });
const notice = aNotice('one');

describe('a notice’s id', () => {
  it.each<[string, Partial<Statement>]>([
    ['the wording', { text: { en: 'Other words.', ja: statement.text.ja } }],
    ['the wording in Japanese alone', { text: { en: statement.text.en, ja: '別の言葉。' } }],
    ['the source', { source: { title: 'Another page', url: 'https://vendor.example/other' } }],
    ['the date it was checked on', { checkedOn: '2026-02-02' }],
    ['the date it counts until', { reviewBy: '2027-02-02' }],
  ])('changes with %s, which is no material change', (_name, change) => {
    expect(with_(change).id).not.toBe(notice.id);
    expect(with_(change).materialId).toBe(notice.materialId);
  });

  it.each([
    ['the value of a statement', with_({ value: 'yes' })],
    ['what is stated', with_({ key: 'retention' })],
    ['a statement that is gone', aNotice('one', { statements: [] })],
    ['the endpoint', aNotice('one', {}, { endpoint: 'other.example' })],
    ['the region', aNotice('one', {}, { region: 'us' })],
    ['the model', aNotice('one', {}, { model: 'other' })],
    ['what stays in memory', aNotice('one', {}, { memory: { turns: 8, minutes: 15 } })],
    ['what becomes of values that are found', aNotice('one', {}, { redaction: { mode: 'off', without: [] } })],
    ['kinds that are left alone', aNotice('one', {}, { redaction: { mode: 'mask', without: ['phone'] } })],
    ['sharing for training', aNotice('one', {}, { sharesForTraining: true })],
    ['the vendor', aNotice('two', {}, { endpoint: 'one.example' })],
  ])('changes with %s, which is material', (_name, changed) => {
    expect(changed.id).not.toBe(notice.id);
    expect(changed.materialId).not.toBe(notice.materialId);
  });

  it('tells memory of some chats from memory of every one', () => {
    const memory = { turns: 8, minutes: 15 };
    const [every, some] = [
      aNotice('one', {}, { memory }),
      aNotice('one', {}, { memory: { ...memory, where: 'unreadable' } }),
    ];
    expect(some.route.memory).toEqual({ ...memory, where: 'unreadable' });
    expect(some.materialId).not.toBe(every.materialId);
  });

  it('does not depend on the order in which things are written down', () => {
    const keys = ['training', 'retention', 'human-review', 'third-parties', 'residency', 'zero-retention'] as const;
    const statements = keys.map((key) => ({ ...statement, key }));
    fc.assert(
      fc.property(fc.shuffledSubarray(statements, { minLength: statements.length }), (shuffled) => {
        const { sharesForTraining, model, region, endpoint, vendor } = notice.route;
        const route = { sharesForTraining, model, region, endpoint, vendor };
        expect(createNotice({ ...notice, route, statements: shuffled }).id).toBe(aNotice('one', { statements }).id);
      }),
    );
  });
});

it('a notice’s id is another with a quote, or with what is outdated, however that is written down', () => {
  const said = { en: 'Before', ja: '前' };
  const source = { title: 'Old', url: 'https://old.example/' };
  const outdated = with_({ outdated: { said, source } });
  const turned = { source: { url: source.url, title: source.title }, said: { ja: said.ja, en: said.en } };
  expect(new Set([notice.id, with_({ quote: 'Words.' }).id, outdated.id]).size).toBe(3);
  expect(with_({ outdated: turned }).id).toBe(outdated.id);
  expect(outdated.materialId).toBe(notice.materialId);
});

it('a notice’s ids stay what they are from version to version: agreements name them', () => {
  expect([notice.id, notice.materialId]).toEqual([
    '2eaa81a1b5a82449112820d3fe41e7543aae2942f4b16f20ca6ebace0f6655f4',
    '775871d0867f1940f9e88f8a2fbd4cbaa49ce5ff3e80911a8621cb8ea6290cca',
  ]);
});

describe('a notice counts', () => {
  it('through the last day of its review date, and not a day longer', () => {
    expect(isWithinReview(notice, Date.parse('2027-01-01T23:59:59.999Z'))).toBe(true);
    expect(isWithinReview(notice, Date.parse('2027-01-02T00:00:00Z'))).toBe(false);
  });

  it('as long as the first of its statements', () => {
    const statements = [statement, { ...statement, key: 'retention' as const, reviewBy: '2026-05-31' }];
    expect(isWithinReview(aNotice('one', { statements }), Date.parse('2026-06-01'))).toBe(false);
  });

  it('never without a statement', () => {
    expect(isWithinReview(aNotice('one', { statements: [] }), 0)).toBe(false);
  });
});
