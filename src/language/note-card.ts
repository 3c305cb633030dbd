import type { Card } from '../chat/card';

/** A card that says one thing and asks for nothing. */
export function noteCard(sentence: string): Card {
  return { title: '', paragraphs: [sentence], facts: [], links: [], buttons: [] };
}
