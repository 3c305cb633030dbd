import { resolve } from 'node:path';
import { buildSync } from 'esbuild';
import type { Token } from 'marked';
import { contentOf as slackContent } from '../../../adapters/slack/message-content';
import { contentOf as teamsContent } from '../../../adapters/teams/message-content';

/** Its CommonJS build: the package names the other one alone, which jest cannot load. */
const { lexer }: typeof import('marked') = require('../../../node_modules/marked/lib/marked.umd.js');

/** A link as a client makes it: what it shows, and where it leads. */
export interface Link {
  readonly says: string;
  readonly leads: string;
}

interface LinkFinder {
  match(text: string): readonly { readonly text: string; readonly url: string }[] | null;
}

/** The bundle of a file of the page or of a library of it, as the page has them. */
function bundled<Exports>(from: { readonly file?: string; readonly source?: string }): Exports {
  const { outputFiles } = buildSync({
    ...(from.file !== undefined && { entryPoints: [resolve(__dirname, '../../..', from.file)] }),
    ...(from.source !== undefined && { stdin: { contents: from.source, resolveDir: __dirname } }),
    bundle: true,
    format: 'cjs',
    write: false,
  });
  const made = { exports: {} as Exports };
  new Function('module', 'exports', outputFiles[0]?.text ?? '')(made, made.exports);
  return made.exports;
}

const { finder } = bundled<{ readonly finder: LinkFinder }>({
  source: `
    import LinkifyIt from 'linkify-it';
    export const finder = new LinkifyIt({}, { fuzzyLink: true, fuzzyIP: true, fuzzyEmail: false });
    for (const scheme of ['tel:', 'slack:', 'msteams:', 'javascript:', 'data:', 'blob:'])
      finder.add(scheme, { validate: (text, at) => /^\\S+/.exec(text.slice(at))?.[0].length ?? 0 });
    finder.add('mailto:', { validate: (text, at) => /^\\S+@\\S+/.exec(text.slice(at))?.[0].length ?? 0 });
  `,
});

/** What a client that finds addresses by itself, as eagerly as any, makes links of in plain words. */
function foundIn(words: string): readonly Link[] {
  return (finder.match(words) ?? []).map(({ text, url }) => ({ says: text, leads: url }));
}

/** The links of Markdown as it is read on GitHub, and those that an eager client finds in what is no code there. */
export function linksOfMarkdown(markdown: string): readonly Link[] {
  const links: Link[] = [];
  let text = '';
  const walk = (tokens: readonly Token[]): void => {
    for (const token of tokens) {
      if (token.type === 'link') links.push({ says: token.text, leads: token.href });
      else if (token.type === 'image' || token.type === 'html') links.push({ says: token.raw, leads: 'loads' });
      else if (token.type === 'codespan' || token.type === 'code') text += '\u0001';
      else if (token.type === 'list') for (const item of token.items) walk(item.tokens);
      else if (token.type === 'table') for (const cell of [...token.header, ...token.rows.flat()]) walk(cell.tokens);
      else if ('tokens' in token && token.tokens !== undefined) walk(token.tokens);
      else text += 'text' in token ? token.text : token.raw;
    }
  };
  const tokens = lexer(markdown, { gfm: true });
  for (const [name, { href }] of Object.entries(tokens.links)) links.push({ says: name, leads: href });
  walk(tokens);
  return [...links, ...foundIn(text)];
}

/** The links of Slack's older format: those in angle brackets, wherever they stand, and what a client finds beside code. */
function linksOfMrkdwn(mrkdwn: string): readonly Link[] {
  const written = [...mrkdwn.matchAll(/<([^<>|\s]+)(?:\|([^<>]*))?>/gu)].map(([, leads = '', says]) => ({
    says: says ?? leads,
    leads,
  }));
  const rest = mrkdwn.replace(/<[^<>]*>/gu, '\u0001').replace(/```[\s\S]*?```|`[^`\n]+`/gu, '\u0001');
  return [...written, ...foundIn(rest)];
}

export function linksInSlack(answer: string): readonly Link[] {
  const rich = slackContent(answer, [], 'rich');
  const plain = slackContent(answer, [], 'plain');
  // What is streamed, and what is posted in blocks, is one and the same Markdown.
  const blocks = rich.blocks.flatMap(({ text }) => (typeof text === 'string' ? linksOfMarkdown(text) : []));
  return [...linksOfMarkdown(answer), ...blocks, ...linksOfMrkdwn(rich.text), ...linksOfMrkdwn(plain.text)];
}

export function linksInTeams(answer: string): readonly Link[] {
  const label = { name: 'Vendor', description: 'Vendor' };
  const rich = teamsContent(answer, 'rich', label);
  const plain = teamsContent(answer, 'plain', label);
  return [...linksOfMarkdown(String(rich.text ?? '')), ...foundIn(String(plain.text ?? ''))];
}

interface Reader {
  readBlocks(text: string): readonly object[];
  markupOf(block: object, setting: object): string;
}

const page = bundled<Reader>({ file: 'adapters/local/page/markdown/reader.ts' });

export function linksOnPage(answer: string): readonly Link[] {
  const setting = {
    words: { copy: 'Copy', image: 'image', codeBlock: 'Code', table: 'Table' },
    tasklistId: 0,
    headings: { first: undefined, last: 2 },
  };
  const html = page
    .readBlocks(answer)
    .map((block) => page.markupOf(block, setting))
    .join('');
  const plain = (markup: string): string =>
    markup.replace(/<[^>]*>/gu, '').replace(/&(amp|lt|gt|quot);/gu, (_entity, name: string) => SIGNS[name] ?? '');
  const anchors = [...html.matchAll(/<a\b[^>]*?\bhref="([^"]*)"[^>]*>([\s\S]*?)<\/a>/gu)];
  return [
    ...anchors.map(([, leads = '', says = '']) => ({ says: plain(says), leads: plain(leads) })),
    ...[...html.matchAll(/<(?:img|iframe|script|object|embed)\b/gu)].map(([tag]) => ({ says: tag, leads: 'loads' })),
  ];
}

const SIGNS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
