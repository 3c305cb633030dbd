type Part = Readonly<Record<string, unknown>>;

/**
 * The words of a `rich_text` block, lines kept and code fenced. Slack may give back as such a block what was posted as
 * Markdown. Source: "Rich text block", docs.slack.dev/reference/block-kit/blocks/rich-text-block.
 */
export function wordsOfRichText(block: Part): string {
  return partsOf(block.elements)
    .map((part) => wordsOfPart(part))
    .join('\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
}

function wordsOfPart(part: Part): string {
  const elements = partsOf(part.elements);
  switch (part.type) {
    case 'rich_text_preformatted':
      return `\`\`\`\n${inline(elements)}\n\`\`\``;
    case 'rich_text_quote':
      return inline(elements).replace(/^/gmu, '> ');
    case 'rich_text_list': {
      const indent = '  '.repeat(typeof part.indent === 'number' ? Math.min(Math.max(0, part.indent), 8) : 0);
      const mark = (index: number): string => (part.style === 'ordered' ? `${index + 1}.` : '-');
      return elements.map((item, index) => `${indent}${mark(index)} ${wordsOfPart(item)}`).join('\n');
    }
    default:
      return inline(elements);
  }
}

/** Styles are left out but for code: the words are what a model has to go on with. */
function inline(elements: readonly Part[]): string {
  return elements.map(wordsOfElement).join('');
}

function wordsOfElement({ type, text, url, name, style }: Part): string {
  if (type === 'link') return typeof text === 'string' && text !== '' ? text : String(url ?? '');
  if (type === 'emoji') return `:${String(name ?? '')}:`;
  if (typeof text !== 'string') return '';
  return isPart(style) && style.code === true ? `\`${text}\`` : text;
}

function partsOf(value: unknown): readonly Part[] {
  return Array.isArray(value) ? value.filter(isPart) : [];
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
