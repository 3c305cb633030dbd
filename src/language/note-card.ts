import type { Card } from '../model/card';

/** A card that says something, a paragraph each, and asks for nothing. */
export function noteCard(...sentences: readonly string[]): Card {
  return { title: '', paragraphs: sentences, facts: [], links: [], buttons: [] };
}
