import { isRecord } from '../../src/kit/field';

type Part = Readonly<Record<string, unknown>>;

/**
 * The words of blocks in the notation that Slack's `text` has, mentions and links as tokens, lines kept and code fenced:
 * what somebody wrote may stand in the blocks alone, and Slack may give back as a `rich_text` block what was posted as
 * Markdown. Sources: "Blocks", docs.slack.dev/reference/block-kit/blocks, and "Formatting message text".
 */
export function textOfBlocks(blocks: unknown): string {
  return partsOf(blocks)
    .map(textOfBlock)
    .filter((words) => words !== '')
    .join('\n');
}

/** Whether any block holds something that is not words: a picture, a video, a file. */
export function hasMoreThanWords(blocks: unknown): boolean {
  return partsOf(blocks).some(({ type }) => typeof type === 'string' && WORDLESS.has(type));
}

const WORDLESS: ReadonlySet<string> = new Set(['image', 'video', 'file', 'call', 'share_shortcut']);
/** Far more than Slack lets anybody nest. */
const DEEPEST = 8;

function textOfBlock(block: Part): string {
  switch (block.type) {
    case 'rich_text':
      return textOfRichText(block);
    case 'table':
      return rowsOf(block.rows)
        .map((row) => row.map(textOfCell).join(' | '))
        .join('\n');
    case 'markdown':
      return typeof block.text === 'string' ? escaped(block.text) : '';
    case 'section':
      return [block.text, ...partsOf(block.fields)].map(textOfObject).filter(Boolean).join('\n');
    case 'header':
      return textOfObject(block.text);
    case 'context':
      return partsOf(block.elements).map(textOfObject).filter(Boolean).join(' ');
    default:
      return '';
  }
}

function textOfRichText(block: Part): string {
  return partsOf(block.elements)
    .map((part) => textOfPart(part, 0))
    .join('\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
}

function textOfCell(cell: Part): string {
  const words =
    cell.type === 'rich_text' ? textOfRichText(cell) : escaped(typeof cell.text === 'string' ? cell.text : '');
  return words.replace(/\s*\n\s*/gu, ' ');
}

/** `mrkdwn` is in Slack's notation; `plain_text` and `raw_text` are not. */
function textOfObject(object: unknown): string {
  if (!isRecord(object) || typeof object.text !== 'string') return '';
  return object.type === 'mrkdwn' ? object.text : escaped(object.text);
}

function textOfPart(part: Part, depth: number): string {
  const elements = partsOf(part.elements);
  if (depth > DEEPEST) return '';
  switch (part.type) {
    case 'rich_text_preformatted':
      return `\`\`\`\n${inline(elements)}\n\`\`\``;
    case 'rich_text_quote':
      return inline(elements).replace(/^/gmu, '&gt; ');
    case 'rich_text_list': {
      const indent = '  '.repeat(within(part.indent, 8));
      const first = 1 + within(part.offset, 100_000);
      const mark = (index: number): string => (part.style === 'ordered' ? `${first + index}.` : '-');
      return elements.map((item, index) => `${indent}${mark(index)} ${textOfPart(item, depth + 1)}`).join('\n');
    }
    default:
      return inline(elements);
  }
}

function within(value: unknown, most: number): number {
  return typeof value === 'number' ? Math.min(Math.max(0, Math.trunc(value)), most) : 0;
}

/** Styles are left out but for code: the words are what a model has to go on with. */
function inline(elements: readonly Part[]): string {
  return elements.map(textOfElement).join('');
}

function textOfElement(element: Part): string {
  const { type, text, style } = element;
  const named = (sign: string, id: unknown): string => (isId(id) ? `<${sign}${id}>` : '');
  switch (type) {
    case 'link': {
      const url = String(element.url ?? '').replace(/[<>|\s]/gu, encodeURIComponent);
      return typeof text === 'string' && text !== '' ? `<${url}|${escaped(text).replace(/\n/gu, ' ')}>` : `<${url}>`;
    }
    case 'user':
      return named('@', element.user_id);
    case 'usergroup':
      return named('!subteam^', element.usergroup_id);
    case 'channel':
      return named('#', element.channel_id);
    case 'broadcast':
      return named('!', element.range);
    case 'emoji':
      return `:${escaped(String(element.name ?? ''))}:`;
    case 'color':
      return escaped(String(element.value ?? ''));
    case 'date':
      return dateOf(element);
    default:
      if (typeof text !== 'string') return '';
      return isRecord(style) && style.code === true ? `\`${escaped(text)}\`` : escaped(text);
  }
}

/** The words that stand for it, or else its day and time in UTC. */
function dateOf({ fallback, timestamp }: Part): string {
  if (typeof fallback === 'string' && fallback !== '') return escaped(fallback);
  const ms = typeof timestamp === 'number' ? timestamp * 1_000 : Number.NaN;
  return Math.abs(ms) < 8.64e15 ? new Date(ms).toISOString().slice(0, 16).replace('T', ' ') : '';
}

function escaped(words: string): string {
  return words.replace(/[&<>]/gu, (sign) => (sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : '&gt;'));
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9]{1,64}$/u.test(value);
}

function rowsOf(value: unknown): readonly (readonly Part[])[] {
  return Array.isArray(value) ? value.map(partsOf) : [];
}

function partsOf(value: unknown): readonly Part[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
