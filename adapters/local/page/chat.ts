import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { MessageView, PageEvent, StateView } from '../wire';
import type { ConnectionState } from './connection';

export interface Place {
  readonly conversation: string;
  /** Present in the thread view of a channel. */
  readonly thread: string | undefined;
}

/** A message as it changes: an answer that grows is drawn again, and nothing beside it. */
export type LiveMessage = Signal<MessageView>;

export interface Thread {
  readonly id: string;
  /** Oldest first; the first one starts the thread unless it was deleted. */
  readonly messages: readonly LiveMessage[];
}

/** What happened on the page that somebody should be told of. */
export interface ChatEvents {
  /** An answer ended while the page looked on. */
  answered(message: MessageView): void;
  /** dejiren was started again: what stood here is gone. */
  restarted(): void;
}

export function directChatOf(person: string): Place {
  return { conversation: `direct-${person}`, thread: undefined };
}

/** What the page knows: all of it came from dejiren, and is dropped with the page. */
export class Chat {
  readonly state = signal<StateView | undefined>(undefined);
  readonly place: Signal<Place>;
  readonly unread = signal<ReadonlySet<string>>(new Set());
  readonly connection = signal<ConnectionState>('connecting');
  /** Whether the state of the person is still on its way. */
  readonly loading = signal(true);
  /** The id of what the person sent last, or of what came of it: to be brought into view. */
  readonly sent = signal<string | undefined>(undefined);
  readonly #messages = signal<ReadonlyMap<string, LiveMessage>>(new Map());
  readonly #events: ChatEvents;
  #expects = false;

  constructor(person: string, events: ChatEvents) {
    this.place = signal(directChatOf(person));
    this.#events = events;
  }

  /** The messages of the place, oldest first. */
  readonly shown: ReadonlySignal<readonly LiveMessage[]> = computed(() => {
    const { conversation, thread } = this.place.value;
    return [...this.#messages.value.values()].filter((message) => {
      const at = message.peek();
      return at.conversation === conversation && (thread === undefined || thread === at.thread);
    });
  });

  readonly threads: ReadonlySignal<readonly Thread[]> = computed(() => {
    const threads = new Map<string, LiveMessage[]>();
    for (const message of this.shown.value) {
      const { thread } = message.peek();
      threads.set(thread, [...(threads.get(thread) ?? []), message]);
    }
    return [...threads].map(([id, messages]) => ({ id, messages }));
  });

  /** Whether the place is a channel, which others read along. */
  readonly inChannel: ReadonlySignal<boolean> = computed(() => !this.place.value.conversation.startsWith('direct-'));

  /** Whether an answer to you is under way in the place. */
  readonly answering: ReadonlySignal<boolean> = computed(() => {
    const you = this.state.value?.you;
    return this.shown.value.some(({ value: { answer } }) => answer?.to === you && answer?.state !== 'ended');
  });

  find(id: string): LiveMessage | undefined {
    return this.#messages.value.get(id);
  }

  /** The next message that comes to the place is what the person is waiting to see. */
  expect(): void {
    this.#expects = true;
  }

  show(place: Place): void {
    batch(() => {
      this.place.value = place;
      this.unread.value = new Set([...this.unread.value].filter((id) => id !== place.conversation));
    });
  }

  /** Becomes another person: what the one before could see is dropped. */
  become(person: string): void {
    batch(() => {
      this.place.value = this.inChannel.value ? { ...this.place.value, thread: undefined } : directChatOf(person);
      this.loading.value = true;
      this.unread.value = new Set();
      this.#messages.value = new Map();
      const state = this.state.value;
      if (state === undefined) return;
      const channels = state.conversations.filter(({ kind }) => kind === 'channel');
      const conversations = [...channels, { id: directChatOf(person).conversation, kind: 'direct' as const }];
      this.state.value = { ...state, you: person, messages: [], conversations };
    });
  }

  apply(event: PageEvent): void {
    batch(() => this.#apply(event));
  }

  #apply(event: PageEvent): void {
    switch (event.type) {
      case 'state':
        this.#begin(event.state);
        break;
      case 'message':
        this.#take(event.message);
        break;
      case 'piece':
        this.#grow(event.id, event.text);
        break;
      case 'removed':
        this.#messages.value = new Map([...this.#messages.value].filter(([id]) => !event.ids.includes(id)));
        break;
      case 'vendor':
        if (this.state.value !== undefined) this.state.value = { ...this.state.value, vendor: event.vendor };
    }
  }

  #begin(state: StateView): void {
    const before = this.#messages.value;
    const messages = new Map(state.messages.map((message) => [message.id, signal(message)]));
    this.state.value = state;
    this.loading.value = false;
    this.#messages.value = messages;
    const { conversation, thread } = this.place.value;
    const isGone = thread !== undefined && !state.messages.some((message) => message.thread === thread);
    if (isGone) this.place.value = { conversation, thread: undefined };
    if (before.size > 0 && ![...before.keys()].some((id) => messages.has(id))) this.#events.restarted();
  }

  #take(message: MessageView): void {
    const known = this.#messages.value.get(message.id);
    const before = known?.peek();
    if (known === undefined) this.#add(message);
    else known.value = message;
    if (before?.answer !== undefined && before.answer.state !== 'ended' && message.answer?.state === 'ended')
      this.#events.answered(message);
  }

  #add(message: MessageView): void {
    this.#messages.value = new Map([...this.#messages.value, [message.id, signal(message)]]);
    const isHere = message.conversation === this.place.value.conversation;
    const isOwn = message.author === this.state.value?.you;
    if (!isHere && !isOwn) this.unread.value = new Set([...this.unread.value, message.conversation]);
    if (!this.#expects || !isHere || !(isOwn || message.card !== undefined)) return;
    this.#expects = false;
    this.sent.value = message.id;
  }

  #grow(id: string, text: string): void {
    const message = this.#messages.value.get(id);
    const now = message?.peek();
    if (message === undefined || now?.answer === undefined) return;
    message.value = { ...now, text: now.text + text, answer: { ...now.answer, state: 'streaming' } };
  }
}
