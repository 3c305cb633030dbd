import type { HtmlToTextOptions } from 'html-to-text';
import { sealText } from '../../src/model/text';
import type { Mention, Utterance } from '../../src/model/turn';
import type { MentionEntity } from './payloads';

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

/** A message that was answered to, as it stands in the HTML of the answer. */
export interface HtmlQuote {
  /** The account of its writer, e.g. `8:orgid:…`. */
  readonly sender: string;
  readonly name: string;
  readonly words: string;
}

export interface HtmlMessage {
  /** Without what is quoted. */
  readonly said: Utterance;
  readonly quotes: readonly HtmlQuote[];
  /** Pictures that are no emoji. */
  readonly pictures: number;
}

/** Reads the HTML that comes beside a message's text, in which mentions are told by their entities. */
export async function readHtmlCopy(
  html: string,
  entities: readonly MentionEntity[],
  bot: string,
): Promise<HtmlMessage> {
  const { convert } = await import('html-to-text');
  const mentions = new Map<string, Mention>();
  const quotes: HtmlQuote[] = [];
  let pictures = 0;
  const options = optionsFor({ mentions: new Map(), quotes: new Map() });
  const { formatters, selectors = [] } = options;
  const words = convert(html.slice(0, MOST_CHARACTERS), {
    ...options,
    formatters: {
      ...formatters,
      named(element, _walk, builder) {
        const name = textIn(element);
        const entity = entities.find(({ text, mentioned }) => mentioned.name === name || plainName(text) === name);
        if (entity?.mentioned.id === bot) return;
        const id = entity?.mentioned.id ?? `mention-${mentions.size}`;
        const token = `<at>${name}</at>`;
        mentions.set(id, { token: sealText(token), kind: 'person', id, label: sealText(name) });
        builder.addLiteral(token);
      },
      reply(element) {
        const [by] = elementsIn(element, ({ attribs }) => attribs?.itemprop === 'mri');
        const [said] = elementsIn(element, ({ attribs }) => /^(?:copy|preview)$/u.test(attribs?.itemprop ?? ''));
        quotes.push({
          sender: String(by?.attribs?.itemid ?? ''),
          name: by === undefined ? '' : textIn(by),
          words: textIn(said ?? element),
        });
      },
      picture(element, _walk, builder) {
        if (/\/emoji$/iu.test(String(element.attribs?.itemtype ?? '')))
          builder.addInline(String(element.attribs?.alt ?? ''));
        else pictures += 1;
      },
    },
    selectors: [
      ...selectors.filter(({ selector }) => selector !== 'at' && selector !== 'img' && selector !== 'attachment'),
      { selector: 'attachment', format: 'skip' },
      { selector: 'at', format: 'named' },
      { selector: 'span[itemtype$="/Mention"]', format: 'named' },
      { selector: 'blockquote[itemtype$="/Reply"]', format: 'reply' },
      { selector: 'img', format: 'picture' },
    ],
  });
  return { said: { text: sealText(tidy(words)), mentions: [...mentions.values()] }, quotes, pictures };
}

interface HtmlElement {
  readonly data?: string | undefined;
  readonly attribs?: Readonly<Record<string, string>> | undefined;
  readonly children?: readonly HtmlElement[] | undefined;
}

/** Elements within elements beyond it are not looked at. */
const DEEPEST = 50;

function textIn(element: HtmlElement, depth = 0): string {
  const inner = depth < DEEPEST ? (element.children ?? []).map((one) => textIn(one, depth + 1)) : [];
  return [element.data ?? '', ...inner].join('').trim();
}

function elementsIn(element: HtmlElement, wanted: (one: HtmlElement) => boolean, depth = 0): readonly HtmlElement[] {
  if (depth === DEEPEST) return [];
  return (element.children ?? []).flatMap((one) => [
    ...(wanted(one) ? [one] : []),
    ...elementsIn(one, wanted, depth + 1),
  ]);
}

function plainName(token: string): string {
  return token.replace(/<[^<>]{0,100}>/gu, '');
}

/** The words of another message's HTML, without mentions and quotes. */
export async function htmlWords(html: string): Promise<string> {
  const { convert } = await import('html-to-text');
  return tidy(convert(html.slice(0, MOST_CHARACTERS), optionsFor({ mentions: new Map(), quotes: new Map() })));
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
