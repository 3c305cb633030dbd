import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { ConversationView, PersonView } from '../wire';
import { useApp } from './context';
import { Avatar, IconButton } from './icon';
import { applyTheme, chosenTheme, rememberTheme, type Theme } from './preferences';
import { WORDS } from './words';

/** Who you are, where you are, and how the page looks. */
export function Sidebar({ inert, close }: { readonly inert: boolean; readonly close: () => void }): VNode {
  const { chat, actions, words, language } = useApp();
  const [theme, setTheme] = useState<Theme>(chosenTheme());
  function choose(next: Theme): void {
    rememberTheme(next);
    applyTheme(next);
    setTheme(next);
  }
  const { people = [], conversations = [] } = chat.state.value ?? {};
  return (
    <aside class="side" id="side" inert={inert}>
      <div class="brand">
        <Avatar who="dejiren" name="dejiren" />
        <span>dejiren</span>
        <IconButton name="close" class="close-menu" label={words.closeMenu} onClick={close} />
      </div>
      <fieldset class="who">
        <legend>{words.youAre}</legend>
        <div class="people">
          {people.map((person) => (
            <Resident key={person.id} {...person} />
          ))}
        </div>
      </fieldset>
      <nav aria-label={words.conversations}>
        <h2>{words.conversations}</h2>
        <ul class="places">
          {conversations.map((conversation) => (
            <Conversation key={conversation.id} {...conversation} close={close} />
          ))}
        </ul>
      </nav>
      <div class="settings">
        <Choices
          title={words.language}
          name="language"
          options={[
            ['en', WORDS.en.speaks],
            ['ja', WORDS.ja.speaks],
          ]}
          current={language}
          choose={actions.speak}
        />
        <Choices
          title={words.theme}
          name="theme"
          options={[
            ['auto', words.themes.auto],
            ['light', words.themes.light],
            ['dark', words.themes.dark],
          ]}
          current={theme}
          choose={choose}
        />
        <p class="promise">
          {words.promise}{' '}
          <a href={`/data-handling?lang=${language}`} target="_blank" rel="noopener">
            {words.article}
          </a>
        </p>
      </div>
    </aside>
  );
}

function Resident({ id, name, language }: PersonView): VNode {
  const { chat, actions } = useApp();
  return (
    <label>
      <input
        type="radio"
        name="who"
        id={`who-${id}`}
        value={id}
        checked={chat.state.value?.you === id}
        onChange={() => actions.be(id)}
      />
      <Avatar who={id} name={name} />
      <span class="name">{name}</span>
      {language !== undefined && <span class="tongue">{WORDS[language].speaks}</span>}
    </label>
  );
}

function Conversation({ id, kind, close }: ConversationView & { readonly close: () => void }): VNode {
  const { chat, actions, words } = useApp();
  const isChannel = kind === 'channel';
  const isUnread = chat.unread.value.has(id);
  const label = isChannel ? `#${id}` : words.direct;
  function go(): void {
    actions.show({ conversation: id, thread: undefined });
    close();
  }
  return (
    <li>
      <button
        type="button"
        aria-label={isUnread ? `${label} (${words.unread})` : label}
        aria-current={chat.place.value.conversation === id ? 'page' : undefined}
        data-unread={isUnread ? '' : undefined}
        onClick={go}
      >
        <span class="sign">{isChannel ? '#' : '@'}</span>
        {isChannel ? id : 'dejiren'}
      </button>
    </li>
  );
}

function Choices<Value extends string>({
  title,
  name,
  options,
  current,
  choose,
}: {
  readonly title: string;
  readonly name: string;
  readonly options: readonly (readonly [Value, string])[];
  readonly current: Value;
  readonly choose: (value: Value) => void;
}): VNode {
  return (
    <fieldset class="choices">
      <legend>{title}</legend>
      {options.map(([value, label]) => (
        <label key={value}>
          <input
            type="radio"
            name={name}
            id={`${name}-${value}`}
            value={value}
            checked={value === current}
            onChange={() => choose(value)}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
