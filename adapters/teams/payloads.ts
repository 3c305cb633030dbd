import { z } from 'zod';
import { field } from '../../src/kit/field';
import { ACTION_FIELDS } from '../kit/presses';

/** What dejiren reads of an activity; the rest is never looked at. Ids of Teams are short and hold no spaces. */
const id = z.string().regex(/^[^\s<>"]{1,400}$/u);
/** Ids of the directory. Those of the Agents Playground are a digit longer. */
const guid = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12,13}$/iu)
  .transform((value) => value.toLowerCase());

const account = z.object({
  id,
  name: z.string().max(1_000).nullish(),
  aadObjectId: guid.nullish().catch(undefined),
  role: z.string().nullish(),
  isTargeted: z.boolean().nullish(),
});

/** An address without person, query or fragment, of a host written as it is known; kept as it will be called. */
const serviceUrl = z
  .url({ protocol: /^https?$/ })
  .regex(/^[^\s?#@\\]+$/u)
  .transform((value) => new URL(value))
  .refine(({ hostname }) => !hostname.endsWith('.'))
  .transform(({ href }) => href);

/** Where an activity comes from, and where answers to it go. */
export const envelope = z.object({
  type: z.string().min(1).max(100),
  id: id.optional(),
  /** When Teams took it. */
  timestamp: z.string().max(100).optional().catch(undefined),
  channelId: z.string(),
  serviceUrl,
  from: account,
  recipient: account,
  conversation: z.object({
    id,
    conversationType: z.enum(['personal', 'groupChat', 'channel']).default('personal'),
    tenantId: guid.nullish(),
  }),
  channelData: z
    .object({
      tenant: z.object({ id: guid }).nullish(),
      channel: z.object({ id: id.nullish().catch(undefined), type: z.string().nullish() }).nullish(),
      team: z.object({ id: id.nullish(), aadGroupId: guid.nullish() }).nullish().catch(undefined),
      eventType: z.string().nullish(),
    })
    .nullish(),
});
export type Envelope = z.infer<typeof envelope>;

const mentioned = z.object({
  type: z.literal('mention'),
  text: z.string().min(1).max(2_000),
  mentioned: z.object({ id, name: z.string().max(1_000).nullish() }),
});
export type MentionEntity = z.infer<typeof mentioned>;

/** A message that is answered to. Source: `QuotedReplyEntity`, github.com/microsoft/teams.ts. */
const quotedReply = z.object({
  type: z.literal('quotedReply'),
  quotedReply: z.object({
    messageId: z.string().max(400).nullish().catch(undefined),
    senderId: z.string().max(400).nullish().catch(undefined),
    senderName: z.string().max(1_000).nullish().catch(undefined),
    preview: z.string().nullish().catch(undefined),
  }),
});
export type QuotedReply = z.infer<typeof quotedReply>['quotedReply'];

const objects = z
  .array(z.unknown())
  .nullish()
  .catch(undefined)
  .transform((all) => all ?? []);

/** Entities of other kinds are left out. */
const mentions = z
  .array(z.unknown())
  .nullish()
  .transform((entities) =>
    (entities ?? []).slice(0, 200).flatMap((raw) => {
      const entity = mentioned.safeParse(raw);
      return entity.success ? [entity.data] : [];
    }),
  );

export const messageActivity = envelope.extend({
  type: z.literal('message'),
  id,
  text: z.string().nullish(),
  replyToId: id.nullish().catch(undefined),
  entities: mentions,
  attachments: objects,
  value: z.unknown().optional(),
});
export type MessageActivity = z.infer<typeof messageActivity>;

/**
 * Whether a message is meant for dejiren. With the permission to read chats Teams delivers every other message as well:
 * of those nothing else is read.
 */
export function isAddressed(body: unknown): boolean {
  const parsed = addressing.safeParse(body);
  if (!parsed.success) return false;
  const { conversation, recipient, entities, value } = parsed.data;
  return (
    conversation.conversationType === 'personal' ||
    recipient.isTargeted === true ||
    entities.some(({ mentioned: { id: account } }) => account === recipient.id) ||
    (value !== undefined && value !== null)
  );
}

const addressing = envelope
  .pick({ conversation: true, recipient: true })
  .extend({ entities: mentions, value: z.unknown().optional() });

/** The messages that one answers to, as its entities tell. */
export function quotedIn(body: unknown): readonly QuotedReply[] {
  const entities = field(body, 'entities');
  if (!Array.isArray(entities)) return [];
  return entities.slice(0, 200).flatMap((raw) => {
    const entity = quotedReply.safeParse(raw);
    return entity.success ? [entity.data.quotedReply] : [];
  });
}

const sender = z
  .object({
    user: z.object({ id: z.string().max(400), displayName: z.string().max(1_000).nullish() }).nullish(),
    application: z.object({ id: z.string().max(400).nullish() }).nullish(),
  })
  .nullish()
  .catch(undefined);

/** A message that is answered to, or that was forwarded. Source: "chatMessageAttachment", learn.microsoft.com/graph. */
export const referencedMessage = z.object({
  contentType: z.enum(['messageReference', 'forwardedMessageReference']),
  id: z.string().nullish().catch(undefined),
  /** JSON, written out or not. */
  content: z.preprocess(
    parsedJson,
    z
      .object({
        messagePreview: z.string().nullish(),
        messageSender: sender,
        originalMessageContent: z.string().nullish(),
        originalMessageSender: sender,
      })
      .catch({ messageSender: undefined, originalMessageSender: undefined }),
  ),
});
export type ReferencedMessage = z.infer<typeof referencedMessage>;
export type MessageSender = z.infer<typeof sender>;

function parsedJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return {};
  }
}

