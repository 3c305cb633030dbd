import { useSignalEffect } from '@preact/signals';
import type { VNode } from 'preact';
import { useApp } from './context';
import { Icon, IconButton } from './icon';
import { regionWords } from './words';

/** Where you are, and which vendor answers from where. */
export function Header({ openMenu }: { readonly openMenu: () => void }): VNode {
  const { chat, actions, words } = useApp();
  const { conversation, thread } = chat.place.value;
  const isChannel = chat.inChannel.value;
  const title = isChannel ? `#${conversation}` : 'dejiren';
  useSignalEffect(() => {
    document.title = chat.inChannel.value ? `#${chat.place.value.conversation} · dejiren` : 'dejiren';
  });
  async function startAfresh(): Promise<void> {
    await actions.startAfresh();
    document.getElementById('box')?.focus();
  }
  return (
    <header class="top">
      <button
        type="button"
        class={`icon-button menu ${thread === undefined ? '' : 'yields'}`}
        aria-label={words.openMenu}
        aria-controls="side"
        onClick={openMenu}
      >
        <Icon name="menu" />
      </button>
      {thread !== undefined && (
        <IconButton name="back" label={words.back} onClick={() => actions.show({ conversation, thread: undefined })} />
      )}
      <div class="where">
        <h1>{title}</h1>
        <p class="about">{thread !== undefined ? words.thread : isChannel ? words.channelAbout : words.directAbout}</p>
      </div>
      <Vendor />
      {!isChannel && (
        <button type="button" class="button plain fresh" onClick={() => void startAfresh()}>
          <Icon name="fresh" />
          <span>{words.fresh}</span>
        </button>
      )}
    </header>
  );
}

function Vendor(): VNode | null {
  const { chat, words } = useApp();
  const state = chat.state.value;
  if (state === undefined) return null;
  const line = state.vendor;
  const isPreview = line?.vendor === 'preview';
  const says =
    line === undefined
      ? words.noVendor
      : isPreview
        ? words.previewLine
        : `${line.vendorName} · ${regionWords(words, line.region)}`;
  return (
    <p class="vendor" data-kind={line === undefined ? 'none' : isPreview ? 'preview' : 'vendor'} title={line?.model}>
      {says}
    </p>
  );
}
