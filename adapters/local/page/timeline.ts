import type { MessageView } from '../wire';
import type { Actions } from './actions';
import { el, icon, keyed } from './dom';
import { type Company, makeMessage, updateMessage } from './message-view';
import type { Place, Store, Thread } from './store';

/** Replies that a thread shows in the channel; the thread's own view shows all. */
const REPLIES_IN_CHANNEL = 4;
/** Pixels from the end within which the view follows what is new. */
const FOLLOW_WITHIN = 120;

export interface Timeline {
  readonly element: HTMLElement;
  render(): void;
}

type Row =
  | { readonly kind: 'message'; readonly key: string; readonly message: MessageView }
  | { readonly kind: 'divider'; readonly key: string }
  | { readonly kind: 'thread'; readonly key: string; readonly thread: Thread };

/** The messages of the place that is shown. */
export function createTimeline(store: Store, actions: Actions): Timeline {
  const { words } = actions;
  const list = el('ol', { class: 'timeline' });
  const empty = el('div', { class: 'empty' });
  const scroll = el('section', { class: 'scroll', 'aria-label': words.messages, tabindex: '-1' }, empty, list);
  const toBottom = el(
    'button',
    { type: 'button', class: 'to-bottom', hidden: true, onclick: () => follow() },
    icon('down'),
    words.toBottom,
  );
  const element = el('div', { class: 'timeline-frame' }, scroll, toBottom);
  let shownPlace: Place | undefined;

  const distance = (): number => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight;
  function follow(): void {
    scroll.scrollTop = scroll.scrollHeight;
    toBottom.hidden = true;
  }
  scroll.addEventListener('scroll', () => {
    if (distance() < FOLLOW_WITHIN) toBottom.hidden = true;
  });

  function render(): void {
    const { state, place } = store;
    const isNewPlace = place !== shownPlace;
    const wasNear = isNewPlace || distance() < FOLLOW_WITHIN;
    const heightBefore = scroll.scrollHeight;
    shownPlace = place;
    const company: Company = { you: state?.you ?? '', people: state?.people ?? [] };
    const rows = state === undefined ? [] : rowsOf(store);
    keyed(
      list,
      rows,
      ({ key }) => `${company.you} ${key}`,
      (row) => makeRow(row, company, actions),
      (item, row) => updateRow(item, row, company, actions),
    );
    list.hidden = rows.length === 0;
    empty.hidden = rows.length > 0 || store.loading;
    if (!empty.hidden && (isNewPlace || empty.childElementCount === 0)) drawEmpty(empty, place, actions);
    if (wasNear) follow();
    else if (scroll.scrollHeight > heightBefore) toBottom.hidden = false;
  }

  return { element, render };
}

function rowsOf(store: Store): readonly Row[] {
  const { conversation, thread } = store.place;
  const isChannel = store.state?.conversations.find(({ id }) => id === conversation)?.kind === 'channel';
  if (isChannel && thread === undefined)
    return store.threads().map((each) => ({ kind: 'thread', key: each.id, thread: each }));
  return store.shown().flatMap((message, index, all): readonly Row[] => {
    const row: Row = { kind: 'message', key: message.id, message };
    const startsAfresh = index > 0 && all[index - 1]?.thread !== message.thread;
    return startsAfresh ? [{ kind: 'divider', key: `before-${message.id}` }, row] : [row];
  });
}

function makeRow(row: Row, company: Company, actions: Actions): HTMLElement {
  const item = el('li', { class: row.kind === 'message' ? 'message-row' : row.kind });
  if (row.kind === 'divider') item.append(el('span', {}, actions.words.freshDivider));
  else if (row.kind === 'message') item.append(makeMessage(row.message, company, actions));
  else drawThread(item, row.thread, company, actions);
  return item;
}

function updateRow(item: HTMLElement, row: Row, company: Company, actions: Actions): void {
  if (row.kind === 'thread') drawThread(item, row.thread, company, actions);
  if (row.kind === 'message' && item.firstElementChild instanceof HTMLElement)
    updateMessage(item.firstElementChild, row.message, company, actions);
}

function drawThread(item: HTMLElement, thread: Thread, company: Company, actions: Actions): void {
  const { words } = actions;
  const root = thread.messages.find(({ id }) => id === thread.id);
  const replies = thread.messages.filter((message) => message !== root);
  const isPrivateOnly = root === undefined && replies.every(({ card }) => card !== undefined);
  if (item.childElementCount === 0)
    item.append(
      el('div', { class: 'root' }),
      el('button', { type: 'button', class: 'earlier' }),
      el('ol', { class: 'replies' }),
    );
  const [head, earlier, list] = item.children;
  if (head === undefined || list === undefined || !(earlier instanceof HTMLButtonElement)) return;
  const open = (): void => actions.show({ conversation: 'general', thread: thread.id });

  item.classList.toggle('private', isPrivateOnly);
  keyed(
    head,
    root === undefined ? [] : [root],
    ({ id }) => id,
    (message) => makeMessage(message, company, actions),
    (element, message) => updateMessage(element, message, company, actions),
  );
  const gone = head.querySelector('.gone');
  if (root !== undefined || isPrivateOnly) gone?.remove();
  else if (gone === null) head.append(el('p', { class: 'gone' }, words.removed));

  const hidden = Math.max(0, replies.length - REPLIES_IN_CHANNEL);
  earlier.hidden = hidden === 0;
  earlier.textContent = words.earlier(hidden);
  earlier.onclick = open;
  keyed(
    list,
    replies.slice(hidden),
    ({ id }) => id,
    (message) => el('li', { class: 'message-row' }, makeMessage(message, company, actions)),
    (row, message) => {
      if (row.firstElementChild instanceof HTMLElement) updateMessage(row.firstElementChild, message, company, actions);
    },
  );
  const button = item.querySelector('.reply-button');
  if (isPrivateOnly) button?.remove();
  else if (button === null)
    item.append(el('button', { type: 'button', class: 'reply-button', onclick: open }, icon('reply'), words.reply));
}

function drawEmpty(empty: HTMLElement, { conversation }: Place, actions: Actions): void {
  const { words } = actions;
  const isChannel = conversation === 'general';
  const chips = (isChannel ? words.channelChips : words.directChips).map((text) =>
    el('li', {}, el('button', { type: 'button', class: 'chip', onclick: () => actions.draft(text) }, text)),
  );
  const face = el('span', { class: 'avatar avatar-dejiren large', 'aria-hidden': 'true' }, icon('mark'));
  empty.replaceChildren(
    face,
    el('h2', {}, isChannel ? words.emptyChannelTitle : words.emptyDirectTitle),
    el('p', {}, isChannel ? words.emptyChannel : words.emptyDirect),
    el('p', { class: 'try', id: 'try' }, words.tryThis),
    el('ul', { class: 'chips', 'aria-labelledby': 'try' }, ...chips),
  );
}