/** Teams' copy of a message's words as HTML. */
export const htmlCopy = z.object({ contentType: z.literal('text/html'), content: z.string() });

/** A message whose writer changed its words. */
export const editedActivity = messageActivity.extend({
  type: z.literal('messageUpdate'),
  channelData: z.looseObject({ eventType: z.literal('editMessage') }),
});

export const deletedActivity = envelope.extend({ type: z.literal('messageDelete'), id });

export const membersActivity = envelope.extend({
  membersAdded: z.array(z.object({ id })).nullish(),
  membersRemoved: z.array(z.object({ id })).nullish(),
});

export const installationActivity = envelope.extend({ action: z.string().nullish() });

/** A file that lies elsewhere, as channels and group chats have it. */
export const linkedFile = z.object({
  contentType: z.literal('reference'),
  name: z
    .string()
    .nullish()
    .catch('')
    .transform((name) => name ?? ''),
});

/** A picture, a voice message or another file in the message, which the Bot Connector serves to the bot's token. */
export const inlineFile = z.object({ contentType: z.string().max(200), contentUrl: z.url({ protocol: /^https?$/ }) });

/** A file sent in a personal chat. Source: "Send and receive files", learn.microsoft.com/microsoftteams. */
export const sentFile = z.object({
  contentType: z.literal('application/vnd.microsoft.teams.file.download.info'),
  content: z.object({ downloadUrl: z.url({ protocol: /^https?$/ }), fileType: z.string().max(20).default('') }),
});

/** What a button of a card carries. It comes back from Teams, signed, and is checked all the same. */
export const cardData = z.strictObject({
  dejiren: z.strictObject({
    ...ACTION_FIELDS,
    question: z.strictObject({ conversation: id, thread: id, message: id }).optional(),
    language: z.enum(['en', 'ja']),
    /** The person whom the card is for. */
    for: z.string().max(100),
    /** The team in whose channel the question was asked, by its id in the directory. */
    group: guid.optional(),
  }),
  training: z.enum(['true', 'false']).optional(),
});

/** Source: "Universal Actions for Adaptive Cards", learn.microsoft.com/microsoftteams. */
export const cardInvoke = envelope.extend({
  type: z.literal('invoke'),
  name: z.literal('adaptiveCard/action'),
  replyToId: id.nullish().catch(undefined),
  value: z.object({ action: z.object({ data: cardData }) }),
});

export const feedbackInvoke = envelope.extend({
  type: z.literal('invoke'),
  name: z.literal('message/submitAction'),
  value: z.object({ actionValue: z.object({ reaction: z.enum(['like', 'dislike']) }) }),
});

/** Source: "Get member", Bot Connector API: what Teams tells of a member of a conversation. */
export const memberInfo = z.object({
  tenantId: z.string().nullish(),
  userRole: z.string().nullish(),
  name: z.string().nullish(),
  givenName: z.string().nullish(),
  surname: z.string().nullish(),
  email: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
});
