import type { Language } from '../model/turn';

/** Days are told as of the zone that readers of the language most likely live in, and times name it. */
const ZONES = { en: 'UTC', ja: 'Asia/Tokyo' } as const;
const LOCALES = { en: 'en-GB', ja: 'ja-JP' } as const;

type Style = 'date' | 'time';
const format = (language: Language, style: Style, timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(
    LOCALES[language],
    style === 'time'
      ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }
      : { dateStyle: language === 'en' ? 'medium' : 'long', timeZone },
  );

const DAYS = { en: format('en', 'date', ZONES.en), ja: format('ja', 'date', ZONES.ja) };
const TIMES = { en: format('en', 'time', ZONES.en), ja: format('ja', 'time', ZONES.ja) };
/** A day that was written down without a time is the same everywhere. */
const WRITTEN = { en: format('en', 'date', 'UTC'), ja: format('ja', 'date', 'UTC') };

/** A day as people read it: `28 Nov 2027`, `2027年11月28日`. Takes milliseconds since the epoch. */
export function dayOf(ms: number, language: Language): string {
  return DAYS[language].format(ms);
}

/** A day that is written `2027-11-28`, as {@link dayOf} tells it; anything else comes back as it is. */
export function dayWritten(iso: string, language: Language): string {
  return /^\d{4}-\d{2}-\d{2}$/u.test(iso) ? WRITTEN[language].format(Date.parse(iso)) : iso;
}

/** A moment with its zone: `28 Nov 2026, 12:34 UTC`, `2026年11月28日 21:34（日本時間）`. Takes milliseconds since the epoch. */
export function momentOf(ms: number, language: Language): string {
  const [day, time] = [dayOf(ms, language), TIMES[language].format(ms)];
  return language === 'ja' ? `${day} ${time}（日本時間）` : `${day}, ${time} UTC`;
}
