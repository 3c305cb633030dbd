import type { Actions } from './actions';
import { el, icon, keyed } from './dom';
import { avatar } from './message-view';
import { applyTheme, chosenTheme, type PageLanguage, rememberTheme, type Theme } from './preferences';
import type { Store } from './store';
import { WORDS } from './words';

export interface Sidebar {
  readonly element: HTMLElement;
  render(): void;
}

/** Who you are, where you are, and how the page looks. */
export function createSidebar(store: Store, actions: Actions, close: () => void): Sidebar {
  const { words } = actions;
  const people = el('div', { class: 'people' });
  const places = el('ul', { class: 'places' });
  const closeButton = el(
    'button',
    { type: 'button', class: 'icon-button close-menu', 'aria-label': words.closeMenu, onclick: close },
    icon('close'),
  );
  const element = el(
    'aside',
    { class: 'side', id: 'side' },
    el('div', { class: 'brand' }, avatar('dejiren', 'dejiren'), el('span', {}, 'dejiren'), closeButton),
    el('fieldset', { class: 'who' }, el('legend', {}, words.youAre), people),
    el('nav', { 'aria-label': words.conversations }, el('h2', {}, words.conversations), places),
    el(
      'div',
      { class: 'settings', role: 'group', 'aria-label': words.settings },
      choices(words.language, languageChoices(), actions.language, (value) => actions.speak(value)),
      choices(words.theme, themeChoices(actions), chosenTheme(), (value) => {
        rememberTheme(value);
        applyTheme(value);
      }),
      el('p', { class: 'promise' }, words.promise),
    ),
  );

  function render(): void {
    const { state, place, unread } = store;
    if (state === undefined) return;
    keyed(
      people,
      state.people,
      ({ id }) => id,
      ({ id, name, language }) => {
        const input = el('input', {
          type: 'radio',
          name: 'who',
          id: `who-${id}`,
          value: id,
          onchange: () => actions.be(id),
        });
        const tongue = language === undefined ? undefined : el('span', { class: 'tongue' }, WORDS[language].speaks);
        return el('label', {}, input, avatar(id, name), el('span', { class: 'name' }, name), tongue);
      },
      () => undefined,
    );
    for (const input of people.querySelectorAll('input')) input.checked = input.value === state.you;
    keyed(
      places,
      state.conversations,
      ({ id }) => id,
      ({ id, kind }) => {
        const go = (): void => {
          actions.show({ conversation: id, thread: undefined });
          close();
        };
        const sign = kind === 'channel' ? '#' : '@';
        const name = kind === 'channel' ? id : 'dejiren';
        const label = kind === 'channel' ? `#${id}` : words.direct;
        return el(
          'li',
          {},
          el('button', { type: 'button', 'aria-label': label, onclick: go }, el('span', { class: 'sign' }, sign), name),
        );
      },
      () => undefined,
    );
    state.conversations.forEach(({ id }, index) => {
      const button = places.children[index]?.querySelector('button');
      button?.toggleAttribute('data-unread', unread.has(id));
      if (id === place.conversation) button?.setAttribute('aria-current', 'page');
      else button?.removeAttribute('aria-current');
    });
  }

  return { element, render };
}

function languageChoices(): readonly (readonly [PageLanguage, string])[] {
  return [
    ['en', WORDS.en.speaks],
    ['ja', WORDS.ja.speaks],
  ];
}

function themeChoices({ words: { themes } }: Actions): readonly (readonly [Theme, string])[] {
  return [
    ['auto', themes.auto],
    ['light', themes.light],
    ['dark', themes.dark],
  ];
}

function choices<Value extends string>(
  title: string,
  options: readonly (readonly [Value, string])[],
  current: Value,
  choose: (value: Value) => void,
): HTMLElement {
  const name = `choice-${options.map(([value]) => value).join('-')}`;
  const inputs = options.map(([value, label]) => {
    const input = el('input', { type: 'radio', name, value, id: `${name}-${value}`, onchange: () => choose(value) });
    input.checked = value === current;
    return el('label', {}, input, el('span', {}, label));
  });
  return el('fieldset', { class: 'choices' }, el('legend', {}, title), ...inputs);
}
