import { type Signal, useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Composer } from './composer';
import { useApp } from './context';
import { Header } from './header';
import { Sidebar } from './sidebar';
import { Timeline } from './timeline';
import { Toasts } from './toasts';

const NARROW = window.matchMedia('(max-width: 760px)');

/** The whole page. `announcement` is read out to those who do not see it. */
export function Page({
  draft,
  announcement,
}: {
  readonly draft: Signal<string>;
  readonly announcement: Signal<string>;
}): VNode {
  const { chat, words } = useApp();
  const frame = useRef<HTMLDivElement>(null);
  const isNarrow = useSignal(NARROW.matches);
  const isMenuOpen = useSignal(false);
  const hidesMain = isNarrow.value && isMenuOpen.value;

  function setMenu(open: boolean): void {
    const wasOpen = isMenuOpen.value;
    isMenuOpen.value = open;
    if (NARROW.matches && open !== wasOpen)
      requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>(open ? '.close-menu' : '.menu')?.focus());
  }
  useEffect(() => {
    const onChange = (): void => {
      isNarrow.value = NARROW.matches;
      isMenuOpen.value = false;
    };
    NARROW.addEventListener('change', onChange);
    return () => NARROW.removeEventListener('change', onChange);
  }, []);
  useEscape(isMenuOpen, () => setMenu(false));

  const { conversation, thread } = chat.place.value;
  return (
    <div class="frame" data-menu={isMenuOpen.value ? 'open' : 'closed'} ref={frame}>
      <a class="skip" href="#box">
        {words.skip}
      </a>
      <Sidebar inert={isNarrow.value && !isMenuOpen.value} close={() => setMenu(false)} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape and a button close the menu as well */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Escape and a button close the menu as well */}
      <div class="shade" onClick={() => setMenu(false)} />
      <main class="main" inert={hidesMain}>
        <Header openMenu={() => setMenu(true)} />
        <p class="banner" role="status" hidden={!['lost', 'full'].includes(chat.connection.value)}>
          {chat.connection.value === 'lost' && words.lost}
          {chat.connection.value === 'full' && words.refusals['too-many-pages']}
        </p>
        <Timeline key={`${chat.state.value?.you} ${conversation} ${thread}`} />
        <Composer draft={draft} />
      </main>
      <div class="sr-only" role="log" aria-live="polite">
        {announcement.value !== '' && <p>{announcement.value}</p>}
      </div>
      <Toasts />
    </div>
  );
}

/** Escape closes the menu; else it stops the answer; else it leads back from a thread. */
function useEscape(isMenuOpen: Signal<boolean>, closeMenu: () => void): void {
  const { chat, actions } = useApp();
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return;
      const { conversation, thread } = chat.place.value;
      if (isMenuOpen.value) closeMenu();
      else if (chat.answering.value) void actions.stop();
      else if (thread !== undefined) {
        actions.show({ conversation, thread: undefined });
        document.getElementById('box')?.focus();
      }
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [actions]);
}
