import type { CardView } from '../wire';
import type { Actions } from './actions';
import { copyButton, downloadButton, drawCodeBlock } from './code-view';
import { el, icon } from './dom';

/** A card that one person sees. Its buttons are pressed by their position on the version that is shown. */
export function drawCard(id: string, card: CardView, actions: Actions): HTMLElement {
  const box = el('input', { type: 'checkbox', autocomplete: 'off' });
  const buttons = card.buttons.map(({ label, style }, index) => {
    const button = el('button', { type: 'button', class: `button ${style}` }, label);
    button.addEventListener('click', () => {
      const group = button.parentElement?.querySelectorAll('button') ?? [];
      for (const each of group) each.disabled = true;
      void actions.press(id, card.version, index, box.checked).then(() => {
        for (const each of group) each.disabled = false;
      });
    });
    return button;
  });
  const facts = card.facts.flatMap(({ label, value }) => [el('dt', {}, label), el('dd', {}, value)]);
  const links = card.links.map(({ label, url }) =>
    el('li', {}, el('a', { href: safeUrl(url), target: '_blank', rel: 'noopener noreferrer' }, label)),
  );
  return el(
    'div',
    { class: card.title === '' ? 'card note' : 'card' },
    el('p', { class: 'only-you' }, icon('lock'), actions.words.onlyYou),
    card.title !== '' && el('h3', {}, card.title),
    ...card.paragraphs.map((sentence) => el('p', {}, sentence)),
    facts.length > 0 && el('dl', {}, ...facts),
    links.length > 0 && el('ul', { class: 'links' }, ...links),
    card.copy !== undefined && drawCopy(card.copy, actions),
    card.choice !== undefined && el('label', { class: 'choice' }, box, card.choice),
    buttons.length > 0 && el('div', { class: 'buttons' }, ...buttons),
    card.footnote !== undefined && el('p', { class: 'footnote' }, card.footnote),
  );
}

function drawCopy({ text, fileName }: NonNullable<CardView['copy']>, { words }: Actions): HTMLElement {
  const tools = [copyButton(text, words), downloadButton(text, fileName, words)];
  return drawCodeBlock(text, { label: fileName, wraps: true, tools });
}

function safeUrl(url: string): string | undefined {
  return /^(https?:\/\/|\/(?!\/))/u.test(url) ? url : undefined;
}
