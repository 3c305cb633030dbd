import { html, raw } from 'hono/html';
import type { Html } from '../../../src/http/html';

/** What the ids in a text are called by the people who read it. */
export interface Names {
  readonly users: ReadonlyMap<string, string>;
  readonly channels: ReadonlyMap<string, string>;
}

/**
 * Shows Slack's own markup: `*bold*`, `_italic_`, `~struck~`, code, quotes, links and mentions. Source: "Formatting
 * message text", docs.slack.dev.
 */
export function showMrkdwn(text: string, names: Names): Html {
  const parts = text.split(/```([\s\S]+?)```/u);
  const shown = parts.map((part, index) =>
    index % 2 === 1 ? html`<pre>${plain(part.replace(/^\n|\n$/gu, ''))}</pre>` : prose(part, names),
  );
  return html`${shown}`;
}

/** Slack escapes three characters in all texts. */
function plain(text: string): string {
  return text.replace(/&lt;/gu, '<').replace(/&gt;/gu, '>').replace(/&amp;/gu, '&');
}

function prose(text: string, names: Names): Html {
  const runs = text.split(/\n(?=&gt; )|(?<=^&gt; .*)\n(?!&gt; )/mu).filter((run) => run !== '');
  return html`${runs.map((run) =>
    run.startsWith('&gt; ')
      ? html`<blockquote>${lines(run.slice('&gt; '.length), names)}</blockquote>`
      : lines(run, names),
  )}`;
}

function lines(text: string, names: Names): Html {
  return html`${text.split('\n').map((line, index) => html`${index === 0 ? '' : raw('<br>')}${inline(line, names)}`)}`;
}

const SPANS =
  /`([^`]+)`|<([^>]+)>|(?<![\p{L}\p{N}])\*(\S|\S[^*]*\S)\*(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])_(\S|\S[^_]*\S)_(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])~(\S|\S[^~]*\S)~(?![\p{L}\p{N}])/u;

function inline(text: string, names: Names): Html {
  const found = SPANS.exec(text);
  if (found === null) return html`${plain(text)}`;
  const [whole, code, angled, bold, italic, struck] = found;
  const before = plain(text.slice(0, found.index));
  const rest = inline(text.slice(found.index + whole.length), names);
  const shown =
    code !== undefined
      ? html`<code>${plain(code)}</code>`
      : angled !== undefined
        ? reference(angled, names)
        : bold !== undefined
          ? html`<b>${inline(bold, names)}</b>`
          : italic !== undefined
            ? html`<i>${inline(italic, names)}</i>`
            : html`<s>${inline(struck ?? '', names)}</s>`;
  return html`${before}${shown}${rest}`;
}

/** What stands in angle brackets: a mention, a channel, or an address with the words that it hides behind. */
function reference(words: string, { users, channels }: Names): Html {
  const [target = '', label] = words.split('|');
  if (target.startsWith('@'))
    return html`<span class="mention">@${users.get(target.slice(1)) ?? target.slice(1)}</span>`;
  if (target.startsWith('#'))
    return html`<span class="mention">#${channels.get(target.slice(1)) ?? label ?? target.slice(1)}</span>`;
  if (target.startsWith('!')) return html`<span class="mention">@${label ?? target.slice(1)}</span>`;
  return html`<a>${plain(label ?? target)}</a>`;
}
