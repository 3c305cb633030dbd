import { cleaned } from './clean';

/** Loads once; after a failure the next call tries again. */
function onceLoaded<Loaded>(load: () => Promise<Loaded>): () => Promise<Loaded | undefined> {
  let loading: Promise<Loaded | undefined> | undefined;
  return () => {
    loading ??= load().catch(() => {
      loading = undefined;
      return undefined;
    });
    return loading;
  };
}

const loadColours = onceLoaded(() => import('../code'));
const loadMaths = onceLoaded(async () => {
  const [maths] = await Promise.all([import('../maths'), styled('/local/maths.css')]);
  return maths;
});

function styled(href: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = href;
    link.onload = () => resolve();
    link.onerror = () => {
      link.remove();
      reject(new Error('style'));
    };
    document.head.append(link);
  });
}

/** Colours the code of an answer, but the block that is still being written: the last in `open`. */
export function bringColours(host: Element, open: Element | undefined): void {
  const written = [...(open?.querySelectorAll('pre code') ?? [])].at(-1);
  const plain = [...host.querySelectorAll('pre code[class]:not(.coloured)')].filter((code) => code !== written);
  if (plain.length === 0) return;
  void loadColours().then((colours) => {
    for (const code of plain) {
      const name = /language-(\S+)/u.exec(code.className)?.[1] ?? '';
      const markup = colours?.colour(code.textContent, name);
      code.classList.add('coloured');
      if (markup !== undefined) code.replaceChildren(cleaned(markup));
    }
  });
}

/** Sets the formulas of an answer, but the one that is still being written: `open`, where it is a formula. */
export function bringMaths(host: Element, open: Element | undefined): void {
  const plain = [...host.querySelectorAll<HTMLElement>('.maths:not(.set)')].filter((formula) => formula !== open);
  if (plain.length === 0) return;
  void loadMaths().then((maths) => {
    for (const formula of plain) {
      if (maths === undefined || formula.classList.contains('set')) continue;
      formula.dataset.source = formula.textContent;
      maths.set(formula.textContent, formula);
      formula.classList.add('set');
    }
  });
}

/** Whether an element shows already, coloured or set, what it would be changed to. */
export function isAlready(from: HTMLElement, to: HTMLElement): boolean {
  if (from.classList.contains('coloured')) return from.textContent === to.textContent;
  if (from.classList.contains('set')) return from.dataset.source === to.textContent;
  return from.classList.contains('done');
}
