import type { Utterance } from '../../src/model/turn';
import { type HtmlMessage, readHtmlCopy } from './html';
import { htmlCopy, type MessageActivity } from './payloads';
import { readUtterance } from './utterance';

export interface MessageWords extends HtmlMessage {
  readonly said: Utterance;
}

/**
 * What somebody wrote in a message, and what stands in it of others. Teams sends the words as text, and beside it as
 * HTML: that is read where the text says nothing, where it quotes, since the text may run both together, and where it
 * has a table of which the text tells less.
 */
export async function readWords({ text, entities, attachments, recipient }: MessageActivity): Promise<MessageWords> {
  const plain = readUtterance(text ?? '', entities, recipient.id);
  const html = attachments.flatMap((raw) => {
    const copy = htmlCopy.safeParse(raw);
    return copy.success ? [copy.data.content] : [];
  });
  if (html.length === 0) return { said: plain, quotes: [], pictures: 0 };
  const rich = await readHtmlCopy(html.join('\n'), entities, recipient.id);
  const hasTable = html.some((one) => /<table\b/iu.test(one)) && rich.said.text.length > plain.text.length;
  const usesHtml = !rich.said.text.isBlank && (plain.text.isBlank || rich.quotes.length > 0 || hasTable);
  return usesHtml ? rich : { ...rich, said: plain };
}
