import { languageOf } from '../../src/language/language-of';
import { openText } from '../../src/model/text';
import type {
  Conversation,
  ConversationId,
  Language,
  Membership,
  MessageId,
  Person,
  PersonId,
  TenantId,
  ThreadId,
  Turn,
  Utterance,
} from '../../src/model/turn';
import { turnIdOf } from '../kit/presses';
import type { TypedWish } from '../kit/request';
import type { Destination } from './bot';
import { attachedFiles, type TeamsFile } from './files';
import type { Envelope, MessageActivity } from './payloads';

/** Teams has no command of its own for bots, and its own Stop in personal chats alone. */
export const TYPED_WISHES: readonly TypedWish[] = ['new', 'stop'];

/** The organisation whose chat it is. */
export function tenantOf({ conversation, channelData }: Envelope): TenantId | undefined {
  const tenant = conversation.tenantId ?? channelData?.tenant?.id;
  return tenant === undefined || tenant === null ? undefined : (tenant as TenantId);
}

/** The team in whose channel something happened: its id in Teams, and in the directory where Teams tells. */
export interface Team {
  readonly id: string | undefined;
  readonly group: string | undefined;
}

export function teamOf({ channelData }: Envelope): Team | undefined {
  const team = channelData?.team;
  return team ? { id: team.id ?? undefined, group: team.aadGroupId ?? undefined } : undefined;
}

/** Where an answer to an activity goes: in channels, the thread that it stands in. */
export function destinationOf({ serviceUrl, conversation, recipient }: Envelope): Destination {
  return { serviceUrl, conversation: conversation.id, kind: conversation.conversationType, bot: recipient.id };
}

const KINDS = { personal: 'direct', groupChat: 'group', channel: 'channel' } as const;

/** A conversation's id without the thread that it may carry. */
export function threadless(conversation: string): string {
  return conversation.split(';messageid=', 1)[0] ?? conversation;
}

/** A channel's id carries the thread: `19:…@thread.tacv2;messageid=1700000000000`. Other chats are one thread. */
export function conversationOf({ conversation, channelData }: Envelope): Conversation {
  const [id = '', root] = conversation.id.split(';messageid=');
  return {
    id: id as ConversationId,
    kind: KINDS[conversation.conversationType],
    thread: (root ?? id) as ThreadId,
    sharedExternally: channelData?.channel?.type === 'shared',
  };
}

/** Bots' accounts begin with 28. Who has no id in the directory might be anybody. */
export function shownMembership({ from }: Envelope): Membership {
  if (from.id.startsWith('28:') || from.role === 'bot') return 'bot';
  return from.aadObjectId === undefined || from.aadObjectId === null ? 'unknown' : 'member';
}

export function teamsPerson(tenant: TenantId, { from }: Envelope, membership: Membership): Person {
  return { platform: 'teams', tenant, id: (from.aadObjectId ?? from.id) as PersonId, membership };
}

export interface QuestionParts {
  readonly activity: MessageActivity;
  readonly person: Person;
  readonly question: Utterance;
  /** What came with it beside words and files. */
  readonly along: Pick<Turn, 'forwarded' | 'leftOut'>;
  readonly language: Language;
  readonly receivedAt: number;
}

/** Makes a turn of a message, with what is needed to read its files. Its id is the same in every redelivery. */
export function turnOf(parts: QuestionParts): { readonly turn: Turn; readonly files: readonly TeamsFile[] } {
  const { activity, person, question } = parts;
  const conversation = conversationOf(activity);
  const files = attachedFiles(activity);
  const turn: Turn = {
    id: turnIdOf(conversation.id, activity.id),
    person,
    conversation,
    message: { conversation: conversation.id, thread: conversation.thread, message: activity.id as MessageId },
    question,
    files: files.map(({ id, mediaType, size }) => ({ id, mediaType, size })),
    ...parts.along,
    language: languageOf(openText(question.text), parts.language),
    receivedAt: parts.receivedAt,
  };
  return { turn, files };
}
