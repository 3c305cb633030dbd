import type { Signal } from '@preact/signals';
import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useApp } from './context';
import { Icon } from './icon';
import { AttachButton, Tray } from './tray';

/** The message box. Enter sends, unless an input method is still composing (Japanese, say). */
export function Composer({ draft }: { readonly draft: Signal<string> }): VNode {
  const { chat, actions, words } = useApp();
  const files = useSignal<readonly File[]>([]);
  const box = useRef<HTMLTextAreaElement>(null);
  const isEmpty = draft.value.trim() === '' && files.value.length === 0;
  useLayoutEffect(() => {
    const { current } = box;
    if (current === null) return;
    current.style.height = 'auto';
    current.style.height = `${Math.min(current.scrollHeight, window.innerHeight * 0.4)}px`;
  }, [draft.value]);

  function attach(more: FileList | undefined): void {
    if (more !== undefined && more.length > 0) files.value = [...files.value, ...more];
  }
  function put(text: string): void {
    draft.value = text;
    box.current?.focus();
  }
  async function submit(): Promise<void> {
    if (isEmpty) return;
    const sent = { text: draft.value, files: files.value };
    files.value = [];
    put('');
    if (await actions.post(sent.text, sent.files)) return;
    if (draft.value === '') draft.value = sent.text;
    files.value = [...sent.files, ...files.value];
  }
  function onKeyDown(event: KeyboardEvent): void {
    // 229 is what browsers report for a key that an input method takes; Safari ends composing before the key.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    void submit();
  }
  return (
    <form
      class="composer"
      id="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onPaste={({ clipboardData }) => attach(clipboardData?.files)}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        attach(event.dataTransfer?.files);
      }}
    >
      <div class="box">
        <Tray files={files.value} set={(next) => (files.value = next)} />
        <Box {...{ box, draft, onKeyDown }} />
        <div class="tools">
          {chat.inChannel.value && (
            <button
              type="button"
              class="tool"
              title={words.insertMention}
              onClick={() => put(draft.value.includes('@dejiren') ? draft.value : `@dejiren ${draft.value}`)}
            >
              @dejiren
            </button>
          )}
          <button type="button" class="tool" title={words.insertCommand} onClick={() => put('/dejiren-optin ')}>
            /dejiren-optin
          </button>
          <AttachButton files={files.value} set={(next) => (files.value = next)} />
          <span id="keys" class={chat.answering.value ? 'sr-only' : 'keys'}>
            {words.keys}
          </span>
          <StopButton />
          <button type="submit" class="send" aria-label={words.send} title={words.send} disabled={isEmpty}>
            <Icon name="send" />
          </button>
        </div>
      </div>
    </form>
  );
}

interface BoxProps {
  readonly box: { current: HTMLTextAreaElement | null };
  readonly draft: Signal<string>;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

function Box({ box, draft, onKeyDown }: BoxProps): VNode {
  const { chat, words } = useApp();
  const { thread } = chat.place.value;
  const label =
    thread !== undefined ? words.writeThread : chat.inChannel.value ? words.writeChannel : words.writeDirect;
  return (
    <textarea
      id="box"
      ref={box}
      rows={1}
      maxLength={100_000}
      autocomplete="off"
      aria-describedby="keys"
      aria-label={label}
      placeholder={label}
      value={draft.value}
      onInput={({ currentTarget }) => (draft.value = currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  );
}

function StopButton(): VNode | null {
  const { chat, actions, words } = useApp();
  const button = useRef<HTMLButtonElement>(null);
  const isAnswering = chat.answering.value;
  // It goes when the answer has ended: the focus that it had goes to the message box.
  const hadFocus = button.current !== null && button.current === document.activeElement;
  useLayoutEffect(() => {
    if (!isAnswering && hadFocus) document.getElementById('box')?.focus();
  }, [isAnswering]);
  if (!isAnswering) return null;
  return (
    <button type="button" class="stop" ref={button} aria-keyshortcuts="Escape" onClick={() => void actions.stop()}>
      <Icon name="stop" />
      {words.stop}
      <span class="key" aria-hidden="true">
        Esc
      </span>
    </button>
  );
}
