import type { Actions } from './actions';
import { type Composer, createComposer } from './composer';
import type { ConnectionState } from './connection';
import { el } from './dom';
import { createHeader } from './header';
import { createSidebar } from './sidebar';
import type { Store } from './store';
import { createTimeline } from './timeline';
import { createToasts, type Toasts } from './toasts';

/** The whole page in one language; it is built anew when the language changes. */
export interface Page {
  readonly element: HTMLElement;
  readonly composer: Composer;
  readonly toasts: Toasts;
  render(connection: ConnectionState): void;
  /** Reads a sentence out to screen readers. */
  announce(sentence: string): void;
}

export function createPage(store: Store, actions: Actions, draft: string): Page {
  const { words } = actions;
  const narrow = window.matchMedia('(max-width: 760px)');
  const live = el('div', { class: 'sr-only', role: 'log', 'aria-live': 'polite' });
  const banner = el('p', { class: 'banner', role: 'status', hidden: true }, words.lost);
  const toasts = createToasts(words.dismiss);
  const sidebar = createSidebar(store, actions, () => setMenu(false));
  const header = createHeader(store, actions, () => setMenu(true));
  const timeline = createTimeline(store, actions);
  const composer = createComposer(store, actions, draft);
  const main = el('main', { class: 'main' }, header.element, banner, timeline.element, composer.element);
  const shade = el('div', { class: 'shade', onclick: () => setMenu(false) });
  const skip = el('a', { class: 'skip', href: '#box' }, words.skip);
  const element = el('div', { class: 'frame' }, skip, sidebar.element, shade, main, live, toasts.element);

  function setMenu(open: boolean): void {
    const wasOpen = element.dataset.menu === 'open';
    element.dataset.menu = open ? 'open' : 'closed';
    sidebar.element.inert = narrow.matches && !open;
    main.inert = narrow.matches && open;
    if (!narrow.matches || open === wasOpen) return;
    element.querySelector<HTMLElement>(open ? '.close-menu' : '.menu')?.focus();
  }

  // One handler for the document, replaced with the page: a key counts wherever the focus is.
  document.onkeydown = (event) => {
    if (event.key !== 'Escape' || event.isComposing) return;
    if (element.dataset.menu === 'open') setMenu(false);
    else if (store.place.thread !== undefined) {
      actions.show({ conversation: store.place.conversation, thread: undefined });
      composer.focus();
    }
  };
  narrow.addEventListener('change', () => setMenu(false));
  setMenu(false);

  return {
    element,
    composer,
    toasts,
    render(connection) {
      banner.hidden = connection !== 'lost';
      sidebar.render();
      header.render();
      composer.render();
      timeline.render();
    },
    announce(sentence) {
      live.replaceChildren(el('p', {}, sentence));
    },
  };
}
