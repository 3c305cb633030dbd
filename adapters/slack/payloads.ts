import { z } from 'zod';
import { isRecord } from '../../src/kit/field';
import { ACTION_FIELDS } from '../kit/presses';

/** What dejiren reads of Slack's payloads; the rest is never looked at. Slack's ids are short and plain. */
const id = z.string().regex(/^[A-Z0-9]{1,32}$/u);
const ts = z.string().regex(/^\d{1,16}\.\d{1,10}$/u);

/** Left out, or told as nothing. */
const maybe = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? undefined);
/** What somebody is called, and the like: what is none is left out. */
const word = z.string().optional().catch(undefined);
/** Slack's objects, of which only some fields are looked at. */
const objects = z
  .array(z.unknown())
  .nullish()
  .catch(undefined)
  .transform((all) => all?.filter(isRecord));

/** The first authorization is of the installation that an event was delivered for. */
const envelope = z.object({
  team_id: maybe(id),
  enterprise_id: maybe(id),
  context_team_id: maybe(id),
  context_enterprise_id: maybe(id),
  is_ext_shared_channel: z
    .boolean()
    .nullish()
    .transform((shared) => shared ?? false),
  authorizations: z
    .array(z.object({ team_id: maybe(id), enterprise_id: maybe(id) }))
    .nullish()
    .transform((all) => all ?? []),
});
export type Envelope = z.infer<typeof envelope>;

/** A message that somebody wrote, as an event and as the history tells it. */
export const messagePayload = z.object({
  user: maybe(id),
  text: z
    .string()
    .nullish()
    .transform((text) => text ?? ''),
  ts,
  thread_ts: maybe(ts),
  subtype: maybe(z.string()),
  bot_id: z.string().nullish(),
  app_id: z.string().nullish(),
  bot_profile: z.unknown().optional(),
  team: maybe(id),
  user_team: maybe(id),
  source_team: maybe(id),
  /** Whatever it holds, the message was edited. */
  edited: z
    .object({ ts: z.string().optional().catch(undefined) })
    .optional()
    .catch({ ts: undefined }),
  /** Of the first message of a thread. */
  reply_count: z.number().optional().catch(undefined),
  username: word,
  user_profile: z
    .object({ name: word, real_name: word, display_name: word, team: id.optional().catch(undefined) })
    .nullish()
    .catch(undefined),
  blocks: objects,
  attachments: objects,
  files: z.array(z.unknown()).nullish().catch(undefined),
  metadata: z
    .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()).default({}) })
    .optional()
    .catch(undefined),
});
export type MessagePayload = z.infer<typeof messagePayload>;

/**
 * What stands below a message: another message that was forwarded or linked to, the preview of a link, or what an app
 * put there. Source: `Attachment` of Slack's SDKs; the documentation tells of what apps post alone.
 */
export const attachmentPayload = z.object({
  author_id: id.optional().catch(undefined),
  author_name: word,
  author_subname: word,
  bot_id: z.unknown().optional(),
  channel_team: id.optional().catch(undefined),
  text: word,
  fallback: word,
  is_share: z.unknown().optional(),
  is_msg_unfurl: z.unknown().optional(),
  is_reply_unfurl: z.unknown().optional(),
  from_url: word,
  original_url: word,
  app_unfurl_url: word,
  message_blocks: z
    .array(
      z.object({
        team: id.optional().catch(undefined),
        message: z.object({ blocks: objects }).optional().catch(undefined),
      }),
    )
    .optional()
    .catch(undefined),
  files: z.array(z.unknown()).nullish().catch(undefined),
});
export type AttachmentPayload = z.infer<typeof attachmentPayload>;

/** A file of a message. Those that somebody deleted, or that Slack hides, tell less. */
export const filePayload = z.object({
  id,
  mimetype: z.string().max(200).default('application/octet-stream'),
  size: z.number().int().min(0).default(0),
});

/** Where a file's bytes are. Source: "files.info", docs.slack.dev. */
export const fileInfo = z.object({
  file: z.object({ size: z.number().int().min(0), url_private_download: z.url({ protocol: /^https?$/ }) }),
});

export const questionEvent = envelope.extend({
  event: messagePayload.extend({
    type: z.enum(['app_mention', 'message']),
    channel: id,
    channel_type: z.string().optional(),
  }),
});
export type QuestionEvent = z.infer<typeof questionEvent>;

/** A direct message whose writer changed its words; also what else changes about a message, such as a preview. */
export const changedEvent = envelope.extend({
  event: z.object({
    type: z.literal('message'),
    subtype: z.literal('message_changed'),
    channel: id.startsWith('D'),
    message: messagePayload.required({ edited: true }),
    previous_message: messagePayload.pick({ text: true, edited: true }).optional().catch(undefined),
  }),
});

export const homeEvent = envelope.extend({
  event: z.object({ user: id, channel: maybe(id), tab: maybe(z.string()) }),
});

export const stopEvent = envelope.extend({
  event_id: maybe(z.string()),
  event: z.object({ user: maybe(id), user_id: maybe(id), channel: id, thread_ts: maybe(ts), event_ts: maybe(ts) }),
});

export const revokedEvent = z.object({
  event: z.object({ tokens: z.object({ bot: z.array(z.string()).default([]) }) }),
});

export const commandBody = z.object({
  team_id: id,
  enterprise_id: z
    .string()
    .nullish()
    .transform((value) => value || undefined),
  user_id: id,
  channel_id: id,
  text: z.string().default(''),
  trigger_id: z.string().optional(),
});

const messageRef = z.object({ conversation: id, thread: ts, message: ts });

export type CommandBody = z.infer<typeof commandBody>;

/** What a button carries. It comes back from Slack, signed, and is checked all the same. */
export const cardAction = z.strictObject({
  ...ACTION_FIELDS,
  question: messageRef.optional(),
  /** The language that the card was in. */
  language: z.enum(['en', 'ja']).optional(),
});

export const actionBody = z.object({
  /** Of an app that is installed for a whole organisation Slack may leave it out. */
  team: z.object({ id, enterprise_id: maybe(id) }).nullish(),
  enterprise: z.object({ id }).nullish(),
  view: z.object({ app_installed_team_id: maybe(id) }).nullish(),
  user: z.object({ id, team_id: maybe(id) }),
  channel: z.object({ id }).optional(),
  container: z
    .object({
      type: z.string().optional(),
      thread_ts: ts.optional(),
      message_ts: ts.optional(),
      is_ephemeral: z.boolean().optional(),
    })
    .optional(),
  message: z.object({ thread_ts: ts.optional(), ts: ts.optional() }).optional(),
  response_url: z.url().optional(),
  trigger_id: z.string().optional(),
  actions: z
    .array(
      z.object({ action_id: z.string(), value: z.string().max(2_000).optional(), action_ts: z.string().optional() }),
    )
    .min(1),
  /** What stood in the card's fields when the button was pressed, by block and by action. */
  state: z
    .object({
      values: z.record(
        z.string(),
        z.record(z.string(), z.object({ selected_options: z.array(z.unknown()).nullish() })),
      ),
    })
    .nullish(),
});
export type ActionBody = z.infer<typeof actionBody>;
