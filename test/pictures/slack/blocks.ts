import { html } from 'hono/html';
import type { Html } from '../../../src/http/html';
import { showMarkdown } from '../markdown';
import { type Names, showMrkdwn } from './mrkdwn';
import { showRichText } from './rich-text';

export type Block = Readonly<Record<string, unknown>>;

/**
 * Above so many characters or lines the client folds a section into "See more", unless the section has `expand`. Slack
 * documents for a section that it "may be rendered with a 'see more' option", and this bound for the text of an
 * attachment ("700+ characters or 5+ linebreaks"): the stricter reading of both.
 */
const FOLD = { characters: 700, lines: 5 };

/** Draws one block as Slack's clients do. Throws for a block that it does not know, so that none is left out silently. */
export function showBlock(block: Block, names: Names): Html {
  const draw = DRAWN[String(block.type)];
  if (draw === undefined) throw new Error(`there is no drawing of a block “${String(block.type)}”`);
  return draw(block, names);
}

/** Whether the client shows only the first lines of this block. */
export function isFolded({ type, text, expand }: Block): boolean {
  if (type !== 'section' || expand === true) return false;
  const words = wordsOf(text);
  return words.length >= FOLD.characters || words.split('\n').length > FOLD.lines;
}

const DRAWN: Readonly<Record<string, (block: Block, names: Names) => Html>> = {
  header: ({ text }) => html`<div class="block header">${wordsOf(text)}</div>`,
  divider: () => html`<hr class="block divider">`,
  section: (block, names) => {
    const fields = listOf(block.fields).map((field) => html`<div>${showText(field, names)}</div>`);
    const text = block.text === undefined ? '' : html`<div class="words">${showText(block.text, names)}</div>`;
    const more = isFolded(block) ? html`<a class="more"></a>` : '';
    const beside =
      block.accessory === undefined ? '' : html`<div class="beside">${showElement(block.accessory, names)}</div>`;
    const columns = fields.length === 0 ? '' : html`<div class="fields">${fields}</div>`;
    return html`<div class="block section${isFolded(block) ? ' folded' : ''}"><div>${text}${more}${columns}</div>${beside}</div>`;
  },
  context: ({ elements }, names) =>
    html`<div class="block context">${listOf(elements).map((one) => html`<span>${showText(one, names)}</span>`)}</div>`,
  actions: ({ elements }, names) =>
    html`<div class="block actions">${listOf(elements).map((one) => showElement(one, names))}</div>`,
  context_actions: ({ elements }, names) =>
    html`<div class="block actions quiet">${listOf(elements).map((one) => showElement(one, names))}</div>`,
  rich_text: (block, names) => html`<div class="block rich">${showRichText(block, names)}</div>`,
  markdown: ({ text }) => html`<div class="block markdown">${showMarkdown(String(text))}</div>`,
};

function showElement(element: unknown, names: Names): Html {
  const {
    type,
    text,
    style,
    options,
    initial_options: ticked,
    positive_button: good,
    negative_button: bad,
  } = recordOf(element);
  switch (type) {
    case 'button':
      return html`<span class="button ${style === undefined ? 'plain' : String(style)}">${wordsOf(text)}</span>`;
    case 'checkboxes':
      return html`<div class="boxes">${listOf(options).map((option) => {
        const isTicked = listOf(ticked).some((one) => recordOf(one).value === recordOf(option).value);
        return html`<div class="box${isTicked ? ' ticked' : ''}"><i></i><span>${showText(recordOf(option).text, names)}</span></div>`;
      })}</div>`;
    case 'feedback_buttons':
      return html`<span class="thumb">👍 ${wordsOf(recordOf(good).text)}</span><span class="thumb">👎 ${wordsOf(recordOf(bad).text)}</span>`;
    default:
      throw new Error(`there is no drawing of an element “${String(type)}”`);
  }
}

/** A text object: plain, or with Slack's markup. */
function showText(text: unknown, names: Names): Html {
  const { type } = recordOf(text);
  return type === 'mrkdwn' ? showMrkdwn(wordsOf(text), names) : html`${wordsOf(text)}`;
}

function wordsOf(text: unknown): string {
  return String(recordOf(text).text ?? '');
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function recordOf(value: unknown): Block {
  return typeof value === 'object' && value !== null ? (value as Block) : {};
}
