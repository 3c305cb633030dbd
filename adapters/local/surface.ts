import { noteCard } from '../../src/language/note-card';
import type { FileReading, ThreadMessage, ThreadReading, TurnSurface } from '../../src/model/adapter';
import type { Card } from '../../src/model/card';
import { MARKDOWN } from '../../src/model/dialect';
import type { ReplyControl } from '../../src/model/reply';
import { openText, sealText } from '../../src/model/text';
import type { MessageId, PersonId, Turn } from '../../src/model/turn';
import type { Timers } from '../kit/timers';
import { residentOf } from './people';
import { createReply } from './reply';
import type { Answer, Entry, PrivateCard, Room } from './room';
import { createSign } from './sign';

export interface SurfaceParts {
  readonly room: Room;
  readonly now: () => number;
  readonly timers: Timers;
}

/** Puts a card where a question stands, for one person's eyes. */
export function placeCard(
  room: Room,
  seenBy: PersonId,
  place: Pick<Entry, 'conversation' | 'thread' | 'at'>,
  card: Card,
): void {
  const { conversation, thread, at } = place;
  const id = room.nextId() as MessageId;
  const entry: PrivateCard = { kind: 'card', id, conversation, thread, at, seenBy, card, version: 0 };
  room.add(entry);
}

/** What the dispatcher may do where a question was asked on the local page. */
export function createSurface(turn: Turn, { room, now, timers }: SurfaceParts): TurnSurface {
  const asker = turn.person.id;
  const here = { conversation: turn.conversation.id, thread: turn.conversation.thread };
  const tell = (card: Card): void => placeCard(room, asker, { ...here, at: now() }, card);

  const entry: Answer = {
    kind: 'answer',
    id: room.nextId() as MessageId,
    ...here,
    at: now(),
    to: asker,
    question: turn.message.message,
    answerer: undefined,
    state: 'waiting',
    pieces: [],
    ending: undefined,
  };
  const sign = createSign(entry, room, timers);

  return {
    dialect: MARKDOWN,
    readsAgain: true,
    sign,
    openReply(control: ReplyControl) {
      entry.answerer = control.answerer;
      sign.show();
      return createReply({
        room,
        entry,
        sign,
        control,
        language: turn.language,
        tellAsker: (words) => tell(noteCard(words)),
      });
    },
    tellPrivately(card) {
      tell(card);
      return Promise.resolve(true);
    },
    readFile({ id }, maxBytes): Promise<FileReading> {
      const asked = room.find(turn.message.message);
      const file = asked?.kind === 'said' ? asked.files.find((one) => one.id === id) : undefined;
      if (file === undefined) return Promise.resolve({ kind: 'unavailable', reason: 'failed' });
      if (file.size > maxBytes) return Promise.resolve({ kind: 'unavailable', reason: 'too-large' });
      return Promise.resolve({ kind: 'read', bytes: file.bytes });
    },
    readThread(limit): Promise<ThreadReading> {
      const all = room.entries(here.conversation).filter(({ thread }) => thread === here.thread);
      const end = all.findIndex(({ id }) => id === turn.message.message);
      const before = end < 0 ? all : all.slice(0, end);
      const messages = before.map(asThreadMessage).filter((message) => message !== undefined);
      const upTo = (end: number): ThreadReading => {
        const start = Math.max(0, end - limit);
        const older = start > 0 && limit > 0 ? { older: async () => upTo(start) } : {};
        return { kind: 'read', messages: messages.slice(start, end), ...older };
      };
      return Promise.resolve(upTo(messages.length));
    },
  };
}

function asThreadMessage(entry: Entry): ThreadMessage | undefined {
  if (entry.kind === 'said') {
    const author = residentOf(entry.author);
    if (author === undefined || entry.said.text.isBlank) return undefined;
    return { kind: 'person', author: author.person, names: [sealText(author.name)], said: entry.said };
  }
  if (entry.kind !== 'answer' || entry.state !== 'ended' || entry.pieces.length === 0) return undefined;
  const text = sealText(entry.pieces.map(openText).join(''));
  return { kind: 'answer', asker: entry.answerer?.().asker, said: { text, mentions: [] } };
}
