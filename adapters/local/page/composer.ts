import type { Actions } from './actions';
import { createTray } from './attachments';
import { el, icon } from './dom';
import type { Store } from './store';

export interface Composer {
  readonly element: HTMLElement;
  readonly draft: string;
  put(text: string): void;
  focus(): void;
  render(): void;
}

/** The message box. Enter sends, unless an input method is still composing (Japanese, say). */
export function createComposer(store: Store, actions: Actions, draft: string): Composer {
  const { words } = actions;
  const box = el('textarea', {
    id: 'box',
    rows: '1',
    maxlength: '100000',
    'aria-describedby': 'keys',
    autocomplete: 'off',
  });
  box.value = draft;
  const sendButton = el(
    'button',
    { type: 'submit', class: 'send', 'aria-label': words.send, title: words.send },
    icon('send'),
  );
  const stopButton = el(
    'button',
    { type: 'button', class: 'stop', hidden: true, onclick: () => void actions.stop() },
    icon('stop'),
    words.stop,
  );
  const tray = createTray(words, () => grow());
  const mention = el(
    'button',
    { type: 'button', class: 'tool', title: words.insertMention, onclick: () => insert('@dejiren ') },
    '@dejiren',
  );
  const command = el(
    'button',
    { type: 'button', class: 'tool', title: words.insertCommand, onclick: () => put('/dejiren-optin ') },
    '/dejiren-optin',
  );
  const element = el(
    'form',
    { class: 'composer', id: 'composer' },
    stopButton,
    el(
      'div',
      { class: 'box' },
      tray.element,
      box,
      el(
        'div',
        { class: 'tools' },
        mention,
        command,
        tray.button,
        el('span', { id: 'keys', class: 'keys' }, words.keys),
        sendButton,
      ),
    ),
  );

  function grow(): void {
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, window.innerHeight * 0.4)}px`;
    sendButton.disabled = box.value.trim() === '' && tray.files().length === 0;
  }

  function put(text: string): void {
    box.value = text;
    grow();
    box.focus();
  }

  function insert(text: string): void {
    if (!box.value.includes(text.trim())) box.setRangeText(text, 0, 0, 'end');
    grow();
    box.focus();
  }

  async function submit(): Promise<void> {
    const text = box.value;
    const files = tray.files();
    if (text.trim() === '' && files.length === 0) return;
    tray.clear();
    put('');
    if (await actions.post(text, files)) return;
    if (box.value === '') put(text);
    tray.add(files);
  }

  box.addEventListener('input', grow);
  element.addEventListener('paste', (event) => tray.add([...(event.clipboardData?.files ?? [])]));
  element.addEventListener('dragover', (event) => event.preventDefault());
  element.addEventListener('drop', (event) => {
    event.preventDefault();
    tray.add([...(event.dataTransfer?.files ?? [])]);
  });
  box.addEventListener('keydown', (event) => {
    // 229 is what browsers report for a key that an input method takes; Safari ends composing before the key.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    void submit();
  });
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });

  return {
    element,
    get draft() {
      return box.value;
    },
    put,
    focus: () => box.focus(),
    render() {
      const { conversation, thread } = store.place;
      const isChannel = conversation === 'general';
      const label = thread !== undefined ? words.writeThread : isChannel ? words.writeChannel : words.writeDirect;
      box.placeholder = label;
      box.setAttribute('aria-label', label);
      mention.hidden = !isChannel;
      const hadFocus = document.activeElement === stopButton;
      stopButton.hidden = !store.answering();
      if (hadFocus && stopButton.hidden) box.focus();
      grow();
    },
  };
}
