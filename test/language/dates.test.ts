import { dayOf, dayWritten, momentOf } from '../../src/language/dates';

const AT = Date.UTC(2026, 10, 28, 16, 5, 59);

describe('a date', () => {
  it('is told as people read it, in the zone of the language', () => {
    expect(dayOf(AT, 'en')).toBe('28 Nov 2026');
    expect(dayOf(AT, 'ja')).toBe('2026年11月29日');
  });

  it('has a zone where it has a time', () => {
    expect(momentOf(AT, 'en')).toBe('28 Nov 2026, 16:05 UTC');
    expect(momentOf(AT, 'ja')).toBe('2026年11月29日 01:05（日本時間）');
  });

  it('is midnight as 00:00, and stays on its day', () => {
    expect(momentOf(Date.UTC(2026, 0, 1), 'en')).toBe('1 Jan 2026, 00:00 UTC');
    expect(momentOf(Date.UTC(2025, 11, 31, 15), 'ja')).toBe('2026年1月1日 00:00（日本時間）');
  });

  it('that was written without a time is the same day in both languages', () => {
    expect(dayWritten('2027-05-28', 'en')).toBe('28 May 2027');
    expect(dayWritten('2027-05-28', 'ja')).toBe('2027年5月28日');
    expect(dayWritten('–', 'en')).toBe('–');
  });
});
