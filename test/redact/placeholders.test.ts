import { createPlaceholders, labelKey } from '../../src/redact/placeholders';

describe('placeholders', () => {
  it('are numbered by stem, in the order in which they are needed, and the same for the same', () => {
    const placeholders = createPlaceholders(new Map(), []);
    expect([
      placeholders.ofValue('email', 'a@example.com'),
      placeholders.ofValue('email', 'b@example.com'),
      placeholders.ofValue('phone', '090-1234-5678'),
      placeholders.ofValue('email', 'a@example.com'),
      placeholders.of('person', 'U1'),
      placeholders.of('group', 'U1'),
      placeholders.of('conversation', 'U1'),
      placeholders.of('person', 'U2'),
      placeholders.of('person', 'U1'),
    ]).toEqual([
      '[email-1]',
      '[email-2]',
      '[phone-1]',
      '[email-1]',
      '@person-1',
      '@group-1',
      '#channel-1',
      '@person-2',
      '@person-1',
    ]);
  });

  it('tell a value of one kind from the same characters of another', () => {
    const placeholders = createPlaceholders(new Map(), []);
    expect(placeholders.ofValue('phone', '0312345678')).toBe('[phone-1]');
    expect(placeholders.ofValue('account', '0312345678')).toBe('[account-1]');
    expect([...placeholders.shown()]).toEqual([
      ['[phone-1]', '0312345678'],
      ['[account-1]', '0312345678'],
    ]);
  });

  it('are shown again by label with the sign of the mention, and not at all where none is known', () => {
    const labels = new Map([
      [labelKey('person', 'U1'), 'Ben'],
      [labelKey('conversation', 'C1'), 'general'],
    ]);
    const placeholders = createPlaceholders(labels, ['my-number 1 and person 1, person 3']);
    placeholders.of('person', 'U1');
    placeholders.of('person', 'U2');
    placeholders.of('conversation', 'C1');
    placeholders.ofValue('my-number', '1234 5678 9018');
    expect([...placeholders.shown()].sort()).toEqual([
      ['#channel-1', '#general'],
      ['@person-2', '@Ben'],
      ['[my-number-2]', '1234 5678 9018'],
    ]);
  });
});
