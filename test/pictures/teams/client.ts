import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { html, raw } from 'hono/html';
import type { Html } from '../../../src/http/html';
import type { Language } from '../../../src/model/turn';
import { type Author, type Drawing, documentOf, faceOf, type Look } from '../frame';
import { showMarkdown } from '../markdown';
import { hostConfig } from './host-config';

const STYLE = readFileSync(join(__dirname, 'style.css'), 'utf8');
const CARD = 'application/vnd.microsoft.card.adaptive';

const at = createRequire(__filename);
const fileOf = (name: string, path: string): string =>
  readFileSync(join(dirname(at.resolve(`${name}/package.json`)), path), 'utf8');
/** Microsoft's own renderer, and a reader of Markdown, which it leaves to its host. */
const RENDERER = fileOf('adaptivecards', 'dist/adaptivecards.min.js');
const MARKDOWN = fileOf('markdown-it', 'dist/markdown-it.min.js');

/** A message as it stands in Teams; the bot's fields are those of its activity. */
export interface TeamsMessage {
  readonly author: Author;
  /** By the person who looks: on the right, in their colour. */
  readonly mine?: boolean;
  /** Shown to one person alone, in a channel or a group. */
  readonly onlyYou?: boolean;
  readonly text?: string;
  readonly textFormat?: string;
  readonly attachments?: readonly { readonly contentType: string; readonly content: unknown }[];
  readonly entities?: readonly Readonly<Record<string, unknown>>[];
}

export interface TeamsView extends Look {
  readonly place: string;
  readonly messages: readonly TeamsMessage[];
}

const WORDS = {
  en: { onlyYou: 'Only you can see this message', ai: 'AI generated', type: 'Type a message' },
  ja: { onlyYou: 'このメッセージはあなただけに表示されます', ai: 'AI によって生成', type: 'メッセージを入力' },
} as const;

/** Draws a chat as the Teams client does, its cards by Microsoft's renderer. */
export function drawTeams(view: TeamsView): Drawing {
  const { place, messages, language } = view;
  const shown = messages.map((message) => showMessage(message, language));
  const bot = faceOf({ kind: 'app', name: 'dejiren', time: '' });
  const head = html`<header>${bot}<b>${place}</b></header>`;
  const box = html`<footer>${WORDS[language].type}</footer>`;
  return withCards(view, html`<div class="teams">${head}<main>${shown}</main>${box}</div>`);
}

/** Cards alone, side by side, each as wide as the client makes a card. */
export function drawTeamsCards(
  cards: readonly { readonly name: string; readonly card: unknown }[],
  column: number,
  look: Look,
): Drawing {
  const shown = cards.map(
    ({ name, card }) =>
      html`<figure style="width:${column}px"><figcaption>${name}</figcaption><div data-name="${name}">${slot(card)}</div></figure>`,
  );
  return withCards(look, html`<div class="teams sheet">${shown}</div>`);
}

function showMessage({ author, mine, onlyYou, ...message }: TeamsMessage, language: Language): Html {
  const words = WORDS[language];
  const { text = '', textFormat, attachments = [], entities = [] } = message;
  const label = entities.find(({ additionalType }) => String(additionalType).includes('AIGeneratedContent'));
  const usage = (label?.usageInfo ?? {}) as { readonly name?: string };
  const badge = label === undefined ? '' : html`<span class="badge">${words.ai}</span>`;
  const shield = usage.name === undefined ? '' : html`<span class="usage">${raw(SHIELD)} ${usage.name}</span>`;
  const mark = onlyYou === true ? html`<div class="only-you">${words.onlyYou}</div>` : '';
  const said =
    text === '' ? '' : html`<div class="said">${textFormat === 'plain' ? html`${text}` : showMarkdown(text)}</div>`;
  const cards = attachments.map(({ contentType, content }) => {
    if (contentType !== CARD) throw new Error(`there is no drawing of an attachment “${contentType}”`);
    return slot(content);
  });
  const name =
    mine === true
      ? html`<time>${author.time}</time>`
      : html`<b>${author.name}</b> <time>${author.time}</time> ${badge} ${shield}`;
  const inside = html`<div class="name">${name}</div>${mark}<div class="bubble${cards.length > 0 ? ' bare' : ''}">${said}${cards}</div>`;
  return html`<article class="${mine === true ? 'mine' : ''}">${mine === true ? '' : faceOf(author)}<div class="body">${inside}</div></article>`;
}

/** Where the renderer puts a card. What its buttons carry along is not drawn. */
function slot(card: unknown): Html {
  const drawn = JSON.stringify(card, (key, value: unknown) => (key === 'data' ? undefined : value));
  return html`<div class="card" data-card="${drawn}"></div>`;
}

/**
 * Microsoft's renderer draws the cards. What it finds wrong in one is a fault, but for `lang`: its check of that one is
 * a regular expression that remembers where it left off, and refuses every second card.
 */
function withCards(look: Look, body: Html): Drawing {
  const config = hostConfig(look.theme, { text: 'var(--font)', mono: 'var(--mono)' });
  const script = `<script>${RENDERER}</script><script>${MARKDOWN}</script><script>
const reader = markdownit({ html: false, breaks: true });
AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => { result.outputHtml = reader.render(text); result.didProcess = true; };
for (const place of document.querySelectorAll('[data-card]')) {
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = new AdaptiveCards.HostConfig(${JSON.stringify(config)});
  const context = new AdaptiveCards.SerializationContext();
  card.parse(JSON.parse(place.dataset.card), context);
  for (let index = 0; index < context.eventCount; index += 1) {
    const { message } = context.getEventAt(index);
    if (!message.includes('"lang"')) throw new Error(message);
  }
  place.append(card.render());
}
</script>`;
  return documentOf(look, STYLE, body, script);
}

const SHIELD =
  '<svg viewBox="0 0 20 20" width="13" height="13" fill="none" stroke="currentColor" stroke-width="1.5"><path d="M10 2l6 2.500v5c0 4-2.500 7-6 8.500-3.500-1.500-6-4.500-6-8.500v-5z"/></svg>';
