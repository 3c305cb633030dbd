import { el, icon } from './dom';

const SHOWN_MS = 7_000;

export interface Toasts {
  readonly element: HTMLElement;
  show(sentence: string): void;
}

/** Short notices at the edge of the page; each leaves by itself or when it is closed. */
export function createToasts(dismiss: string): Toasts {
  const element = el('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' });
  return {
    element,
    show(sentence) {
      const close = el('button', { type: 'button', class: 'icon-button', 'aria-label': dismiss }, icon('close'));
      const toast = el('div', { class: 'toast' }, el('p', {}, sentence), close);
      close.addEventListener('click', () => toast.remove());
      element.replaceChildren(toast);
      setTimeout(() => toast.remove(), SHOWN_MS);
    },
  };
}
