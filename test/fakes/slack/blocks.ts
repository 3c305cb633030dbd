import { isRecord } from './state';

/** What Slack would say of these blocks; undefined when it takes them. Limits: "Block Kit reference", docs.slack.dev. */
export function faultOfBlocks(blocks: unknown): string | undefined {
  if (!Array.isArray(blocks)) return 'invalid_blocks';
  if (blocks.length > 50) return 'invalid_blocks';
  if (JSON.stringify(blocks).length > 40_000) return 'msg_blocks_too_long';
  let markdown = 0;
  for (const block of blocks) {
    if (!isRecord(block)) return 'invalid_blocks';
    switch (block.type) {
      case 'markdown':
        if (typeof block.text !== 'string' || block.text === '') return 'invalid_blocks';
        markdown += block.text.length;
        break;
      case 'header':
        if (!isText(block.text, 'plain_text', 150)) return 'invalid_blocks';
        break;
      case 'section':
        if (!isText(block.text, 'mrkdwn', 3_000)) return 'invalid_blocks';
        break;
      case 'context':
        if (!isList(block.elements, 10) || !block.elements.every((one) => isText(one, 'mrkdwn', 3_000)))
          return 'invalid_blocks';
        break;
      case 'actions':
        if (!isList(block.elements, 25) || !block.elements.every(isButton)) return 'invalid_blocks';
        if (new Set(block.elements.map((one) => (isRecord(one) ? one.action_id : ''))).size !== block.elements.length)
          return 'invalid_blocks';
        break;
      default:
        return 'invalid_blocks';
    }
  }
  return markdown > 12_000 ? 'msg_too_long' : undefined;
}

function isList(value: unknown, most: number): value is unknown[] {
  return Array.isArray(value) && value.length > 0 && value.length <= most;
}

function isText(value: unknown, type: string, most: number): boolean {
  return (
    isRecord(value) &&
    value.type === type &&
    typeof value.text === 'string' &&
    value.text !== '' &&
    value.text.length <= most
  );
}

function isButton(value: unknown): boolean {
  if (!isRecord(value) || value.type !== 'button' || !isText(value.text, 'plain_text', 75)) return false;
  const { action_id: id, value: carried = '', style } = value;
  if (typeof id !== 'string' || id.length > 255 || typeof carried !== 'string' || carried.length > 2_000) return false;
  return style === undefined || style === 'primary' || style === 'danger';
}
