import { useSignal, useSignalEffect } from '@preact/signals';
import type { ComponentChildren, VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { LiveMessage, Thread } from './chat';
import { useApp } from './context';
import { Empty } from './empty';
import { Icon } from './icon';
import { Message } from './message';

/** Replies that a thread shows in the channel; the thread's own view shows all. */
const REPLIES_IN_CHANNEL = 4;
/** Pixels from the end within which somebody is at the end. */
const AT_END = 24;

/** The messages of the place that is shown. It goes along with what is new while the reader is at the end. */
export function Timeline(): VNode {
  const { chat, words } = useApp();
  const scroll = useRef<HTMLElement>(null);
  const list = useRef<HTMLOListElement>(null);
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
    let top = view.scrollTop;
    let height = content.clientHeight;
    const distance = (): number => view.scrollHeight - view.scrollTop - view.clientHeight;
    function onScroll(): void {
      if (view === null) return;
      if (distance() <= AT_END) follows.current = true;
      else if (view.scrollTop < top) follows.current = false;
      if (follows.current) isBehind.value = false;
      top = view.scrollTop;
    }
    // What a reader unfolds grows below what they are reading: they are not taken past it.
    let unfolds = false;
    function onClick({ target }: MouseEvent): void {
      if (!(target instanceof Element) || target.closest('[aria-expanded]') === null) return;
      unfolds = true;
      follows.current = false;
    }
    const sizes = new ResizeObserver(() => {
      const grew = content.clientHeight > height;
      height = content.clientHeight;
      if (follows.current) toEnd();
      else if (distance() <= AT_END) follows.current = true;
      else if (grew && !unfolds) isBehind.value = true;
      unfolds = false;
    });
    view.addEventListener('scroll', onScroll, { passive: true });
    content.addEventListener('click', onClick);
    sizes.observe(content);
    sizes.observe(view);
    toEnd();
    return () => {
      view.removeEventListener('scroll', onScroll);
      content.removeEventListener('click', onClick);
      sizes.disconnect();
    };
  }, []);

  useSignalEffect(() => {
    const id = chat.sent.value;
    if (id === undefined) return;
    requestAnimationFrame(() => {
      chat.sent.value = undefined;
      const { current: content } = list;
      const sent = content?.querySelector(`[data-id="${CSS.escape(id)}"]`);
      if (content === null || sent === null || sent === undefined) return;
      const fromEnd = content.getBoundingClientRect().bottom - sent.getBoundingClientRect().top;
      if (fromEnd < (scroll.current?.clientHeight ?? 0)) toEnd();
      else sent.scrollIntoView({ block: 'nearest' });
    });
  });

  const rows = chat.inChannel.value && chat.place.value.thread === undefined ? <Threads /> : <Messages />;
  const isEmpty = chat.shown.value.length === 0;
  return (
    <div class="timeline-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and somebody may have no mouse */}
      <section class="scroll" aria-label={words.messages} tabIndex={0} ref={scroll}>
        {isEmpty && !chat.loading.value && <Empty />}
        <ol class="timeline" ref={list}>
          {rows}
        </ol>
      </section>
      {isBehind.value && (
        <button type="button" class="to-bottom" onClick={toEnd}>
          <Icon name="down" />
          {words.toBottom}
        </button>
      )}
    </div>
  );
}

/** A direct chat, or one thread of a channel. */
function Messages(): ComponentChildren {
  const { chat, words } = useApp();
  const shown = chat.shown.value;
  const last = lastSaid(shown);
  return shown.flatMap((message, index) => {
    const { id, thread } = message.peek();
    const row = (
      <li class="message-row" key={id}>
        <Message message={message} isLast={message === last} />
      </li>
    );
    const startsAfresh = index > 0 && shown[index - 1]?.peek().thread !== thread;
    if (!startsAfresh) return [row];
    const divider = (
      <li class="divider" key={`before-${id}`}>
        <span>{words.freshDivider}</span>
      </li>
    );
    return [divider, row];
  });
}

function Threads(): ComponentChildren {
  const { chat } = useApp();
  return chat.threads.value.map((thread) => <ThreadRow key={thread.id} {...thread} />);
}

/** A thread in the channel: what it began with, and its newest replies. */
function ThreadRow({ id, messages }: Thread): VNode {
  const { actions, words } = useApp();
  const root = messages.find((message) => message.peek().id === id);
  const replies = messages.filter((message) => message !== root);
  const isPrivateOnly = root === undefined && replies.every((reply) => reply.peek().card !== undefined);
  const hidden = Math.max(0, replies.length - REPLIES_IN_CHANNEL);
  const last = lastSaid(messages);
  const open = (): void => actions.show({ conversation: 'general', thread: id });
  return (
    <li class={isPrivateOnly ? 'thread private' : 'thread'}>
      {root !== undefined && <Message message={root} isLast={root === last} />}
      {root === undefined && !isPrivateOnly && <p class="gone">{words.removed}</p>}
      {hidden > 0 && (
        <button type="button" class="earlier" onClick={open}>
          {words.earlier(hidden)}
        </button>
      )}
      <ol class="replies">
        {replies.slice(hidden).map((reply) => (
          <li class="message-row" key={reply.peek().id}>
            <Message message={reply} isLast={reply === last} />
          </li>
        ))}
      </ol>
      {!isPrivateOnly && (
        <button type="button" class="reply-button" onClick={open}>
          <Icon name="reply" />
          {words.reply}
        </button>
      )}
    </li>
  );
}

/** The last message that is no private card. */
function lastSaid(messages: readonly LiveMessage[]): LiveMessage | undefined {
  return messages.findLast((message) => message.peek().card === undefined);
}
