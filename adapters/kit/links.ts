/** Code, in which nothing is a link; or a link as the sanitiser writes it: the address, and once more. */
const CODE_OR_LINK = /```[\s\S]*?(?:```|$)|`[^`\n]*`|\[(https?:\/\/[^\s[\]]+)\]\(\1\)/gu;

/** A part of an answer: words, or an address that people may click on. */
export type AnswerPart = { readonly words: string } | { readonly address: string };

/** An answer with the address alone in the place of each link. */
export function answerWrittenOut(answer: string): string {
  return partsOfAnswer(answer)
    .map((part) => ('address' in part ? part.address : part.words))
    .join('');
}

/**
 * Takes the links out of an answer, for forms that know none of Markdown: they are exactly those that the sanitiser
 * made, `[address](address)`.
 *
 * @example
 * partsOfAnswer('See [https://example.com/a](https://example.com/a).');
 * // [{ words: 'See ' }, { address: 'https://example.com/a' }, { words: '.' }]
 */
export function partsOfAnswer(answer: string): readonly AnswerPart[] {
  const parts: AnswerPart[] = [];
  let after = 0;
  for (const match of answer.matchAll(CODE_OR_LINK)) {
    const address = match[1];
    if (address === undefined) continue;
    parts.push({ words: answer.slice(after, match.index) }, { address });
    after = match.index + match[0].length;
  }
  return [...parts, { words: answer.slice(after) }];
}
