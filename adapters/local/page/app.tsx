import { signal } from '@preact/signals';
import { render, type VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { type Actions, createAsking } from './actions';
import { Chat } from './chat';
import { createConnection } from './connection';
import { AppProvider } from './context';
import { Page } from './page';
import {
  applyTheme,
  browserLanguage,
  chosenLanguage,
  chosenTheme,
  type PageLanguage,
  rememberLanguage,
} from './preferences';
import { tell } from './toasts';
import { WORDS } from './words';

/** Characters of an answer that are read out at once. */
const READ_OUT = 1_200;

applyTheme(chosenTheme());

const language = signal<PageLanguage>(chosenLanguage() ?? browserLanguage());
const draft = signal('');
const announcement = signal('');
let person = language.value === 'ja' ? 'aiko' : 'ben';

const chat = new Chat(person, {
  answered({ text, answer }) {
    announcement.value = WORDS[language.value].answered(`${text.slice(0, READ_OUT)} ${answer?.ending ?? ''}`);
  },
  restarted: () => tell(WORDS[language.value].restarted),
});
const connection = createConnection(
  (event) => chat.apply(event),
  (state) => {
    chat.connection.value = state;
  },
);

const actions: Actions = {
  ...createAsking({
    chat,
    person: () => person,
    language: () => language.value,
    words: () => WORDS[language.value],
    tell,
  }),
  be(next) {
    person = next;
    const own = chat.state.value?.people.find(({ id }) => id === next)?.language;
    chat.become(next);
    connection.be(next);
    language.value = chosenLanguage() ?? own ?? browserLanguage();
  },
  show: (place) => chat.show(place),
  speak(next) {
    rememberLanguage(next);
    language.value = next;
  },
  draft(text) {
    draft.value = text;
    document.getElementById('box')?.focus();
  },
};

function App(): VNode {
  const spoken = language.value;
  document.documentElement.lang = spoken;
  const app = useMemo(() => ({ chat, actions, words: WORDS[spoken], language: spoken }), [spoken]);
  return (
    <AppProvider value={app}>
      <Page draft={draft} announcement={announcement} />
    </AppProvider>
  );
}

const root = document.getElementById('app');
if (root !== null) render(<App />, root);
connection.be(person);
document.getElementById('box')?.focus();
