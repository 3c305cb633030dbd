import { signal } from '@preact/signals';
import type { VNode } from 'preact';
import { useApp } from './context';
import { IconButton } from './icon';

const SHOWN_MS = 10_000;

const sentence = signal<string | undefined>(undefined);
let timer: ReturnType<typeof setTimeout> | undefined;

/** Shows a short notice at the edge of the page; it leaves by itself or when it is closed. */
export function tell(next: string): void {
  clearTimeout(timer);
  sentence.value = next;
  timer = setTimeout(close, SHOWN_MS);
}

function close(): void {
  sentence.value = undefined;
}

export function Toasts(): VNode {
  const { words } = useApp();
  return (
    <div class="toasts" role="status" aria-live="polite">
      {sentence.value !== undefined && (
        <div class="toast">
          <p>{sentence.value}</p>
          <IconButton name="close" label={words.dismiss} onClick={close} />
        </div>
      )}
    </div>
  );
}
