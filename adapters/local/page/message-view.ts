import type { MessageView, PersonView } from '../wire';
import type { Actions } from './actions';
import { drawFiles } from './attachments';
import { drawCard } from './card-view';
import { copyCode } from './code-view';
import { el, icon } from './dom';
import { Prose } from './markdown/prose';
import { regionWords } from './words';

/** Who is who, for the message at hand. */
export interface Company {
  readonly you: string;
  readonly people: readonly PersonView[];
}

const shownAs = new WeakMap<HTMLElement, MessageView>();
const proses = new WeakMap<HTMLElement, Prose>();

export function avatar(who: string, name: string): HTMLElement {
  const face = el('span', { class: `avatar avatar-${who}`, 'aria-hidden': 'true' });
  face.append(who === 'dejiren' ? icon('mark') : name.slice(0, 1));
  return face;
}

/** One message: a person's, an answer, or a private card. */
export function makeMessage(message: MessageView, company: Company, actions: Actions): HTMLElement {
  const name = company.people.find(({ id }) => id === message.author)?.name ?? 'dejiren';
  const time = el('time', { datetime: new Date(message.at).toISOString() }, clock(message.at, actions.language));
  const body = el('div', { class: 'body' });
  const element = el(
    'article',
    { class: 'message', 'aria-label': name },
    avatar(message.author, name),
    el(
      'div',
      { class: 'content' },
      el('header', {}, el('strong', {}, name), time, isRemovable(message, company) && removeButton(message, actions)),
      body,
    ),
  );
  drawBody(body, message, company, actions);
  shownAs.set(element, message);
  return element;
}

export function updateMessage(element: HTMLElement, message: MessageView, company: Company, actions: Actions): void {
  if (shownAs.get(element) === message) return;
  shownAs.set(element, message);
  const body = element.querySelector<HTMLElement>('.body');
  if (body !== null) drawBody(body, message, company, actions);
}

function drawBody(body: HTMLElement, message: MessageView, company: Company, actions: Actions): void {
  if (message.card !== undefined) {
    const hadFocus = body.contains(document.activeElement);
    body.replaceChildren(drawCard(message.id, message.card, actions));
    if (hadFocus) (body.querySelector<HTMLElement>('button') ?? document.querySelector<HTMLElement>('#box'))?.focus();
    return;
  }
  if (message.answer !== undefined) drawAnswer(body, message, message.answer, actions);
  else
    body.replaceChildren(
      el('p', { class: 'said' }, ...withMentions(message.text, company)),
      ...(message.files === undefined ? [] : [drawFiles(message.files, actions)]),
    );
}

function drawAnswer(
  body: HTMLElement,
  { text }: MessageView,
  { state, vendorName, region, model, ending }: NonNullable<MessageView['answer']>,
  { words }: Actions,
): void {
  let prose = body.querySelector<HTMLElement>('.prose');
  if (prose === null) {
    prose = el('div', { class: 'prose' });
    proses.set(prose, new Prose(prose, words));
    prose.addEventListener('click', ({ target }) => copyCode(target, words));
    body.append(prose);
  }
  prose.dataset.state = state;
  proses.get(prose)?.show(text, state === 'ended');
  for (const old of body.querySelectorAll('.waiting, .ending, .provenance')) old.remove();
  if (state === 'waiting')
    body.append(el('p', { class: 'waiting' }, el('span', { class: 'dots', 'aria-hidden': 'true' }), words.thinking));
  if (ending !== undefined) body.append(el('p', { class: 'ending' }, ending));
  if (state === 'ended')
    body.append(el('p', { class: 'provenance', title: model }, `${vendorName} · ${regionWords(words, region)}`));
}

function withMentions(text: string, { people, you }: Company): (Node | string)[] {
  const names = ['dejiren', ...people.map(({ name }) => name)].join('|');
  const mention = new RegExp(`(?<![A-Za-z0-9_])([@＠](?:${names}))(?![A-Za-z0-9_])`, 'giu');
  return text.split(mention).map((part, index) => {
    if (index % 2 === 0) return part;
    const isYou = people.some(({ id, name }) => id === you && name.toLowerCase() === part.slice(1).toLowerCase());
    return el('span', { class: isYou ? 'mention you' : 'mention' }, part);
  });
}

function isRemovable({ author, card, answer }: MessageView, { you }: Company): boolean {
  return author === you && card === undefined && answer === undefined;
}

function removeButton({ id }: MessageView, actions: Actions): HTMLElement {
  const { remove } = actions.words;
  return el(
    'button',
    {
      type: 'button',
      class: 'icon-button remove',
      'aria-label': remove,
      title: remove,
      onclick: () => void actions.remove(id),
    },
    icon('trash'),
  );
}

function clock(at: number, language: string): string {
  return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' }).format(at);
}
