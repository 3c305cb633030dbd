import { sentencesFor } from '../../src/language/sentences';
import { wordsOfCard } from '../../src/language/words-of-card';
import type { Card, CardButton } from '../../src/model/card';
import type { CardDetails, CardFact, CardLink } from '../../src/model/card-details';
import type { Language } from '../../src/model/turn';
import type { OutgoingActivity } from './bot';

const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';
/** What a pressed card may be shown instead of: Teams' word for an answer that is a card. */
export const CARD_ANSWER_TYPE = CARD_TYPE;

/** What a card unfolds, by its id within the card. */
const DETAILS = 'details';

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
export function adaptiveCard(card: Card, addressee: Addressee): Element {
  const body: Element[] = [];
  if (card.title !== '') body.push({ ...text(card.title), size: 'Large', weight: 'Bolder', style: 'heading' });
  for (const paragraph of card.paragraphs) body.push(text(paragraph));
  if (card.lines !== undefined) body.push(linesOf(card.lines));
  body.push(...card.facts.map(factOf));
  if (card.links.length > 0) body.push(linksOf(card.links));
  if (card.copy !== undefined) body.push(monospace(card.copy.text));
  if (card.choice !== undefined)
    body.push({ type: 'Input.Toggle', id: 'training', title: card.choice, value: 'false', wrap: true });
  if (card.footnote !== undefined) body.push(small(card.footnote));
  for (const { details } of card.buttons) if (details !== undefined) body.push(detailsOf(details));
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    lang: addressee.language,
    speak: card.title,
    body,
    ...(card.buttons.length > 0 && {
      actions: card.buttons.map((button) =>
        button.details === undefined ? pressed(button, addressee) : unfolding(button),
      ),
    }),
  };
}

/** Asks dejiren. What it carries comes back with the press. */
function pressed({ label, style, action }: CardButton, { person, group, language }: Addressee): Element {
  const meant = { language, for: person, ...(group !== undefined && { group }) };
  return {
    type: 'Action.Execute',
    verb: 'dejiren',
    title: label,
    data: { dejiren: { ...action, ...meant } },
    ...(style === 'primary' && { style: 'positive' }),
    ...(style === 'danger' && { style: 'destructive' }),
  };
}

/** Teams unfolds it in the card by itself. Source: "Action.ToggleVisibility", adaptivecards.io/explorer. */
function unfolding({ label }: CardButton): Element {
  return { type: 'Action.ToggleVisibility', title: label, targetElements: [DETAILS] };
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
  // Nothing can be unfolded in it: what would be is asked for.
  const actions = card.buttons.length === 0 ? undefined : card.buttons.map((button) => pressed(button, addressee));
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

function linesOf(lines: readonly CardFact[]): Element {
  return { type: 'FactSet', facts: lines.map(({ label, value }) => ({ title: label, value })) };
}

function factOf({ label, value }: CardFact): Element {
  const items = [
    { ...text(label), weight: 'Bolder' },
    { ...text(value), spacing: 'None' },
  ];
  return { type: 'Container', spacing: 'Small', items };
}

function linksOf(links: readonly CardLink[]): Element {
  return text(links.map(({ label, url }) => `- [${escapeMarkdown(label)}](${url})`).join('\n'));
}

function detailsOf({ facts, links, footnote }: CardDetails): Element {
  const items = [...facts.map(factOf), ...(links.length > 0 ? [linksOf(links)] : []), small(footnote)];
  return { type: 'Container', id: DETAILS, isVisible: false, separator: true, items };
}

function small(words: string): Element {
  return { ...text(words), size: 'Small', isSubtle: true };
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
