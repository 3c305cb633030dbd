import { plainWords } from '../kit/plain-words';

/** The words that a page shows, one after the other, as {@link plainWords}. */
export async function wordsOfPage(html: string): Promise<string> {
  const { convert } = await import('html-to-text');
  return plainWords(
    convert(html, {
      wordwrap: false,
      limits: { maxInputLength: html.length, maxDepth: 200, ellipsis: '' },
      selectors: [
        { selector: 'a', options: { ignoreHref: true } },
        { selector: 'img', format: 'skip' },
        ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
      ],
    }),
  );
}
