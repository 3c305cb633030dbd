import type { NoticeRoute } from '../consent/notice';
import type { CardSentences } from './shape';

/** What goes to a vendor, what of it is taken out before, and what stays in memory. */
export function whatGoes({ context, memory, redaction }: NoticeRoute, card: CardSentences): string {
  return card.paragraph([
    card.what[context ?? 'own'],
    card.redaction(redaction),
    ...(memory === undefined ? [] : [card.memory(memory)]),
  ]);
}
