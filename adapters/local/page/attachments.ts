import type { MessageView } from '../wire';
import type { Actions } from './actions';
import { el, icon } from './dom';
import type { Words } from './words';

/** What will go with the next message. */
export interface Tray {
  readonly element: HTMLElement;
  /** Opens the browser's choice of files. */
  readonly button: HTMLElement;
  files(): readonly File[];
  add(files: readonly File[]): void;
  clear(): void;
}

/** `changed` is called whenever files came or went. */
export function createTray(words: Words, changed: () => void): Tray {
  let files: readonly File[] = [];
  const element = el('ul', { class: 'tray', 'aria-label': words.attached });
  const input = el('input', { type: 'file', multiple: true, hidden: true, 'aria-label': words.attach });
  const button = el(
    'button',
    { type: 'button', class: 'tool', 'aria-label': words.attach, title: words.attach, onclick: () => input.click() },
    icon('clip'),
    input,
  );

  function set(next: readonly File[]): void {
    files = next;
    element.replaceChildren(
      ...files.map((file) =>
        el(
          'li',
          {},
          label(file),
          el(
            'button',
            {
              type: 'button',
              'aria-label': words.detach(file.name),
              title: words.detach(file.name),
              onclick: () => set(files.filter((one) => one !== file)),
            },
            icon('close'),
          ),
        ),
      ),
    );
    element.hidden = files.length === 0;
    changed();
  }

  input.addEventListener('change', () => {
    add([...(input.files ?? [])]);
    input.value = '';
  });
  const add = (more: readonly File[]): void => {
    if (more.length > 0) set([...files, ...more]);
  };
  element.hidden = true;
  return { element, button, files: () => files, add, clear: () => set([]) };
}

/** A file as the page posts it. */
export async function asPosted(file: File): Promise<{ name: string; mediaType: string; data: string }> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return { name: file.name, mediaType: file.type || typeByName(file.name), data: btoa(binary) };
}

/** More arguments than this a function call cannot take. */
const CHUNK = 8_192;

/** Browsers do not know some kinds of text. */
function typeByName(name: string): string {
  return /\.(md|csv|tsv|log|ya?ml|toml|ini|ts|py|rb|go|rs|java|c|h|cpp|sql|sh)$/iu.test(name) ? 'text/plain' : '';
}

/** What came with a message. */
export function drawFiles(files: NonNullable<MessageView['files']>, { words }: Actions): HTMLElement {
  return el('ul', { class: 'tray', 'aria-label': words.attached }, ...files.map((file) => el('li', {}, label(file))));
}

function label({ name, size }: { readonly name: string; readonly size: number }): HTMLElement {
  const kilobytes = Math.max(1, Math.round(size / 1_024));
  return el('span', {}, el('b', {}, name), ` ${kilobytes.toLocaleString()} KB`);
}
