import { sealText } from '../../src/model/text';
import type { ForwardedMessage, LeftOut, Membership, Turn } from '../../src/model/turn';
import { alongWith } from '../kit/forwards';
import { type Delivered, exactMembership, membershipAt, type Organisation, type Told } from './organisation';
import { type AttachmentPayload, attachmentPayload, type MessagePayload } from './payloads';
import type { People } from './people';
import { hasMoreThanWords, textOfBlocks } from './rich-text';
import { slackPerson } from './turn';
import { readUtterance } from './utterance';

export interface ForwardParts {
  readonly people: People;
  readonly organisation: Pick<Organisation, 'enterpriseOf'>;
  readonly botUserId: string;
}

/**
 * What came with a question beside its words and files. A message that was forwarded is its author's: it is read with
 * the one who wrote it, where Slack tells who that is. What else there is goes nowhere.
 */
export async function readForwards(
  { attachments, blocks }: Pick<MessagePayload, 'attachments' | 'blocks'>,
  asker: Turn['person'],
  parts: ForwardParts,
): Promise<Pick<Turn, 'forwarded' | 'leftOut'>> {
  const messages: AttachmentPayload[] = [];
  const leftOut: LeftOut[] = hasMoreThanWords(blocks) ? ['attachment'] : [];
  for (const raw of attachments ?? []) {
    const attachment = attachmentPayload.parse(raw);
    if (!isMessage(attachment)) leftOut.push(isPreview(attachment) ? 'preview' : 'attachment');
    else {
      messages.push(attachment);
      if ((attachment.files ?? []).length > 0) leftOut.push('attachment');
    }
  }
  return alongWith(messages, (one) => readForward(one, asker, parts), leftOut);
}

function isMessage({ is_share, is_msg_unfurl, is_reply_unfurl, message_blocks }: AttachmentPayload): boolean {
  return [is_share, is_msg_unfurl, is_reply_unfurl].includes(true) || (message_blocks ?? []).length > 0;
}

function isPreview({ from_url, original_url, app_unfurl_url }: AttachmentPayload): boolean {
  return [from_url, original_url, app_unfurl_url].some((url) => url !== undefined && url !== '');
}

async function readForward(
  attachment: AttachmentPayload,
  asker: Turn['person'],
  { people, organisation, botUserId }: ForwardParts,
): Promise<ForwardedMessage> {
  const { author_id, author_name, author_subname, text, fallback, message_blocks = [] } = attachment;
  const given = [author_name, author_subname].flatMap((name) => (name ? [sealText(name)] : []));
  const words = text || textOfBlocks(message_blocks.flatMap(({ message }) => message?.blocks ?? [])) || fallback || '';
  const said = readUtterance(words, botUserId);
  if (author_id === undefined || attachment.bot_id) {
    const membership = attachment.bot_id ? 'bot' : 'unknown';
    return { author: slackPerson(asker.tenant, author_id ?? 'UNKNOWN', membership), names: given, said };
  }
  const told = await people.find(author_id, asker.tenant);
  const delivered = { tenant: asker.tenant, enterprise: organisation.enterpriseOf(asker.tenant) };
  const membership = membershipOfAuthor(attachment, author_id, asker, told, delivered);
  return { author: slackPerson(asker.tenant, author_id, membership), names: [...given, ...told.names], said };
}

/**
 * Slack tells where a forwarded message stands, and not where its author is at home: unless it is the asker's own,
 * nobody is known but by asking Slack.
 */
function membershipOfAuthor(
  { message_blocks = [], channel_team }: AttachmentPayload,
  author: string,
  asker: Turn['person'],
  told: Told,
  delivered: Delivered,
): Membership {
  const homes = [channel_team, ...message_blocks.map(({ team }) => team)].flatMap((home) => home ?? []);
  if (membershipAt(homes, delivered) === 'external') return exactMembership({ membership: 'external', homes }, told);
  return author === asker.id ? asker.membership : exactMembership({ membership: 'unknown', homes }, told);
}
