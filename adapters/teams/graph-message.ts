import { z } from 'zod';
import { sealText } from '../../src/model/text';
import type { Utterance } from '../../src/model/turn';
import { htmlWords, readHtml, tidy } from './html';
import { type ReferencedMessage, referencedMessage } from './payloads';

/** What dejiren reads of a `chatMessage`. Source: "chatMessage resource type", learn.microsoft.com/graph. */
const guid = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu)
  .transform((value) => value.toLowerCase());
const name = z.string().max(1_000).nullish();

export const graphMessage = z.object({
  /** Its time in milliseconds: later ones are greater. */
  id: z.string().regex(/^\d{1,20}$/u),
  messageType: z.string(),
  deletedDateTime: z.string().nullish(),
  from: z
    .object({
      application: z.object({ id: z.string().nullish() }).nullish(),
      user: z
        .object({
          id: guid,
          displayName: name,
          tenantId: guid.nullish(),
          /** `aadUser`, or somebody who is in no directory, or in another's. */
          userIdentityType: z.string().nullish(),
        })
        .nullish(),
    })
    .nullish(),
  body: z.object({ contentType: z.string(), content: z.string().nullish() }),
  attachments: z
    .array(z.object({ id: z.string().nullish(), contentType: z.string().nullish(), content: z.string().nullish() }))
    .nullish(),
  mentions: z
    .array(
      z.object({
        id: z.number(),
        mentionText: name,
        mentioned: z
          .object({
            application: z.object({ id: z.string().nullish() }).nullish(),
            user: z.object({ id: z.string(), displayName: name }).nullish(),
          })
          .nullish(),
      }),
    )
    .nullish(),
});
export type GraphMessage = z.infer<typeof graphMessage>;

/** Whether dejiren itself wrote it. Graph names the application, whatever the message carried. */
export function isOwn({ from }: GraphMessage, appId: string): boolean {
  return from?.application?.id?.toLowerCase() === appId.toLowerCase();
}

/** Whether something came with it that goes nowhere: a card, a tab, a meeting. */
export function hasMore({ attachments }: GraphMessage): boolean {
  return (attachments ?? []).some(
    (one) => one.contentType !== 'reference' && !referencedMessage.safeParse(one).success,
  );
}

/** Whether an app wrote it, in whosever name. */
export function isByApp({ from }: GraphMessage): boolean {
  return from?.application !== null && from?.application !== undefined;
}

export function mentions({ mentions: all }: GraphMessage, appId: string): boolean {
  return (all ?? []).some(({ mentioned }) => mentioned?.application?.id?.toLowerCase() === appId.toLowerCase());
}

/** Whether it came with a picture or a file, beside its words. */
export function hasFiles({ attachments, body }: GraphMessage): boolean {
  return (
    (attachments ?? []).some(({ contentType }) => contentType === 'reference') ||
    /<img\b(?![^>]*schema\.skype\.com\/Emoji)/iu.test(body.content ?? '')
  );
}

/** What was said in a message, as it stands now. What it quotes is marked as a quote; cards are left out. */
export async function wordsOf(message: GraphMessage, appId: string): Promise<Utterance> {
  const content = message.body.content ?? '';
  if (message.body.contentType !== 'html') return { text: sealText(tidy(content)), mentions: [] };
  const quotes = await Promise.all(
    (message.attachments ?? []).flatMap((raw) => {
      const reference = referencedMessage.safeParse(raw);
      const id = reference.success ? reference.data.id : undefined;
      return reference.success && id ? [previewOf(reference.data).then((words) => [id, words] as const)] : [];
    }),
  );
  const named = (message.mentions ?? []).map(({ id, mentionText, mentioned }) => {
    const person = mentioned?.user ?? undefined;
    const shown = mentionText ?? person?.displayName ?? '';
    const isSelf = mentioned?.application?.id?.toLowerCase() === appId.toLowerCase();
    return [String(id), isSelf ? undefined : { id: person?.id ?? `mention-${id}`, name: shown }] as const;
  });
  return readHtml(content, { mentions: new Map(named), quotes: new Map(quotes) });
}

async function previewOf({ content }: ReferencedMessage): Promise<string> {
  if (typeof content.originalMessageContent !== 'string') return content.messagePreview ?? '';
  return htmlWords(content.originalMessageContent);
}
