import { diffNotices } from '../../src/consent/notice-diff';
import { aNotice, statement } from '../support/consent';

const before = aNotice('one');

describe('what changed between two notices', () => {
  it('is nothing where they say the same', () => {
    expect(diffNotices(before, aNotice('one'))).toEqual([]);
  });

  it('is told of the route by what it was and is', () => {
    const after = aNotice('one', {}, { endpoint: 'b.example', region: 'us', model: 'n', sharesForTraining: true });
    expect(diffNotices(before, after)).toEqual([
      { about: 'endpoint', material: true, before: 'one.example', after: 'b.example' },
      { about: 'region', material: true, before: 'jp', after: 'us' },
      { about: 'model', material: true, before: 'm', after: 'n' },
      { about: 'sharing', material: true, before: 'no', after: 'yes' },
    ]);
  });

  it('is told of what goes along', () => {
    const after = aNotice('one', {}, { context: 'consented' });
    expect(diffNotices(before, after)).toEqual([
      { about: 'context', material: true, before: 'own', after: 'consented' },
    ]);
  });

  it('is told of what becomes of values that are found', () => {
    const redaction = { mode: 'block', without: ['phone'], detector: 'presidio.example' } as const;
    expect(diffNotices(before, aNotice('one', {}, { redaction }))).toEqual([
      { about: 'redaction', material: true, before: 'mask', after: 'block, not phone, presidio.example' },
    ]);
  });

  it('is nothing where what goes without saying is said', () => {
    expect(diffNotices(before, aNotice('one', {}, { redaction: { mode: 'mask', without: [] } }))).toEqual([]);
  });

  it('is told of what is kept in memory, how much, how long, and in which chats', () => {
    const memory = { turns: 8, minutes: 15 };
    const [every, some] = [
      aNotice('one', {}, { memory }),
      aNotice('one', {}, { memory: { ...memory, where: 'unreadable' } }),
    ];
    const change = (one: string, other: string) => [{ about: 'memory', material: true, before: one, after: other }];
    expect(diffNotices(before, every)).toEqual(change('none', '8/15/every chat'));
    expect(diffNotices(every, some)).toEqual(change('8/15/every chat', '8/15/unreadable'));
    expect(diffNotices(some, before)).toEqual(change('8/15/unreadable', 'none'));
  });

  it('is told where the vendor may train no more', () => {
    expect(diffNotices(aNotice('one', {}, { sharesForTraining: true }), before)).toEqual([
      { about: 'sharing', material: true, before: 'yes', after: 'no' },
    ]);
  });

  it('is told of values in the order in which they are looked for', () => {
    const redaction = { mode: 'mask', without: ['phone', 'email'] } as const;
    expect(diffNotices(before, aNotice('one', {}, { redaction }))).toEqual([
      { about: 'redaction', material: true, before: 'mask', after: 'mask, not phone, not email' },
    ]);
  });

  it.each([
    ['English', { en: 'Other words.', ja: statement.text.ja }],
    ['Japanese', { en: statement.text.en, ja: '別の言葉。' }],
  ])('is told of new words in %s alone, as of no other matter', (_language, text) => {
    expect(diffNotices(before, aNotice('one', { statements: [{ ...statement, text }] }))).toEqual([
      { about: 'training', material: false, before: statement.text, after: text },
    ]);
  });

  it('is told of another value as material, though the words are the same', () => {
    expect(diffNotices(before, aNotice('one', { statements: [{ ...statement, value: 'yes' }] }))).toEqual([
      { about: 'training', material: true, before: statement.text, after: statement.text },
    ]);
  });

  it('is told of statements, those that are new or gone included, the wording alone last', () => {
    const text = { en: 'Other words.', ja: '別の言葉。' };
    const retention = { ...statement, key: 'retention' as const };
    const one = aNotice('one', { statements: [statement, retention] });
    const other = aNotice('one', {
      statements: [
        { ...statement, text },
        { ...retention, key: 'residency' as const },
      ],
    });
    expect(diffNotices(one, other)).toEqual([
      { about: 'retention', material: true, before: statement.text, after: undefined },
      { about: 'residency', material: true, before: undefined, after: statement.text },
      { about: 'training', material: false, before: statement.text, after: text },
    ]);
  });

  it('is nothing but dates and sources where only those changed', () => {
    const checked = aNotice('one', { statements: [{ ...statement, checkedOn: '2026-02-02' }] });
    expect(diffNotices(before, checked)).toEqual([]);
    expect(checked.id).not.toBe(before.id);
  });
});
