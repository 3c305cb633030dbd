import type { MarkedToken, Token, Tokens } from 'marked';
import { copyButton, drawCodeBlock } from './code-view';
import { el } from './dom';
import { tokensOf } from './markdown-tokens';
import type { Words } from './words';

type LabelWords = Pick<Words, 'copy' | 'copied' | 'image'>;

interface Block {
  readonly raw: string;
  readonly element: Node;
}

const drawn = new WeakMap<HTMLElement, readonly Block[]>();

/**
 * Draws Markdown into `target` from the lexer's tokens: model text never becomes HTML, loads nothing and hides no
 * link. While an answer grows, only the blocks that changed are drawn again.
 */
export function drawMarkdown(target: HTMLElement, source: string, words: LabelWords): void {
  const before = drawn.get(target) ?? [];
  const tokens = tokensOf(source);
  const same = tokens.findIndex(({ raw }, index) => before[index]?.raw !== raw);
  const keep = same < 0 ? tokens.length : same;
  for (const { element } of before.slice(keep)) element.parentNode?.removeChild(element);
  const fresh = tokens.slice(keep).map((token) => ({ raw: token.raw, element: drawBlock(token, words) }));
  for (const { element } of fresh) target.append(element);
  drawn.set(target, [...before.slice(0, keep), ...fresh]);
}

function drawBlock(token: Token, words: LabelWords): Node {
  const block = token as MarkedToken;
  switch (block.type) {
    case 'heading':
      return el(block.depth <= 2 ? 'h3' : 'h4', {}, ...inline(block.tokens, words));
    case 'paragraph':
      return el('p', {}, ...inline(block.tokens, words));
    case 'text':
      return el('span', {}, ...(block.tokens === undefined ? [block.text] : inline(block.tokens, words)));
    case 'blockquote':
      return el('blockquote', {}, ...block.tokens.map((each) => drawBlock(each, words)));
    case 'code':
      return drawCode(block, words);
    case 'list':
      return drawList(block, words);
    case 'table':
      return drawTable(block, words);
    case 'hr':
      return el('hr');
    default:
      return el('p', {}, block.raw);
  }
}

function drawCode({ text, lang }: Tokens.Code, words: LabelWords): HTMLElement {
  return drawCodeBlock(text, { label: lang ?? '', wraps: lang === 'text', tools: [copyButton(text, words)] });
}

function drawList(list: Tokens.List, words: LabelWords): HTMLElement {
  const items = list.items.map((item) =>
    el(
      'li',
      {},
      item.task && el('input', { type: 'checkbox', disabled: true, checked: item.checked === true }),
      ...item.tokens.filter(({ type }) => type !== 'checkbox').map((each) => drawBlock(each, words)),
    ),
  );
  if (!list.ordered) return el('ul', {}, ...items);
  return el('ol', { start: String(list.start === '' ? 1 : list.start) }, ...items);
}

function drawTable({ header, rows }: Tokens.Table, words: LabelWords): HTMLElement {
  const row = (cells: readonly Tokens.TableCell[], tag: 'th' | 'td'): HTMLElement =>
    el('tr', {}, ...cells.map((cell) => el(tag, {}, ...inline(cell.tokens, words))));
  const head = el('thead', {}, row(header, 'th'));
  const body = el('tbody', {}, ...rows.map((cells) => row(cells, 'td')));
  return el('div', { class: 'table', tabindex: '0' }, el('table', {}, head, body));
}

function inline(tokens: readonly Token[], words: LabelWords): Node[] {
  return tokens.map((token) => drawInline(token as MarkedToken, words));
}

function drawInline(token: MarkedToken, words: LabelWords): Node {
  switch (token.type) {
    case 'strong':
    case 'em':
    case 'del':
      return el(token.type, {}, ...inline(token.tokens, words));
    case 'codespan':
      return el('code', {}, token.text);
    case 'br':
      return el('br');
    case 'escape':
      return document.createTextNode(token.text);
    case 'text':
      return token.tokens === undefined
        ? document.createTextNode(token.text)
        : el('span', {}, ...inline(token.tokens, words));
    case 'link':
      return drawLink(token, words);
    case 'image':
      return el('span', { class: 'image' }, `[${words.image}: ${token.text}] ${token.href}`);
    default:
      return document.createTextNode(token.raw);
  }
}

/** A link with its whole address in sight, so that it cannot lead anywhere else than it says. */
function drawLink(token: Tokens.Link, words: LabelWords): Node {
  const url = URL.parse(token.href);
  if (url === null || !['http:', 'https:', 'mailto:'].includes(url.protocol)) return document.createTextNode(token.raw);
  const attributes = { href: url.href, target: '_blank', rel: 'noopener noreferrer nofollow' };
  const link = el('a', attributes, ...inline(token.tokens, words));
  const says = token.text.trim();
  if (says === token.href || says === url.href) return link;
  return el('span', {}, link, el('span', { class: 'address' }, ` (${token.href})`));
}
