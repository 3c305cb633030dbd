import { createHash } from 'node:crypto';

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

/** SHA-256 over words as {@link plainWords}, in hexadecimal: the same however a page sets them. */
export function plainHash(words: string): string {
  return createHash('sha256').update(plainWords(words)).digest('hex');
}
