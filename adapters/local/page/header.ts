import type { Actions } from './actions';
import { el, icon } from './dom';
import type { Store } from './store';
import { regionWords } from './words';

export interface Header {
  readonly element: HTMLElement;
  render(): void;
}

/** Where you are, and which vendor answers from where. */
export function createHeader(store: Store, actions: Actions, openMenu: () => void): Header {
  const { words } = actions;
  const menu = el(
    'button',
    {
      type: 'button',
      class: 'icon-button menu',
      'aria-label': words.openMenu,
      'aria-controls': 'side',
      onclick: openMenu,
    },
    icon('menu'),
  );
  const back = el(
    'button',
    {
      type: 'button',
      class: 'icon-button',
      'aria-label': words.back,
      title: words.back,
      onclick: () => actions.show({ conversation: store.place.conversation, thread: undefined }),
    },
    icon('back'),
  );
  const title = el('h1');
  const about = el('p', { class: 'about' });
  const vendor = el('p', { class: 'vendor' });
  const fresh = el(
    'button',
    { type: 'button', class: 'button plain fresh', onclick: () => void actions.startAfresh() },
    icon('fresh'),
    el('span', {}, words.fresh),
  );
  const element = el(
    'header',
    { class: 'top' },
    menu,
    back,
    el('div', { class: 'where' }, title, about),
    vendor,
    fresh,
  );

  return {
    element,
    render() {
      const { state, place } = store;
      const isChannel = place.conversation === 'general';
      back.hidden = place.thread === undefined;
      menu.classList.toggle('yields', place.thread !== undefined);
      title.textContent = isChannel ? `#${place.conversation}` : 'dejiren';
      about.textContent =
        place.thread !== undefined ? words.thread : isChannel ? words.channelAbout : words.directAbout;
      fresh.hidden = isChannel;
      document.title = `${title.textContent} · dejiren`;
      if (state === undefined) return;
      const line = state.vendor;
      const isPreview = line?.vendor === 'preview';
      vendor.dataset.kind = line === undefined ? 'none' : isPreview ? 'preview' : 'vendor';
      vendor.title = line?.model ?? '';
      if (line === undefined) vendor.textContent = words.noVendor;
      else if (isPreview) vendor.textContent = words.previewLine;
      else vendor.textContent = `${line.vendorName} · ${regionWords(words, line.region)}`;
    },
  };
}
