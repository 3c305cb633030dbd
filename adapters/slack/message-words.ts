import type { Utterance } from '../../src/model/turn';
import type { MessagePayload } from './payloads';
import { textOfBlocks } from './rich-text';
import { readUtterance } from './utterance';

type Said = Pick<MessagePayload, 'text' | 'blocks'>;

/**
 * What somebody wrote in a message, without its attachments: they are another's. Where the text says nothing beside the
 * mention of dejiren, the words stand in the blocks; a table stands there alone.
 */
export function wordsOfMessage({ text, blocks }: Said, botUserId: string): Utterance {
  const said = readUtterance(text, botUserId);
  if (said.text.isBlank) return readUtterance(textOfBlocks(blocks), botUserId);
  const tables = textOfBlocks(blocks?.filter(isTable));
  return tables === '' ? said : readUtterance(`${text}\n\n${tables}`, botUserId);
}

/** What dejiren wrote. Slack may have made rich text of the Markdown that was posted. */
export function wordsOfAnswer({ text, blocks }: Said): Utterance {
  const words = textOfBlocks(blocks?.filter(({ type }) => type === 'rich_text' || type === 'markdown'));
  return { text: readUtterance(words === '' ? text : words, '').text, mentions: [] };
}

function isTable({ type }: Readonly<Record<string, unknown>>): boolean {
  return type === 'table';
}
