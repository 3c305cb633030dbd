import type { Card } from '../model/card';

/** All that a card says, as plain text: for where a platform refuses the card itself. */
export function wordsOfCard({ title, paragraphs, lines = [], facts, links, copy, footnote }: Card): string {
  return [
    title,
    ...paragraphs,
    ...(lines.length === 0 ? [] : [lines.map(({ label, value }) => `${label}: ${value}`).join('\n')]),
    ...facts.map(({ label, value }) => `${label}: ${value}`),
    ...links.map(({ label, url }) => `${label}: ${url}`),
    copy?.text ?? '',
    footnote ?? '',
  ]
    .filter((words) => words !== '')
    .join('\n\n');
}
