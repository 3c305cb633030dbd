import { sentencesFor } from '../../src/language/sentences';
import { wordsOfCard } from '../../src/language/words-of-card';
import type { Card } from '../../src/model/card';
import type { Language } from '../../src/model/turn';

/** A Block Kit block. Source: "Blocks", docs.slack.dev/reference/block-kit/blocks. */
export type SlackBlock = Readonly<Record<string, unknown>>;

const CARD_ACTION = 'dejiren:card';
export const STOP_ACTION = 'dejiren:stop';
/** The box that a card asks to tick, as it stands in the state that comes with a press. */
export const CHOICE = 'dejiren-choice';

/** Block Kit's limits: characters of a section, of a button's label; fields a section; blocks a message. */
const SECTION_CHARACTERS = 3_000;
const LABEL_CHARACTERS = 75;
const HEADER_CHARACTERS = 150;

/** Shows a card as Block Kit. */
export function blocksOfCard(card: Card, language: Language): readonly SlackBlock[] {
  const blocks: SlackBlock[] = [];
  if (card.title !== '')
    blocks.push({ type: 'header', text: { type: 'plain_text', text: clip(card.title, HEADER_CHARACTERS) } });
  for (const paragraph of card.paragraphs) blocks.push(section(escapeMrkdwn(paragraph)));
  if (card.lines !== undefined)
    blocks.push(
      section(card.lines.map(({ label, value }) => `*${escapeMrkdwn(label)}*  ${escapeMrkdwn(value)}`).join('\n')),
    );
  for (const run of runsOf(card.facts.map(({ label, value }) => `*${escapeMrkdwn(label)}*\n${escapeMrkdwn(value)}`)))
    blocks.push(section(run));
  for (const run of runsOf(
    card.links.map(({ label, url }) => `• <${url}|${escapeMrkdwn(label)}>`),
    '\n',
  ))
    blocks.push(section(run));
  if (card.copy !== undefined) blocks.push(preformatted(card.copy.text));
  if (card.choice !== undefined) {
    const option = { text: { type: 'plain_text', text: clip(card.choice, LABEL_CHARACTERS) }, value: 'training' };
    const box = { type: 'checkboxes', action_id: CHOICE, options: [option] };
    blocks.push({ type: 'actions', block_id: CHOICE, elements: [box] });
  }
  if (card.buttons.length > 0)
    blocks.push({
      type: 'actions',
      elements: card.buttons.map(({ label, style, action }, index) => ({
        type: 'button',
        action_id: `${CARD_ACTION}:${index}`,
        text: { type: 'plain_text', text: clip(label, LABEL_CHARACTERS) },
        value: JSON.stringify({ ...action, language }),
        ...(style !== 'plain' && { style }),
      })),
    });
  if (card.footnote !== undefined) blocks.push(contextBlock(card.footnote));
  return blocks;
}

/** A card that is as plain as one with buttons can be, should Slack refuse the other. */
export function plainBlocksOfCard(card: Card, language: Language): readonly SlackBlock[] {
  const runs = wordsOfCard(card).match(new RegExp(`[^]{1,${SECTION_CHARACTERS}}`, 'gu')) ?? [];
  const words = runs.map((text): SlackBlock => ({ type: 'section', text: { type: 'plain_text', text } }));
  return [...words, ...blocksOfCard(card, language).filter(({ type }) => type === 'actions')];
}

/** A card as text alone, with what to type in place of its buttons. */
export function textOfCard(card: Card, language: Language): string {
  const hint = card.buttons.length === 0 ? [] : [sentencesFor(language).card.noButtons];
  return escapeMrkdwn([wordsOfCard(card), ...hint].join('\n\n'));
}

/** What a notification shows of a card. */
export function summaryOfCard(card: Card): string {
  return escapeMrkdwn(card.title === '' ? (card.paragraphs[0] ?? '') : card.title);
}

export function contextBlock(words: string): SlackBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: clip(escapeMrkdwn(words), SECTION_CHARACTERS) }] };
}

export function stopBlock(label: string, asker: string): SlackBlock {
  const text = { type: 'plain_text', text: clip(label, LABEL_CHARACTERS) };
  return { type: 'actions', elements: [{ type: 'button', action_id: STOP_ACTION, text, value: asker }] };
}

/** Markdown, as the model wrote it and the sanitiser left it; at most 12,000 characters. */
export function markdownBlock(words: string): SlackBlock {
  return { type: 'markdown', text: words };
}

/** Slack's three control characters. Source: "Formatting message text", docs.slack.dev. */
export function escapeMrkdwn(words: string): string {
  return words.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;');
}

/** Taken as it is: rich text knows no markup. Source: "Rich text block", docs.slack.dev. */
function preformatted(words: string): SlackBlock {
  const element = { type: 'rich_text_preformatted', elements: [{ type: 'text', text: words }] };
  return { type: 'rich_text', elements: [element] };
}

/** Shown whole: Slack would fold longer ones behind "See more". Source: "Section block" (`expand`), docs.slack.dev. */
function section(words: string): SlackBlock {
  return { type: 'section', expand: true, text: { type: 'mrkdwn', text: clip(words, SECTION_CHARACTERS) } };
}

/** Joins paragraphs into as few texts as a section can hold. */
function runsOf(paragraphs: readonly string[], between = '\n\n'): readonly string[] {
  const runs: string[] = [];
  for (const paragraph of paragraphs) {
    const last = runs.at(-1);
    const joined = last === undefined ? paragraph : `${last}${between}${paragraph}`;
    if (last !== undefined && joined.length <= SECTION_CHARACTERS) runs[runs.length - 1] = joined;
    else runs.push(paragraph);
  }
  return runs;
}

function clip(words: string, characters: number): string {
  return words.length <= characters ? words : `${words.slice(0, characters - 1)}…`;
}
