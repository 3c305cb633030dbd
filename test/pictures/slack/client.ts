import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { html, raw } from 'hono/html';
import type { Html } from '../../../src/http/html';
import { type Author, type Drawing, documentOf, faceOf, type Look } from '../frame';
import { type Block, showBlock } from './blocks';
import { type Names, showMrkdwn } from './mrkdwn';

const STYLE = readFileSync(join(__dirname, 'style.css'), 'utf8');

/** A message as it stands in Slack, with the name of who wrote it. */
export interface SlackMessage {
  readonly author: Author;
  readonly text: string;
  readonly blocks: readonly Block[];
  /** Its text was streamed: the blocks stand below it, not in its place. */
  readonly streamed?: boolean;
  /** Shown to one person alone. */
  readonly onlyYou?: boolean;
}

export interface SlackView extends Look {
  /** `#planning`, or who the direct messages are with. */
  readonly place: string;
  readonly thread: boolean;
  readonly messages: readonly SlackMessage[];
  readonly names: Names;
}

const WORDS = {
  en: { onlyYou: 'Only visible to you', app: 'APP', thread: 'Thread', reply: 'Reply…', message: 'Message' },
  ja: {
    onlyYou: 'あなただけに表示されています',
    app: 'アプリ',
    thread: 'スレッド',
    reply: '返信する…',
    message: 'メッセージ',
  },
} as const;

/** Draws messages as Slack's desktop and phone clients show them: the column of messages, with the client's own marks. */
export function drawSlack(view: SlackView): Drawing {
  const { place, thread, language, messages } = view;
  const words = WORDS[language];
  const title = thread ? html`<b>${words.thread}</b> <small>${place}</small>` : html`<b>${place}</b>`;
  const shown = messages.map((message) => html`${showMessage(message, view)}`);
  const box = thread ? words.reply : `${words.message} ${place}`;
  const body = html`<div class="slack"><header>${title}</header><main>${shown}</main><footer>${box}</footer></div>`;
  return documentOf(view, STYLE, body);
}

/** Cards alone, side by side, each as wide as the client makes a message. */
export function drawSlackCards(
  cards: readonly { readonly name: string; readonly blocks: readonly Block[] }[],
  column: number,
  look: Look,
): Drawing {
  const names: Names = { users: new Map(), channels: new Map() };
  const shown = cards.map(
    ({ name, blocks }) =>
      html`<figure style="width:${column}px"><figcaption>${name}</figcaption><div class="card" data-name="${name}">${blocks.map((block) => showBlock(block, names))}</div></figure>`,
  );
  return documentOf(look, STYLE, html`<div class="slack sheet">${shown}</div>`);
}

function showMessage({ author, text, blocks, streamed, onlyYou }: SlackMessage, { names, language }: SlackView): Html {
  const words = WORDS[language];
  const mark = onlyYou === true ? html`<div class="only-you">${raw(EYE)} ${words.onlyYou}</div>` : '';
  const badge = author.kind === 'app' ? html` <span class="badge">${words.app}</span>` : '';
  const above = blocks.length > 0 && streamed !== true ? '' : showMrkdwn(text, names);
  const below = blocks.map((block) => showBlock(block, names));
  const inside = html`<div class="name"><b>${author.name}</b>${badge} <time>${author.time}</time></div><div class="said">${above}${below}</div>`;
  return html`<article class="${onlyYou === true ? 'ephemeral' : ''}">${mark}${faceOf(author)}<div class="body">${inside}</div></article>`;
}

const EYE =
  '<svg viewBox="0 0 20 20" width="14" height="14" fill="none" stroke="currentColor" stroke-width="1.6"><path d="M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5z"/><circle cx="10" cy="10" r="2.4"/></svg>';
