import { convert } from 'html-to-text';

/** The words that a page shows, one after the other, as {@link plainWords}. */
export function wordsOfPage(html: string): string {
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

/** Words apart from how a page sets them: one kind of quote and dash, single spaces, no matter the case. */
export function plainWords(words: string): string {
  return words
    .normalize('NFKC')
    .replace(/[‘’‚‛′´`]/gu, "'")
    .replace(/[“”„‟″]/gu, '"')
    .replace(/[‐-―−]/gu, '-')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/\s+/gu, ' ')
    .toLowerCase()
    .trim();
}
