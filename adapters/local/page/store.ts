import type { MessageView, PageEvent, StateView } from '../wire';

export interface Place {
  readonly conversation: string;
  /** Present in the thread view of a channel. */
  readonly thread: string | undefined;
}

export interface Thread {
  readonly id: string;
  /** Oldest first; the first one starts the thread unless it was deleted. */
  readonly messages: readonly MessageView[];
}

/** What the page knows: all of it came from dejiren, and is dropped with the page. */
export interface Store {
  readonly state: StateView | undefined;
  readonly place: Place;
  readonly unread: ReadonlySet<string>;
  apply(event: PageEvent): void;
  show(place: Place): void;
  /** The messages of the place, oldest first. */
  shown(): readonly MessageView[];
  threads(): readonly Thread[];
  /** Whether an answer to you is under way in the place. */
  answering(): boolean;
  /** Whether the state of the person is still on its way. */
  readonly loading: boolean;
  /** Becomes another person: what the one before could see is dropped. */
  become(person: string, place: Place): void;
}

const FIRST_PLACE: Place = { conversation: 'general', thread: undefined };

/** `onChange` is called after every change; `onAnswered` once for each answer that ended while the page looked on. */
export function createStore(onChange: () => void, onAnswered: (message: MessageView) => void): Store {
  let state: StateView | undefined;
  let messages = new Map<string, MessageView>();
  let place = FIRST_PLACE;
  const unread = new Set<string>();
  let loading = true;

  function take(message: MessageView): void {
    const before = messages.get(message.id);
    messages.set(message.id, message);
    if (before === undefined && message.conversation !== place.conversation && message.author !== state?.you)
      unread.add(message.conversation);
    if (before?.answer !== undefined && before.answer.state !== 'ended' && message.answer?.state === 'ended')
      onAnswered(message);
  }

  function grow(id: string, text: string): void {
    const message = messages.get(id);
    if (message?.answer === undefined) return;
    messages.set(id, { ...message, text: message.text + text, answer: { ...message.answer, state: 'streaming' } });
  }

  const shown = (): readonly MessageView[] =>
    [...messages.values()].filter(
      ({ conversation, thread }) =>
        conversation === place.conversation && (place.thread === undefined || place.thread === thread),
    );

  return {
    get state() {
      return state;
    },
    get place() {
      return place;
    },
    unread,
    apply(event) {
      switch (event.type) {
        case 'state':
          state = event.state;
          loading = false;
          messages = new Map(event.state.messages.map((message) => [message.id, message]));
          if (!state.conversations.some(({ id }) => id === place.conversation)) place = FIRST_PLACE;
          break;
        case 'message':
          take(event.message);
          break;
        case 'piece':
          grow(event.id, event.text);
          break;
        case 'removed':
          for (const id of event.ids) messages.delete(id);
          break;
        case 'vendor':
          if (state !== undefined) state = { ...state, vendor: event.vendor };
          break;
      }
      onChange();
    },
    show(next) {
      place = next;
      unread.delete(next.conversation);
      onChange();
    },
    shown,
    threads() {
      const threads = new Map<string, MessageView[]>();
      for (const message of shown()) threads.set(message.thread, [...(threads.get(message.thread) ?? []), message]);
      return [...threads].map(([id, list]) => ({ id, messages: list }));
    },
    answering: () =>
      shown().some(({ answer }) => answer !== undefined && answer.to === state?.you && answer.state !== 'ended'),
    get loading() {
      return loading;
    },
    become(person, next) {
      loading = true;
      place = next;
      messages = new Map();
      unread.clear();
      if (state === undefined) return;
      const others = state.conversations.filter(({ kind }) => kind === 'channel');
      const conversations = [...others, { id: `direct-${person}`, kind: 'direct' as const }];
      state = { ...state, you: person, messages: [], conversations };
      onChange();
    },
  };
}
