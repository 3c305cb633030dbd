import { languageOf } from '../../src/language/language-of';
import { openText } from '../../src/model/text';
import type {
  AttachedFile,
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
} from '../../src/model/turn';
import { turnIdOf } from '../kit/presses';
import { wordsOfMessage } from './message-words';
import { type Delivered, membershipAt, type Shown } from './organisation';
import { filePayload, type MessagePayload } from './payloads';

/**
 * Somebody whose home is elsewhere is external; bots, and what apps post in somebody's name, are bots; the rest are
 * members until Slack tells more. Where another organisation takes part and nothing tells somebody's home, they might be
 * anybody. In shared channels Slack names as the home of one's own people the workspace or its organisation.
 */
export function shownOf(
  message: Pick<
    MessagePayload,
    'user' | 'bot_id' | 'app_id' | 'bot_profile' | 'subtype' | 'team' | 'user_team' | 'source_team' | 'user_profile'
  >,
  delivered: Delivered,
  sharedExternally: boolean,
): Shown {
  const { team, user_team, source_team, user_profile } = message;
  // The message tells more exactly than the profile, and both than the workspace that it was posted in.
  const told = [[user_team, source_team], [user_profile?.team], [team]].map((all) => all.flatMap((home) => home ?? []));
  const homes = told.find((all) => all.length > 0) ?? [];
  if (isByApp(message)) return { membership: 'bot', homes };
  if (homes.length === 0) return { membership: sharedExternally ? 'unknown' : 'member', homes };
  return { membership: membershipAt(homes, delivered), homes };
}

/** Whoever's name it bears: with a person's token an app posts as that person. */
function isByApp({
  user,
  bot_id,
  app_id,
  bot_profile,
  subtype,
}: Pick<MessagePayload, 'user' | 'bot_id' | 'app_id' | 'bot_profile' | 'subtype'>): boolean {
  return (
    user === 'USLACKBOT' || Boolean(bot_id) || Boolean(app_id) || Boolean(bot_profile) || subtype === 'bot_message'
  );
}

export function slackPerson(tenant: TenantId, user: string, membership: Membership): Person {
  return { platform: 'slack', tenant, id: user as PersonId, membership };
}

/** Slack's ids begin with C for channels, D for direct and G for group messages. */
function conversationOf(channel: string, thread: string, sharedExternally: boolean): Conversation {
  const kind = channel.startsWith('D') ? 'direct' : channel.startsWith('G') ? 'group' : 'channel';
  return { id: channel as ConversationId, kind, thread: thread as ThreadId, sharedExternally };
}

/** Every file of a message; one that tells nothing of itself is there all the same, so that it is not passed over. */
function filesOf({ files }: MessagePayload): readonly AttachedFile[] {
  return (files ?? []).map((raw) => {
    const file = filePayload.safeParse(raw);
    if (!file.success) return { id: '', mediaType: 'application/octet-stream', size: 0 };
    return { id: file.data.id, mediaType: file.data.mimetype, size: file.data.size };
  });
}

export interface QuestionParts {
  readonly message: MessagePayload;
  /** What came with it beside words and files. */
  readonly along: Pick<Turn, 'forwarded' | 'leftOut'>;
  readonly channel: string;
  readonly person: Person;
  readonly sharedExternally: boolean;
  readonly botUserId: string;
  readonly language: Language;
  readonly receivedAt: number;
  /** Answered again after the person agreed to a purpose: another turn about the same message. */
  readonly agreedTo?: 'use' | 'training';
}

/** Makes a turn of a message. Its id is the message's place, the same in every redelivery and kind of event. */
export function turnOf(parts: QuestionParts): Turn {
  const { message, channel, person } = parts;
  const question = wordsOfMessage(message, parts.botUserId);
  const thread = message.thread_ts ?? message.ts;
  const conversation = conversationOf(channel, thread, parts.sharedExternally);
  return {
    id: turnIdOf(channel, message.ts, parts.agreedTo),
    person,
    conversation,
    message: { conversation: conversation.id, thread: conversation.thread, message: message.ts as MessageId },
    question,
    files: filesOf(message),
    ...parts.along,
    language: languageOf(openText(question.text), parts.language),
    receivedAt: parts.receivedAt,
  };
}
