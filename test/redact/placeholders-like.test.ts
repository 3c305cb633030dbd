import { createPlaceholders } from '../../src/redact/placeholders';

describe('placeholders, where somebody typed what looks like one,', () => {
  it.each([
    '[email-1]',
    'email-1',
    'E-MAIL 1',
    'e\u200bmail_1',
    'ｅｍａｉｌ－１',
    '**email** #1',
    'email-001',
    'email\n\n1',
    'email1, that is',
  ])('leave out a number that somebody typed: %j', (words) => {
    const placeholders = createPlaceholders(new Map(), ['x', `see ${words}`]);
    expect(placeholders.ofValue('email', 'a@example.com')).toBe('[email-2]');
    expect(placeholders.ofValue('phone', '090-1234-5678')).toBe('[phone-1]');
  });

  it('look through invisible characters within a word', () => {
    expect(createPlaceholders(new Map(), ['ph\u200bone\u2060-1']).ofValue('phone', '090-1234-5678')).toBe('[phone-2]');
  });

  it.each(['email-12', 'email-1234567', 'emails', 'mail-1', 'email x 1', '1 email', `email${' '.repeat(80)}1`])(
    'take no number for typed that is none of theirs: %j',
    (words) => {
      expect(createPlaceholders(new Map(), [words]).ofValue('email', 'a@example.com')).toBe('[email-1]');
    },
  );
});
