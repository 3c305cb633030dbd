import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useApp } from './context';
import { Icon } from './icon';

/** Milliseconds for which a button says that it copied. */
export const SAYS_COPIED_MS = 2_000;

/** Copies words, and says so on the button itself. */
export function CopyButton({ text, quiet }: { readonly text: string; readonly quiet?: boolean }): VNode {
  const { words, actions } = useApp();
  const done = useSignal(false);
  async function copy(): Promise<void> {
    if (!(await actions.copy(text))) return;
    done.value = true;
    setTimeout(() => {
      done.value = false;
    }, SAYS_COPIED_MS);
  }
  return (
    <button type="button" class={quiet === true ? 'tool' : 'copy'} onClick={() => void copy()}>
      {quiet === true && <Icon name={done.value ? 'done' : 'copy'} />}
      {done.value ? words.copied : words.copy}
    </button>
  );
}

/** Gives the text as a file that the page makes itself: nothing is asked of the server. */
export function DownloadButton({ text, fileName }: { readonly text: string; readonly fileName: string }): VNode {
  const { words } = useApp();
  function save(): void {
    const href = URL.createObjectURL(new Blob([text], { type: 'application/jose' }));
    Object.assign(document.createElement('a'), { href, download: fileName }).click();
    URL.revokeObjectURL(href);
  }
  return (
    <button type="button" class="copy" onClick={save}>
      {words.download}
    </button>
  );
}
