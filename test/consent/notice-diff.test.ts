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
