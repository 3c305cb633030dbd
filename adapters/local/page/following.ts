import { type ReadonlySignal, type Signal, useSignal, useSignalEffect } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** Pixels from the end within which somebody is at the end. */
const AT_END = 24;

interface Following {
  /** Something new stands below what the reader sees. */
  readonly isBehind: ReadonlySignal<boolean>;
  toEnd(): void;
}

/**
 * Keeps a list at its end while it grows, for as long as the reader is there: who scrolls up stays where they are until
 * they come back, and who unfolds something stays at its top. `sent` is the id of what the reader sent: it is brought
 * into view.
 */
export function useFollowing(
  scroll: RefObject<HTMLElement | null>,
  list: RefObject<HTMLElement | null>,
  sent: Signal<string | undefined>,
): Following {
  const follows = useRef(true);
  const isBehind = useSignal(false);

  function toEnd(): void {
    follows.current = true;
    isBehind.value = false;
    if (scroll.current !== null) scroll.current.scrollTop = scroll.current.scrollHeight;
  }

  useLayoutEffect(() => {
    const { current: view } = scroll;
    const { current: content } = list;
    if (view === null || content === null) return;
    const read = new AbortController();
    const isAtEnd = (): boolean => view.scrollHeight - view.scrollTop - view.clientHeight <= AT_END;
    let top = view.scrollTop;
    let height = content.clientHeight;
    let unfolds = false;

    function onScroll(): void {
      if (isAtEnd()) follows.current = true;
      else if ((view?.scrollTop ?? 0) < top) follows.current = false;
      if (follows.current) isBehind.value = false;
      top = view?.scrollTop ?? 0;
    }
    function onClick({ target }: Event): void {
      if (!(target instanceof Element) || target.closest('[aria-expanded]') === null) return;
      unfolds = true;
      follows.current = false;
    }
    const sizes = new ResizeObserver(() => {
      const grew = content.clientHeight > height;
      height = content.clientHeight;
      if (follows.current) toEnd();
      else if (isAtEnd()) follows.current = true;
      else if (grew && !unfolds) isBehind.value = true;
      unfolds = false;
    });

    view.addEventListener('scroll', onScroll, { passive: true, signal: read.signal });
    content.addEventListener('click', onClick, { signal: read.signal });
    sizes.observe(content);
    sizes.observe(view);
    toEnd();
    return () => {
      read.abort();
      sizes.disconnect();
    };
  }, []);

  useSignalEffect(() => {
    const id = sent.value;
    if (id === undefined) return;
    requestAnimationFrame(() => {
      sent.value = undefined;
      const { current: content } = list;
      const shown = content?.querySelector(`[data-id="${CSS.escape(id)}"]`);
      if (content === null || shown === null || shown === undefined) return;
      const fromEnd = content.getBoundingClientRect().bottom - shown.getBoundingClientRect().top;
      if (fromEnd < (scroll.current?.clientHeight ?? 0)) toEnd();
      else shown.scrollIntoView({ block: 'nearest' });
    });
  });

  return { isBehind, toEnd };
}
