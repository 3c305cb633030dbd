import type { HtmlToTextOptions } from 'html-to-text';
import type { Mention, Utterance } from '../../src/chat/turn';
import { sealText } from '../../src/text/text';

/** What stands in a message's HTML by its number alone. */
export interface MessageParts {
  /** By the number that an `<at>` carries. Undefined: a mention of dejiren, which is taken out. */
  readonly mentions: ReadonlyMap<string, { readonly id: string; readonly name: string } | undefined>;
  /** The beginning of a message that is answered to, by the id of its `<attachment>`. */
  readonly quotes: ReadonlyMap<string, string>;
}

const MOST_CHARACTERS = 100_000;

/**
 * Reads the HTML of a message, as Graph gives it, into plain words: mentions of others become `<at>Aiko</at>` and are
 * listed, what is quoted of other messages is marked with `>`, pictures and cards are left out.
 */
export async function readHtml(html: string, parts: MessageParts): Promise<Utterance> {
  const { convert } = await import('html-to-text');
  const mentions: Mention[] = [];
  for (const mention of parts.mentions.values()) {
    if (mention === undefined || mentions.some((one) => one.id === mention.id)) continue;
    const token = sealText(`<at>${mention.name}</at>`);
    mentions.push({ token, kind: 'person', id: mention.id, label: sealText(mention.name) });
  }
  return { text: sealText(tidy(convert(html.slice(0, MOST_CHARACTERS), optionsFor(parts)))), mentions };
}

export function tidy(words: string): string {
  return words
    .replace(/\u00A0/gu, ' ')
    .replace(/[ \t]+$/gmu, '')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
}

function optionsFor({ mentions, quotes }: MessageParts): HtmlToTextOptions {
  return {
    wordwrap: false,
    limits: { maxDepth: 100, maxChildNodes: 10_000, maxInputLength: MOST_CHARACTERS, ellipsis: '' },
    formatters: {
      mention(element, _walk, builder) {
        const mention = mentions.get(String(element.attribs?.id));
        if (mention !== undefined) builder.addLiteral(`<at>${mention.name}</at>`);
      },
      quote(element, _walk, builder) {
        const quoted = quotes.get(String(element.attribs?.id));
        if (quoted === undefined) return;
        builder.openBlock({ leadingLineBreaks: 1 });
        builder.addLiteral(quoted.replace(/^/gmu, '> '));
        builder.closeBlock({ trailingLineBreaks: 1 });
      },
      emoji(element, _walk, builder) {
        builder.addInline(String(element.attribs?.alt ?? ''));
      },
    },
    selectors: [
      { selector: 'at', format: 'mention' },
      { selector: 'attachment', format: 'quote' },
      { selector: 'emoji', format: 'emoji' },
      { selector: 'img', format: 'skip' },
      { selector: 'hr', format: 'skip' },
      { selector: 'codeblock', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
      { selector: 'p', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
      { selector: 'a', options: { linkBrackets: ['(', ')'], hideLinkHrefIfSameAsText: true } },
      { selector: 'table', format: 'dataTable', options: { uppercaseHeaderCells: false } },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    ],
  };
}
