import { field } from '../../src/kit/field';
import { sealText } from '../../src/model/text';
import type { ForwardedMessage, LeftOut, Person, PersonId, Turn } from '../../src/model/turn';
import { alongWith } from '../kit/forwards';
import { attachedFiles } from './files';
import { htmlWords } from './html';
import type { MessageWords } from './message-words';
import {
  type MessageActivity,
  type MessageSender,
  quotedIn,
  type ReferencedMessage,
  referencedMessage,
} from './payloads';
import type { People } from './people';
import { destinationOf } from './turn';

/** Somebody else's words in a message, and whose they are as Teams tells: an account, or an id in the directory. */
interface Quoted {
  readonly sender: string | undefined;
  readonly name: string | undefined;
  readonly words: string;
  readonly isHtml: boolean;
}

const GUID = /^(?:8:orgid:)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/iu;
/**
 * What came with a question beside its words and files: messages that it answers to or that were forwarded, each with
 * the one who wrote it, where Teams tells who that is; and cards, which go nowhere. What dejiren wrote in a personal
 * chat is known there, and is no message of another's.
 */
export async function readForwards(
  activity: MessageActivity,
  body: unknown,
  { quotes, pictures }: MessageWords,
  asker: Person,
  people: People,
): Promise<Pick<Turn, 'forwarded' | 'leftOut'>> {
  const references = activity.attachments.flatMap((raw) => {
    const reference = referencedMessage.safeParse(raw);
    return reference.success ? [quotedBy(reference.data)] : [];
  });
  const all = [
    ...references,
    ...quotedIn(body).map(({ senderId, senderName, preview }) => quoted(senderId, senderName, preview, false)),
    ...quotes.map(({ sender, name, words }) => quoted(sender, name, words, false)),
  ];
  const isDirect = activity.conversation.conversationType === 'personal';
  const others = all.filter(({ sender }) => !(isDirect && sender === activity.recipient.id));
  const unique = [...new Map(others.map((one) => [JSON.stringify([one.sender ?? '', one.words]), one])).values()];
  return alongWith(unique, (one) => forwardOf(one, activity, asker, people), leftOutOf(activity, pictures));
}

function quoted(
  sender: string | null | undefined,
  name: string | null | undefined,
  words: string | null | undefined,
  isHtml: boolean,
): Quoted {
  return { sender: sender || undefined, name: name || undefined, words: words ?? '', isHtml };
}

function quotedBy({ content }: ReferencedMessage): Quoted {
  const { messagePreview, messageSender, originalMessageContent, originalMessageSender } = content;
  return originalMessageContent === null || originalMessageContent === undefined
    ? quoted(senderIdOf(messageSender), messageSender?.user?.displayName, messagePreview, false)
    : quoted(senderIdOf(originalMessageSender), originalMessageSender?.user?.displayName, originalMessageContent, true);
}

function senderIdOf(sender: MessageSender): string | undefined {
  return sender?.application?.id ? `28:${sender.application.id}` : sender?.user?.id;
}

async function forwardOf(
  { sender, name, words, isHtml }: Quoted,
  { from, ...activity }: MessageActivity,
  asker: Person,
  people: People,
): Promise<ForwardedMessage> {
  const said = { text: sealText(isHtml ? await htmlWords(words) : words), mentions: [] };
  const names = name === undefined ? [] : [sealText(name)];
  const directoryId = GUID.exec(sender ?? '')?.[1]?.toLowerCase();
  if (sender === from.id || (directoryId !== undefined && directoryId === from.aadObjectId))
    return { author: asker, names, said };
  if (directoryId === undefined) {
    const membership = sender?.startsWith('28:') === true ? 'bot' : 'unknown';
    return { author: { ...asker, id: (sender ?? 'UNKNOWN') as PersonId, membership }, names, said };
  }
  const told = await people.find(destinationOf({ from, ...activity }), directoryId, asker.tenant);
  const author: Person = { ...asker, id: directoryId as PersonId, membership: told.membership };
  return { author, names: [...names, ...told.names], said };
}

/** Cards, what cannot be read, and pictures that come by their address alone, such as GIFs. */
function leftOutOf(activity: MessageActivity, pictures: number): readonly LeftOut[] {
  const { attachments } = activity;
  const files = attachedFiles(activity);
  const read = new Set(files.map(({ id }) => id));
  const isLost = attachments.some((raw, index) => {
    const isWords = /^text\/(?:html|plain)$/u.test(contentTypeOf(raw)) || referencedMessage.safeParse(raw).success;
    return !isWords && !read.has(String(index));
  });
  const shown = files.filter(({ mediaType }) => mediaType.startsWith('image/')).length;
  return isLost || pictures > shown ? ['attachment'] : [];
}

function contentTypeOf(attachment: unknown): string {
  const type = field(attachment, 'contentType');
  return typeof type === 'string' ? type.toLowerCase() : '';
}
