import { openText } from '../../src/model/text';
import type { PersonId } from '../../src/model/turn';
import type { Entry, Room } from './room';
import type { MessageView } from './wire';

/** Whether a person may see an entry: their own direct chat and private cards, and the channel. */
export function maySee(room: Room, entry: Entry, viewer: PersonId): boolean {
  if (entry.kind === 'card' && entry.seenBy !== viewer) return false;
  const owner = room.ownerOf(entry.conversation);
  return owner === undefined || owner === viewer;
}

/** Before it is known who answers. */
const NOBODY = { vendor: '', region: '', model: '' };

/** An entry as the page shows it: the last step out, where the words are opened. */
export function viewOf(entry: Entry): MessageView {
  const { id, conversation, thread, at } = entry;
  const place = { id, conversation, thread, at };
  switch (entry.kind) {
    case 'said':
      return {
        ...place,
        author: entry.author,
        text: openText(entry.shown),
        ...(entry.files.length > 0 && { files: entry.files.map(({ name, size }) => ({ name: openText(name), size })) }),
      };
    case 'answer': {
      const { vendor: vendorName, region, model } = entry.answerer?.() ?? NOBODY;
      const { state, to, question, ending } = entry;
      const answer = { state, to, question, vendorName, region, model, ...(ending !== undefined && { ending }) };
      return { ...place, author: 'dejiren', text: entry.pieces.map(openText).join(''), answer };
    }
    case 'card': {
      const { title, paragraphs, lines, facts, links, footnote, choice, copy } = entry.card;
      const buttons = entry.card.buttons.map(({ label, style, details }) => ({
        label,
        style,
        ...(details !== undefined && { details }),
      }));
      const card = { version: entry.version, title, paragraphs, facts, links, buttons };
      return {
        ...place,
        author: 'dejiren',
        text: '',
        card: {
          ...card,
          ...(lines !== undefined && { lines }),
          ...(choice !== undefined && { choice }),
          ...(footnote !== undefined && { footnote }),
          ...(copy !== undefined && { copy }),
        },
      };
    }
  }
}
