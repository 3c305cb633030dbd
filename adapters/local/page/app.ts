import type { MessageView } from '../wire';
import type { Actions } from './actions';
import { asPosted } from './attachments';
import { createConnection, send } from './connection';
import { createPage, type Page } from './page';
import {
  applyTheme,
  browserLanguage,
  chosenLanguage,
  chosenTheme,
  type PageLanguage,
  rememberLanguage,
} from './preferences';
import { createStore } from './store';
import { WORDS } from './words';

/** Characters of an answer that are read out at once. */
const READ_OUT = 1_200;

applyTheme(chosenTheme());

let language: PageLanguage = chosenLanguage() ?? browserLanguage();
let person = language === 'ja' ? 'aiko' : 'ben';
let page: Page | undefined;
let isScheduled = false;

const store = createStore(schedule, (message: MessageView) => {
  page?.announce(WORDS[language].answered(`${message.text.slice(0, READ_OUT)} ${message.answer?.ending ?? ''}`));
});
const connection = createConnection((event) => store.apply(event), schedule);

function schedule(): void {
  if (isScheduled) return;
  isScheduled = true;
  requestAnimationFrame(() => {
    isScheduled = false;
    page?.render(connection.state);
  });
}

async function ask(path: string, body: object): Promise<boolean> {
  const sent = await send(path, { person, act: crypto.randomUUID(), ...body });
  if (!sent.ok) page?.toasts.show(WORDS[language].refusals[sent.code] ?? WORDS[language].refusals.failed);
  return sent.ok;
}

function build(): void {
  const draft = page?.composer.draft ?? '';
  document.documentElement.lang = language;
  page = createPage(store, actionsIn(language), draft);
  document.querySelector('#app')?.replaceChildren(page.element);
  page.render(connection.state);
}

function speak(next: PageLanguage): void {
  if (next === language) return;
  const focused = document.activeElement?.id ?? '';
  language = next;
  build();
  if (focused !== '') document.getElementById(focused)?.focus();
}

function actionsIn(spoken: PageLanguage): Actions {
  const here = (): { conversation: string; thread?: string } => {
    const { conversation, thread } = store.place;
    return { conversation, ...(thread !== undefined && { thread }) };
  };
  return {
    words: WORDS[spoken],
    language: spoken,
    be(next) {
      const wasDirect = store.place.conversation !== 'general';
      person = next;
      const own = store.state?.people.find(({ id }) => id === next)?.language;
      store.become(next, { conversation: wasDirect ? `direct-${next}` : 'general', thread: undefined });
      connection.be(next);
      speak(chosenLanguage() ?? own ?? browserLanguage());
    },
    show(place) {
      store.show(place);
    },
    speak(next) {
      rememberLanguage(next);
      speak(next);
    },
    post: async (text, files) =>
      ask('/local/messages', { ...here(), language: spoken, text, files: await Promise.all(files.map(asPosted)) }),
    async press(card, version, button, ticked) {
      await ask('/local/action', { card, version, button, ticked, language: spoken });
    },
    async remove(message) {
      await ask('/local/delete', { message });
    },
    async stop() {
      await ask('/local/stop', here());
    },
    async startAfresh() {
      if (await ask('/local/new', {})) page?.toasts.show(WORDS[language].freshDone);
      page?.composer.focus();
    },
    draft(text) {
      page?.composer.put(text);
    },
  };
}

build();
connection.be(person);
page?.composer.focus();
