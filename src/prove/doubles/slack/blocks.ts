import { isRecord } from './record';

const MOST_BLOCKS = 50;
/** Slack refuses more words than about this in all blocks together, though each keeps to its own limit. */
const MOST_WORDS = 13_200;
const MOST_MARKDOWN = 12_000;

/** What Slack would say of these blocks; undefined when it takes them. Limits: "Block Kit reference", docs.slack.dev. */
export function faultOfBlocks(blocks: unknown): string | undefined {
  if (!Array.isArray(blocks) || blocks.length > MOST_BLOCKS) return 'invalid_blocks';
  const ids = new Set<string>();
  for (const block of blocks) {
    if (!isRecord(block) || typeof block.type !== 'string') return 'invalid_blocks';
    if (KNOWN[block.type]?.(block) !== true) return 'invalid_blocks';
    const id = block.block_id;
    if (id === undefined) continue;
    if (typeof id !== 'string' || id.length > 255 || ids.has(id)) return 'invalid_blocks';
    ids.add(id);
  }
  const markdown = blocks.filter(isRecord).filter(({ type }) => type === 'markdown');
  if (wordsIn(markdown) > MOST_MARKDOWN) return 'msg_too_long';
  return wordsIn(blocks) > MOST_WORDS ? 'msg_blocks_too_long' : undefined;
}

type Check = (block: Record<string, unknown>) => boolean;

const KNOWN: Readonly<Record<string, Check>> = {
  markdown: ({ text }) => typeof text === 'string' && text !== '',
  header: ({ text }) => isText(text, 150, 'plain_text'),
  divider: () => true,
  image: ({ image_url, alt_text }) => isWord(image_url, 3_000) && isWord(alt_text, 2_000),
  rich_text: ({ elements }) => isList(elements, 1_000),
  section: ({ text, fields, accessory }) =>
    (text !== undefined || fields !== undefined) &&
    (text === undefined || isText(text, 3_000)) &&
    (fields === undefined || (isList(fields, 10) && fields.every((one) => isText(one, 2_000)))) &&
    (accessory === undefined || isButton(accessory)),
  context: ({ elements }) => isList(elements, 10) && elements.every((one) => isText(one, 3_000) || isImage(one)),
  actions: ({ elements }) =>
    isList(elements, 25) && elements.every((one) => isButton(one) || isCheckboxes(one)) && differ(elements),
  context_actions: ({ elements }) => isList(elements, 5) && elements.every(isFeedback) && differ(elements),
};

function isList(value: unknown, most: number): value is unknown[] {
  return Array.isArray(value) && value.length > 0 && value.length <= most;
}

function isWord(value: unknown, most: number): boolean {
  return typeof value === 'string' && value !== '' && value.length <= most;
}

function isText(value: unknown, most: number, type?: 'plain_text'): boolean {
  if (!isRecord(value) || !isWord(value.text, most)) return false;
  return value.type === 'plain_text' || (type === undefined && value.type === 'mrkdwn');
}

function isImage(value: unknown): boolean {
  return isRecord(value) && value.type === 'image' && isWord(value.image_url, 3_000) && isWord(value.alt_text, 2_000);
}

function isButton(value: unknown): boolean {
  if (!isRecord(value) || value.type !== 'button' || !isText(value.text, 75, 'plain_text')) return false;
  const { action_id: id, value: carried, style } = value;
  if (!isWord(id, 255) || (carried !== undefined && (typeof carried !== 'string' || carried.length > 2_000)))
    return false;
  return style === undefined || style === 'primary' || style === 'danger';
}

/** "Checkboxes", docs.slack.dev. */
function isCheckboxes(value: unknown): boolean {
  if (!isRecord(value) || value.type !== 'checkboxes' || !isWord(value.action_id, 255)) return false;
  return (
    isList(value.options, 10) &&
    value.options.every((one) => isRecord(one) && isText(one.text, 75) && isWord(one.value, 150))
  );
}

/** "Feedback buttons element" and "Icon button element", docs.slack.dev. */
function isFeedback(value: unknown): boolean {
  if (!isRecord(value) || !isWord(value.action_id, 255)) return false;
  if (value.type === 'icon_button') return isWord(value.icon, 255) && isText(value.text, 75, 'plain_text');
  return (
    value.type === 'feedback_buttons' &&
    [value.positive_button, value.negative_button].every(
      (one) => isRecord(one) && isText(one.text, 75, 'plain_text') && isWord(one.value, 2_000),
    )
  );
}

function differ(elements: readonly unknown[]): boolean {
  return new Set(elements.map((one) => (isRecord(one) ? one.action_id : undefined))).size === elements.length;
}

/** The characters of all texts within. */
function wordsIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + wordsIn(one), 0);
  if (!isRecord(value)) return 0;
  const own = typeof value.text === 'string' ? value.text.length : wordsIn(value.text);
  return own + wordsIn(value.fields) + wordsIn(value.elements);
}
