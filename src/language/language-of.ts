import type { Language } from '../model/turn';

/** Japanese where its characters carry a fair share of the words: a name or a product in between changes nothing. */
export function languageOf(words: string, fallback: Language): Language {
  const japanese = words.match(/[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/gu)?.length ?? 0;
  const latin = words.match(/\p{sc=Latin}/gu)?.length ?? 0;
  if (japanese + latin < 2) return fallback;
  return japanese * 3 >= latin ? 'ja' : 'en';
}
