import type { IncomingMessage } from 'node:http';
import { parseAccept } from 'hono/utils/accept';
import type { Language } from '../model/turn';

/** Each language by its own name. */
export const LANGUAGES = [
  ['en', 'English'],
  ['ja', '日本語'],
] as const satisfies readonly (readonly [Language, string])[];

/**
 * The language to answer in: the one that the address asks for (`?lang=ja`), else the one that the browser would rather
 * have (`Accept-Language`, RFC 9110, 12.5.4), else `fallback`.
 */
export function requestLanguage({ url = '/', headers }: IncomingMessage, fallback: Language): Language {
  const query = url.split('?', 2)[1] ?? '';
  const wanted = [
    new URLSearchParams(query).get('lang') ?? '',
    ...parseAccept(headers['accept-language'] ?? '')
      .filter(({ q }) => q > 0)
      .map(({ type }) => type),
  ];
  for (const tag of wanted) {
    const [found] = LANGUAGES.find(([language]) => language === tag.split('-', 1)[0]?.toLowerCase()) ?? [];
    if (found !== undefined) return found;
  }
  return fallback;
}
