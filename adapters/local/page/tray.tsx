import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { useApp } from './context';
import { Icon } from './icon';

export interface TrayProps {
  readonly files: readonly File[];
  readonly set: (files: readonly File[]) => void;
}

/** What will go with the next message. */
export function Tray({ files, set }: TrayProps): VNode | null {
  const { words } = useApp();
  if (files.length === 0) return null;
  return (
    <ul class="tray" aria-label={words.attached}>
      {files.map((file, index) => (
        <li key={index}>
          <FileLabel {...{ name: file.name, size: file.size }} />
          <button
            type="button"
            aria-label={words.detach(file.name)}
            title={words.detach(file.name)}
            onClick={() => set(files.filter((one) => one !== file))}
          >
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Opens the browser's choice of files. */
export function AttachButton({ files, set }: TrayProps): VNode {
  const { words } = useApp();
  const input = useRef<HTMLInputElement>(null);
  function take(): void {
    const { current } = input;
    if (current === null) return;
    set([...files, ...(current.files ?? [])]);
    current.value = '';
  }
  return (
    <>
      <button
        type="button"
        class="tool"
        aria-label={words.attach}
        title={words.attach}
        onClick={() => input.current?.click()}
      >
        <Icon name="clip" />
      </button>
      <input type="file" multiple hidden aria-label={words.attach} ref={input} onChange={take} />
    </>
  );
}

export function FileLabel({ name, size }: { readonly name: string; readonly size: number }): VNode {
  const kilobytes = Math.max(1, Math.round(size / 1_024));
  return (
    <span>
      <b>{name}</b> {kilobytes.toLocaleString()} KB
    </span>
  );
}
