import type { CardDetails, CardFact, CardLink } from '../../../src/model/card-details';
import type { CardView } from '../wire';
import type { Actions } from './actions';
import { copyButton, downloadButton, drawCodeBlock } from './code-view';
import { el, icon } from './dom';

/** A card that one person sees. Its buttons are pressed by their position on the version that is shown. */
export function drawCard(id: string, card: CardView, actions: Actions): HTMLElement {
  const box = el('input', { type: 'checkbox', autocomplete: 'off' });
  const buttons = card.buttons.flatMap(({ label, style, details }, index) => {
    if (details !== undefined) return [];
    const button = el('button', { type: 'button', class: `button ${style}` }, label);
    button.addEventListener('click', () => {
      const group = button.parentElement?.querySelectorAll('button') ?? [];
      for (const each of group) each.disabled = true;
      void actions.press(id, card.version, index, box.checked).then(() => {
        for (const each of group) each.disabled = false;
      });
    });
    return [button];
  });
  return el(
    'div',
    { class: card.title === '' ? 'card note' : 'card' },
    el('p', { class: 'only-you' }, icon('lock'), actions.words.onlyYou),
    card.title !== '' && el('h3', {}, card.title),
    ...card.paragraphs.map((sentence) => el('p', {}, sentence)),
    card.lines !== undefined && drawFacts(card.lines, 'lines'),
    drawFacts(card.facts),
    drawLinks(card.links),
    card.copy !== undefined && drawCopy(card.copy, actions),
    ...card.buttons.map(({ label, details }) => details !== undefined && drawDetails(label, details)),
    card.choice !== undefined && el('label', { class: 'choice' }, box, card.choice),
    buttons.length > 0 && el('div', { class: 'buttons' }, ...buttons),
    card.footnote !== undefined && el('p', { class: 'footnote' }, card.footnote),
  );
}

/** What is behind a button is unfolded here: nobody has to be asked for it. */
function drawDetails(label: string, { facts, links, footnote }: CardDetails): HTMLElement {
  return el(
    'details',
    {},
    el('summary', {}, label),
    drawFacts(facts),
    drawLinks(links),
    el('p', { class: 'footnote' }, footnote),
  );
}

function drawFacts(facts: readonly CardFact[], className = ''): HTMLElement | false {
  const drawn = facts.flatMap(({ label, value }) => [el('dt', {}, label), el('dd', {}, value)]);
  return drawn.length > 0 && el('dl', className === '' ? {} : { class: className }, ...drawn);
}

function drawLinks(links: readonly CardLink[]): HTMLElement | false {
  const drawn = links.map(({ label, url }) =>
    el('li', {}, el('a', { href: safeUrl(url), target: '_blank', rel: 'noopener noreferrer' }, label)),
  );
  return drawn.length > 0 && el('ul', { class: 'links' }, ...drawn);
}

function drawCopy({ text, fileName }: NonNullable<CardView['copy']>, { words }: Actions): HTMLElement {
  const tools = [copyButton(text, words), downloadButton(text, fileName, words)];
  return drawCodeBlock(text, { label: fileName, wraps: true, tools });
}

function safeUrl(url: string): string | undefined {
  return /^(https?:\/\/|\/(?!\/))/u.test(url) ? url : undefined;
}
