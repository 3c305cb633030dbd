import { sentencesFor } from '../../src/language/sentences';
import { wordsOfCard } from '../../src/language/words-of-card';
import type { Card } from '../../src/model/card';
import type { Language } from '../../src/model/turn';
import type { OutgoingActivity } from './bot';

const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';
/** What a pressed card may be shown instead of: Teams' word for an answer that is a card. */
export const CARD_ANSWER_TYPE = CARD_TYPE;

type Element = Readonly<Record<string, unknown>>;

/** Whom a card is for, and the team in whose channel they asked. */
export interface Addressee {
  readonly person: string;
  readonly group: string | undefined;
  readonly language: Language;
}

/**
 * Shows a card as an Adaptive Card for one person. Colours are the theme's own, so that it is light or dark with the
 * client. Its strings are dejiren's alone. Source: "Adaptive Cards 1.5", adaptivecards.io.
 */
export function adaptiveCard(card: Card, { person, group, language }: Addressee): Element {
  const meant = { language, for: person, ...(group !== undefined && { group }) };
  const body: Element[] = [];
  if (card.title !== '') body.push({ ...text(card.title), size: 'Large', weight: 'Bolder', style: 'heading' });
  for (const paragraph of card.paragraphs) body.push(text(paragraph));
  for (const { label, value } of card.facts)
    body.push({
      type: 'Container',
      spacing: 'Small',
      items: [
        { ...text(label), weight: 'Bolder' },
        { ...text(value), spacing: 'None' },
      ],
    });
  if (card.links.length > 0)
    body.push({ ...text(card.links.map(({ label, url }) => `- [${escapeMarkdown(label)}](${url})`).join('\n')) });
  if (card.copy !== undefined) body.push(monospace(card.copy.text));
  if (card.choice !== undefined)
    body.push({ type: 'Input.Toggle', id: 'training', title: card.choice, value: 'false', wrap: true });
  if (card.footnote !== undefined) body.push({ ...text(card.footnote), size: 'Small', isSubtle: true });
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    lang: language,
    speak: card.title,
    body,
    ...(card.buttons.length > 0 && {
      actions: card.buttons.map(({ label, style, action }) => ({
        type: 'Action.Execute',
        verb: 'dejiren',
        title: label,
        data: { dejiren: { ...action, ...meant } },
        ...(style === 'primary' && { style: 'positive' }),
        ...(style === 'danger' && { style: 'destructive' }),
      })),
    }),
  };
}

export function cardActivity(card: Card, addressee: Addressee): OutgoingActivity {
  return {
    type: 'message',
    summary: card.title === '' ? (card.paragraphs[0] ?? '') : card.title,
    attachments: [{ contentType: CARD_TYPE, content: adaptiveCard(card, addressee) }],
  };
}

/** A card of the plainest elements with its buttons, should Teams refuse the other. */
export function plainCardActivity(card: Card, addressee: Addressee): OutgoingActivity {
  const { actions } = adaptiveCard(card, addressee);
  const content = {
    type: 'AdaptiveCard',
    version: '1.4',
    body: [text(wordsOfCard(card))],
    ...(actions !== undefined && { actions }),
  };
  return { type: 'message', attachments: [{ contentType: CARD_TYPE, content }] };
}

/** A card in words alone, with what to type in place of its buttons. */
export function wordsActivity(card: Card, { language }: Addressee): OutgoingActivity {
  const hint = card.buttons.length === 0 ? [] : [sentencesFor(language).card.noButtons];
  return { type: 'message', text: [wordsOfCard(card), ...hint].join('\n\n'), textFormat: 'plain' };
}

/** A few plain words. */
export function textActivity(words: string): OutgoingActivity {
  return { type: 'message', text: words, textFormat: 'markdown' };
}

function text(words: string): Element {
  return { type: 'TextBlock', text: words, wrap: true };
}

/** A text run is taken as it is; a text block would read Markdown into it. */
function monospace(words: string): Element {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: words, fontType: 'Monospace', size: 'Small' }] };
}

function escapeMarkdown(words: string): string {
  return words.replace(/[\\[\]()]/gu, String.raw`\$&`);
}
