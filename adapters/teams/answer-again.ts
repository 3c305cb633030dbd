import { languageOf } from '../../src/language/language-of';
import type { TurnSurface } from '../../src/model/adapter';
import { openText } from '../../src/model/text';
import type { Conversation, MessageRef, Turn } from '../../src/model/turn';
import { type AgreedQuestion, turnIdOf } from '../kit/presses';
import type { Destination } from './bot';
import type { TeamsServices } from './services';
import { surfaceOf } from './surface';
import type { PrivateDestination } from './tell-privately';

/** Whether a question may be read again, as far as is known. `where`: where the card was pressed. */
export function mayReadAgain(
  ref: MessageRef,
  where: PrivateDestination,
  { history }: Pick<TeamsServices, 'history'>,
): boolean {
  return history?.reads({ conversation: conversationOf(ref, where) }, where) === true;
}

/** Reads a question again from Teams, to be answered in its place. `where`: where the card was pressed. */
export async function readAgain(
  { person, question: ref, agreedTo, language }: AgreedQuestion,
  where: PrivateDestination,
  services: TeamsServices,
): Promise<{ readonly turn: Turn; readonly surface: TurnSurface } | undefined> {
  const { history, now } = services;
  const { place, account, group } = where;
  const conversation = conversationOf(ref, where);
  if (history === undefined || !mayReadAgain(ref, where, services)) return undefined;
  const read = await history.readQuestion(ref, person, group);
  if (read === undefined) return undefined;
  const turn: Turn = {
    ...read,
    id: turnIdOf(ref.conversation, ref.message, agreedTo),
    person,
    conversation,
    message: ref,
    files: [],
    language: languageOf(openText(read.question.text), language),
    receivedAt: now(),
  };
  const asked = {
    place: destinationOf(turn, place),
    account,
    team: group === undefined ? undefined : { id: undefined, group },
  };
  return { turn, surface: surfaceOf({ turn, where: asked, targeted: false, files: [] }, services) };
}

/** The card is pressed in the personal chat, or where the question was asked. */
function conversationOf(ref: MessageRef, { direct, place, group }: PrivateDestination): Conversation {
  const isDirect = direct && String(ref.conversation) === place.conversation;
  const kind = isDirect ? 'direct' : group === undefined ? 'group' : 'channel';
  return { id: ref.conversation, kind, thread: ref.thread, sharedExternally: false };
}

function destinationOf({ conversation: { id, kind, thread } }: Turn, pressed: Destination): Destination {
  return kind === 'channel'
    ? { ...pressed, conversation: `${id};messageid=${thread}`, kind: 'channel' }
    : { ...pressed, conversation: id, kind: 'groupChat' };
}
