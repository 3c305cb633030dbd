import { tasklist } from '@mdit/plugin-tasklist';
import { tex } from '@mdit/plugin-tex';
import MarkdownIt, { type Token } from 'markdown-it';
import cjkFriendly from 'markdown-it-cjk-friendly';
import type { Words } from '../words';
import { addresses } from './addresses';
import { chatRules } from './chat-rules';

export type ProseWords = Pick<Words, 'copy' | 'image' | 'codeBlock' | 'table'>;

/** What the markup of one answer depends on beside its words. */
export interface ProseSetting {
  readonly words: ProseWords;
  /** The next task's number, unique on the page: a box and its label are tied by it. */
  tasklistId: number;
  /** The level of the answer's first heading, and the one that the last was shown by: no level is left out. */
  headings: { readonly first: number | undefined; readonly last: number };
}

const md = new MarkdownIt({ html: false, linkify: false, breaks: true });
const { escapeHtml } = md.utils;

md.use(cjkFriendly)
  .use(tasklist)
  .use(tex, {
    delimiters: 'all',
    mathFence: true,
    render: (content, isBlock) =>
      isBlock
        ? `<div class="maths block" tabindex="0">${escapeHtml(content)}</div>`
        : `<span class="maths">${escapeHtml(content)}</span>`,
  })
  .use(chatRules)
  .use(addresses);

const { rules } = md.renderer;
const fence = rules.fence;
rules.fence = (tokens, at, options, env: ProseSetting, self) =>
  tokens[at]?.info.trim() === 'math' && fence ? fence(tokens, at, options, env, self) : code(tokens[at], env);
rules.code_block = (tokens, at, _options, env: ProseSetting) => code(tokens[at], env);
rules.table_open = (_tokens, _at, _options, { words }: ProseSetting) =>
  `<div class="table" tabindex="0" role="group" aria-label="${escapeHtml(words.table)}"><table>`;
rules.table_close = () => '</table></div>';
// A style on an element is against the page's policy: a class says on which side a column stands.
md.core.ruler.push('columns', ({ tokens }) => {
  for (const token of tokens) {
    const side = /^text-align:(\w+)$/u.exec(token.attrGet('style') ?? '')?.[1];
    if (side !== undefined) token.attrs = [['class', `to-${side}`]];
  }
});

function code(token: Token | undefined, { words }: ProseSetting): string {
  const { content = '', info = '' } = token ?? {};
  const label = info.trim();
  const language = label.split(/\s/u)[0] ?? '';
  const named = language === '' ? '' : ` class="language-${escapeHtml(language)}"`;
  const name = escapeHtml(label === '' ? words.codeBlock : `${words.codeBlock}: ${label}`);
  return (
    `<div class="code"><div class="code-head"><span>${escapeHtml(label)}</span>` +
    `<button type="button" class="copy">${escapeHtml(words.copy)}</button></div>` +
    `<pre tabindex="0" role="group" aria-label="${name}"${language === 'text' ? ' class="wraps"' : ''}>` +
    `<code${named}>${escapeHtml(content)}</code></pre></div>`
  );
}

export interface Block {
  /** Where it begins in the text, in UTF-16 code units. */
  readonly start: number;
  /** Its words, with the empty lines after it. */
  readonly source: string;
  readonly tokens: readonly Token[];
}

/**
 * The paragraphs, lists, tables and so on of a text. Give what the text was read as before it grew, and only its end is
 * read again: what comes later changes the last block, or joins it with the one before; never more.
 */
export function readBlocks(text: string, before: readonly Block[] = []): readonly Block[] {
  const kept = before.slice(0, -2);
  const last = kept.at(-1);
  const start = last === undefined ? 0 : last.start + last.source.length;
  if (kept.some((block) => !text.startsWith(block.source, block.start))) return readBlocks(text);
  return [...kept, ...readFrom(text, start)];
}

function readFrom(text: string, start: number): readonly Block[] {
  const tail = text.slice(start);
  const groups = topLevel(md.parse(tail, {}));
  const lines = lineStarts(tail);
  return groups.map((tokens, index) => {
    const from = index === 0 ? 0 : offsetOf(tokens, lines);
    const next = groups[index + 1];
    const to = next === undefined ? tail.length : offsetOf(next, lines);
    return { start: start + from, source: tail.slice(from, to), tokens };
  });
}

function topLevel(tokens: readonly Token[]): readonly Token[][] {
  const groups: Token[][] = [];
  let depth = 0;
  for (const token of tokens) {
    if (depth === 0) groups.push([]);
    groups.at(-1)?.push(token);
    depth += token.nesting;
  }
  return groups;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function offsetOf(tokens: readonly Token[], lines: readonly number[]): number {
  return lines[tokens[0]?.map?.[0] ?? 0] ?? 0;
}

/** The markup of a block: made here alone, and still to be cleaned before it is shown. */
export function markupOf({ tokens }: Block, setting: ProseSetting): string {
  return md.renderer.render(
    tokens.map((token) => levelled(token, setting)),
    md.options,
    setting,
  );
}

/** A heading one level below the name above the answer, whichever level a model begins with. */
function levelled(token: Token, setting: ProseSetting): Token {
  if (token.type !== 'heading_open' && token.type !== 'heading_close') return token;
  const written = Number(token.tag.slice(1));
  if (token.type === 'heading_open') {
    const { first = written, last } = setting.headings;
    setting.headings = { first, last: Math.max(3, Math.min(3 + written - first, last + 1, 6)) };
  }
  return Object.assign(Object.create(Object.getPrototypeOf(token)), token, { tag: `h${setting.headings.last}` });
}
