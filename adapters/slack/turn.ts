import type {
  AttachedFile,
  Conversation,
  ConversationId,
  Language,
  MessageId,
  Person,
  PersonId,
  Standing,
  TenantId,
  ThreadId,
  Turn,
  TurnId,
} from '../../src/chat/turn';
import { languageOf } from '../../src/language/language-of';
import { openText } from '../../src/text/text';
import { filePayload, type MessagePayload, type QuestionEvent } from './payloads';
import { readUtterance } from './utterance';

/** Who is asked for in an event: the workspace that it was delivered for. */
export function tenantOf(
  body: Pick<QuestionEvent, 'authorizations' | 'context_team_id' | 'team_id'>,
): TenantId | undefined {
  const tenant = body.authorizations[0]?.team_id ?? body.context_team_id ?? body.team_id;
  return tenant === undefined ? undefined : (tenant as TenantId);
}

/**
 * Somebody whose home is another workspace is external; bots are bots; the rest are members until Slack tells more.
 * Where another organisation takes part and nothing tells somebody's home, they might be anybody.
 */
export function standingOf(
  message: Pick<MessagePayload, 'bot_id' | 'team' | 'user_team' | 'source_team'>,
  tenant: TenantId,
  sharedExternally: boolean,
): Standing {
  if (message.bot_id !== undefined && message.bot_id !== null) return 'bot';
  const home = message.user_team ?? message.source_team ?? message.team;
  if (home === undefined) return sharedExternally ? 'unknown' : 'member';
  return home === tenant ? 'member' : 'external';
}

/** What a message shows of somebody, made exact by what Slack told of them; nobody is more than they show. */
export function exactStanding(shown: Standing, told: Standing | undefined): Standing {
  return leavesOpen(shown) ? (told ?? shown) : shown;
}

/** Whether Slack could tell more. */
export function leavesOpen(shown: Standing): boolean {
  return shown === 'member' || shown === 'unknown';
}

export function slackPerson(tenant: TenantId, user: string, standing: Standing): Person {
  return { platform: 'slack', tenant, id: user as PersonId, standing };
}

/** Slack's ids begin with C for channels, D for direct and G for group messages. */
function conversationOf(channel: string, thread: string, sharedExternally: boolean): Conversation {
  const kind = channel.startsWith('D') ? 'direct' : channel.startsWith('G') ? 'group' : 'channel';
  return { id: channel as ConversationId, kind, thread: thread as ThreadId, sharedExternally };
}

/** Every file of a message; one that tells nothing of itself is there all the same, so that it is not passed over. */
function filesOf({ files = [] }: MessagePayload): readonly AttachedFile[] {
  return files.map((raw) => {
    const file = filePayload.safeParse(raw);
    if (!file.success) return { id: '', mediaType: 'application/octet-stream', size: 0 };
    return { id: file.data.id, mediaType: file.data.mimetype, size: file.data.size };
  });
}

export interface QuestionParts {
  readonly message: MessagePayload;
  readonly channel: string;
  readonly tenant: TenantId;
  readonly standing: Standing;
  readonly sharedExternally: boolean;
  readonly botUserId: string;
  readonly language: Language;
  readonly receivedAt: number;
  /** Answered again after the person agreed to a purpose: another turn about the same message. */
  readonly agreedTo?: 'use' | 'training';
}

/** Makes a turn of a message. Its id is the message's place, the same in every redelivery and kind of event. */
export function turnOf(parts: QuestionParts): Turn | undefined {
  const { message, channel, tenant } = parts;
  if (message.user === undefined) return undefined;
  const question = readUtterance(message.text, parts.botUserId);
  const thread = message.thread_ts ?? message.ts;
  const conversation = conversationOf(channel, thread, parts.sharedExternally);
  return {
    id: `${channel}:${message.ts}${parts.agreedTo === undefined ? '' : `:agreed-${parts.agreedTo}`}` as TurnId,
    person: slackPerson(tenant, message.user, parts.standing),
    conversation,
    message: { conversation: conversation.id, thread: conversation.thread, message: message.ts as MessageId },
    question,
    files: filesOf(message),
    language: languageOf(openText(question.text), parts.language),
    receivedAt: parts.receivedAt,
  };
}
