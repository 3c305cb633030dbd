import type { ComponentChildren, VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { LiveMessage, Thread } from './chat';
import { useApp } from './context';
import { Empty } from './empty';
import { useFollowing } from './following';
import { Icon } from './icon';
import { Message } from './message';

/** Replies that a thread shows in the channel; the thread's own view shows all. */
const REPLIES_IN_CHANNEL = 4;

/** The messages of the place that is shown. It goes along with what is new while the reader is at the end. */
export function Timeline(): VNode {
  const { chat, words } = useApp();
  const scroll = useRef<HTMLElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const { isBehind, toEnd } = useFollowing(scroll, list, chat.sent);
  const isAllThreads = chat.inChannel.value && chat.place.value.thread === undefined;
  return (
    <div class="timeline-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and somebody may have no mouse */}
      <section class="scroll" aria-label={words.messages} tabIndex={0} ref={scroll}>
        {chat.shown.value.length === 0 && !chat.loading.value && <Empty />}
        <ol class="timeline" ref={list}>
          {isAllThreads ? <Threads /> : <Messages />}
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
