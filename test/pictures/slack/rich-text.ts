import { html } from 'hono/html';
import type { Html } from '../../../src/http/html';
import type { Names } from './mrkdwn';

interface Element {
  readonly type: string;
  readonly text?: string;
  readonly url?: string;
  readonly user_id?: string;
  readonly channel_id?: string;
  readonly name?: string;
  readonly unicode?: string;
  readonly range?: string;
  readonly elements?: readonly Element[];
  readonly style?: string | Readonly<Record<'bold' | 'italic' | 'strike' | 'code', boolean | undefined>>;
}

/** Draws a rich text block. Source: "Rich text block", docs.slack.dev. */
export function showRichText(block: unknown, names: Names): Html {
  const { elements = [] } = block as Element;
  return html`${elements.map((element) => showPart(element, names))}`;
}

function showPart({ type, style, elements = [] }: Element, names: Names): Html {
  const inner = html`${elements.map((element) => showInline(element, names))}`;
  switch (type) {
    case 'rich_text_section':
      return html`<div>${inner}</div>`;
    case 'rich_text_preformatted':
      return html`<pre>${inner}</pre>`;
    case 'rich_text_quote':
      return html`<blockquote>${inner}</blockquote>`;
    case 'rich_text_list': {
      const items = elements.map((element) => html`<li>${showPart(element, names)}</li>`);
      return style === 'ordered' ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`;
    }
    default:
      throw new Error(`there is no drawing of “${type}” in rich text`);
  }
}

function showInline(element: Element, { users, channels }: Names): Html {
  const { type, text = '', url = '', user_id: user = '', channel_id: channel = '', style } = element;
  switch (type) {
    case 'text':
      return styled(html`${text}`, style);
    case 'link':
      return styled(html`<a>${text === '' ? url : text}</a>`, style);
    case 'user':
      return html`<span class="mention">@${users.get(user) ?? user}</span>`;
    case 'channel':
      return html`<span class="mention">#${channels.get(channel) ?? channel}</span>`;
    case 'broadcast':
      return html`<span class="mention">@${element.range ?? ''}</span>`;
    case 'emoji':
      return html`${element.unicode === undefined ? `:${element.name ?? ''}:` : String.fromCodePoint(...element.unicode.split('-').map((point) => Number.parseInt(point, 16)))}`;
    default:
      throw new Error(`there is no drawing of “${type}” in rich text`);
  }
}

function styled(words: Html, style: Element['style']): Html {
  if (style === undefined || typeof style === 'string') return words;
  if (style.code === true) return html`<code>${words}</code>`;
  const struck = style.strike === true ? html`<s>${words}</s>` : words;
  const slanted = style.italic === true ? html`<i>${struck}</i>` : struck;
  return style.bold === true ? html`<b>${slanted}</b>` : slanted;
}
