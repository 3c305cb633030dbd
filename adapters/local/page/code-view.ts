import { el } from './dom';
import type { Words } from './words';

/** A block of letters of one width, with a label and buttons above. */
export function drawCodeBlock(
  text: string,
  { label, wraps, tools }: { readonly label: string; readonly wraps: boolean; readonly tools: readonly HTMLElement[] },
): HTMLElement {
  return el(
    'div',
    { class: 'code' },
    el('div', { class: 'code-head' }, el('span', {}, label), el('span', {}, ...tools)),
    el('pre', { tabindex: '0', class: wraps && 'wraps' }, el('code', {}, text)),
  );
}

export function copyButton(text: string, words: Pick<Words, 'copy' | 'copied'>): HTMLElement {
  const copy = el('button', { type: 'button', class: 'copy' }, words.copy);
  copy.addEventListener('click', () => {
    navigator.clipboard.writeText(text).then(
      () => {
        copy.textContent = words.copied;
      },
      () => undefined,
    );
  });
  return copy;
}

/** Gives the text as a file that the page makes itself: nothing is asked of the server. */
export function downloadButton(text: string, fileName: string, words: Pick<Words, 'download'>): HTMLElement {
  const save = (): void => {
    const href = URL.createObjectURL(new Blob([text], { type: 'application/jose' }));
    el('a', { href, download: fileName }).click();
    URL.revokeObjectURL(href);
  };
  return el('button', { type: 'button', class: 'copy', onclick: save }, words.download);
}

/** Copies the code of the block whose button was pressed. */
export function copyCode(target: EventTarget | null, words: Pick<Words, 'copied'>): void {
  const button = target instanceof Element ? target.closest('button.copy') : null;
  const code = button?.closest('.code')?.querySelector('pre')?.textContent;
  if (button === null || code === undefined) return;
  navigator.clipboard.writeText(code.replace(/\n$/u, '')).then(
    () => {
      button.textContent = words.copied;
      button.classList.add('done');
    },
    () => undefined,
  );
}
