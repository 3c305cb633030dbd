import { languageOf } from '../../src/language/language-of';
import { noteCard } from '../../src/language/note-card';
import { sentencesFor } from '../../src/language/sentences';
import { openText } from '../../src/model/text';
import type { Conversation, MessageRef, Person, Turn, TurnId } from '../../src/model/turn';
import type { BotPlace } from './bot';
import { requestOf } from './commands';
import { surfaceOf, type TeamsRoom } from './surface';
import { type PrivatePlace, tellPrivately } from './tell-privately';

export interface AgreedQuestion {
  readonly ref: MessageRef;
  readonly person: Person;
  /** Where the card was pressed. */
  readonly where: PrivatePlace;
  readonly agreedTo: 'use' | 'training';
}

/**
 * Reads a question again from Teams and answers it in its place; it was never kept to wait for the press. Where it
 * cannot be read, the person is asked to send it again.
 */
export async function answerAfterConsent(agreed: AgreedQuestion, room: TeamsRoom): Promise<void> {
  const turn = await readAgain(agreed, room);
  if (turn === undefined || requestOf(turn.question).kind !== 'question') {
    await tellPrivately(room, agreed.where, noteCard(sentencesFor(agreed.where.language).sendAgain));
    return;
  }
  const { place, account, group } = agreed.where;
  const where = {
    place: placeOf(turn, place),
    account,
    team: group === undefined ? undefined : { id: undefined, group },
  };
  room.inbox.receive(turn, surfaceOf({ turn, where, targeted: false, files: [] }, room));
}

async function readAgain({ ref, person, where, agreedTo }: AgreedQuestion, room: TeamsRoom): Promise<Turn | undefined> {
  const { history, now } = room;
  const conversation = conversationOf(ref, where);
  if (history?.reads({ conversation }, where) !== true) return undefined;
  const read = await history.readQuestion(ref, person, where.group);
  return (
    read && {
      ...read,
      id: `${ref.conversation}:${ref.message}:agreed-${agreedTo}` as TurnId,
      person,
      conversation,
      message: ref,
      files: [],
      language: languageOf(openText(read.question.text), where.language),
      receivedAt: now(),
    }
  );
}

/** The card is pressed in the personal chat, or where the question was asked. */
function conversationOf(ref: MessageRef, { direct, place, group }: PrivatePlace): Conversation {
  const isDirect = direct && String(ref.conversation) === place.conversation;
  const kind = isDirect ? 'direct' : group === undefined ? 'group' : 'channel';
  return { id: ref.conversation, kind, thread: ref.thread, sharedExternally: false };
}

function placeOf({ conversation: { id, kind, thread } }: Turn, pressed: BotPlace): BotPlace {
  return kind === 'channel'
    ? { ...pressed, conversation: `${id};messageid=${thread}`, kind: 'channel' }
    : { ...pressed, conversation: id, kind: 'groupChat' };
}
