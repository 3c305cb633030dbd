import { raw } from 'hono/html';
import markdownIt from 'markdown-it';
import type { Html } from '../../src/http/html';

/** Neither client takes markup from Markdown: what looks like a tag is words. */
const OPTIONS = { html: false, breaks: true, linkify: true };

const reader = markdownIt(OPTIONS);

/** Markdown, as both clients show an answer in it. */
export function showMarkdown(text: string): Html {
  return raw(reader.render(text));
}
