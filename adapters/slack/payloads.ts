import { z } from 'zod';

/** What dejiren reads of Slack's payloads; the rest is never looked at. Slack's ids are short and plain. */
const id = z.string().regex(/^[A-Z0-9]{1,32}$/u);
const ts = z.string().regex(/^\d{1,16}\.\d{1,10}$/u);

const envelope = z.object({
  team_id: id.optional(),
  context_team_id: id.nullish(),
  is_ext_shared_channel: z.boolean().default(false),
  authorizations: z.array(z.object({ team_id: id.nullish() })).default([]),
});

/** A message that somebody wrote, as an event and as the history tells it. */
export const messagePayload = z.object({
  user: id.optional(),
  text: z.string().default(''),
  ts,
  thread_ts: ts.optional(),
  subtype: z.string().optional(),
  bot_id: z.string().nullish(),
  app_id: z.string().nullish(),
  team: id.optional(),
  user_team: id.optional(),
  source_team: id.optional(),
  edited: z.object({ ts: z.string() }).optional(),
  username: z.string().optional(),
  user_profile: z
    .object({ name: z.string().optional(), real_name: z.string().optional(), display_name: z.string().optional() })
    .partial()
    .nullish(),
  blocks: z.array(z.record(z.string(), z.unknown())).optional(),
  files: z.array(z.unknown()).optional(),
  metadata: z
    .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()).default({}) })
    .optional()
    .catch(undefined),
});
export type MessagePayload = z.infer<typeof messagePayload>;

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

export const homeEvent = envelope.extend({
  event: z.object({ user: id, channel: id.optional(), tab: z.string().optional() }),
});

export const stopEvent = envelope.extend({
  event: z.object({ user: id.optional(), user_id: id.optional(), channel: id, thread_ts: ts.optional() }),
});

export const revokedEvent = z.object({
  event: z.object({ tokens: z.object({ bot: z.array(z.string()).default([]) }) }),
});

export const commandBody = z.object({
  team_id: id,
  user_id: id,
  channel_id: id,
  text: z.string().default(''),
});

const messageRef = z.object({ conversation: id, thread: ts, message: ts });

/** What a button carries. It comes back from Slack, signed, and is checked all the same. */
export const cardAction = z.strictObject({
  do: z.enum(['grant', 'withdraw', 'withdraw-all', 'notice', 'status', 'help', 'export', 'erase', 'dismiss']),
  vendor: z.string().max(64).optional(),
  part: z.int().min(1).max(99_999).optional(),
  purpose: z.enum(['use', 'training']).optional(),
  noticeId: z.string().max(128).optional(),
  question: messageRef.optional(),
  /** The language that the card was in. */
  language: z.enum(['en', 'ja']).optional(),
});

export const actionBody = z.object({
  team: z.object({ id }).nullish(),
  user: z.object({ id, team_id: id.optional() }),
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
  actions: z.array(z.object({ action_id: z.string(), value: z.string().max(2_000).optional() })).min(1),
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
