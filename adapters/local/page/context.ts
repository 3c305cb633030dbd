import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Actions } from './actions';
import type { Chat } from './chat';
import type { PageLanguage } from './preferences';
import type { Words } from './words';

/** What every part of the page is drawn from. */
export interface App {
  readonly chat: Chat;
  readonly actions: Actions;
  readonly words: Words;
  readonly language: PageLanguage;
}

const Context = createContext<App | undefined>(undefined);

export const AppProvider = Context.Provider;

/** Throws outside of the page. */
export function useApp(): App {
  const app = useContext(Context);
  if (app === undefined) throw new Error('no page');
  return app;
}
