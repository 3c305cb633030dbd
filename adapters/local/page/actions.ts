import type { Chat, LiveMessage, Place } from './chat';
import { type Sent, send } from './connection';
import { asPosted, fitsInOneMessage } from './files';
import type { PageLanguage } from './preferences';
import type { Words } from './words';

/** What the parts of the page may ask of the whole. */
export interface Actions {
  be(person: string): void;
  show(place: Place): void;
  speak(language: PageLanguage): void;
  /** Resolves to whether it was sent; where not, the person was told why. */
  post(text: string, files: readonly File[]): Promise<boolean>;
  /** Sends the words of a message again, in its thread, and to dejiren this time. */
  mention(message: LiveMessage): Promise<void>;
  /** Asks a question of the person's once more. */
  again(question: string): Promise<void>;
  press(card: string, version: number, button: number, ticked: boolean): Promise<void>;
  remove(message: string): Promise<void>;
  stop(): Promise<void>;
  startAfresh(): Promise<void>;
  /** Puts words into the message box and goes there. */
  draft(text: string): void;
  /** Copies words. Resolves to whether it could; where not, the person was told what to do. */
  copy(text: string): Promise<boolean>;
}

/** What acts on behalf of the person at the page. */
export interface Actor {
  readonly chat: Chat;
  person(): string;
  language(): PageLanguage;
  words(): Words;
  tell(sentence: string): void;
}

type Asking = Pick<Actions, 'post' | 'mention' | 'again' | 'press' | 'remove' | 'stop' | 'startAfresh' | 'copy'>;

/** What is asked of dejiren. What it refuses is told to the person. */
export function createAsking({ chat, person, language, words, tell }: Actor): Asking {
  async function ask(path: string, body: object): Promise<boolean> {
    const sent: Sent = await send(path, { person: person(), act: crypto.randomUUID(), ...body });
    if (!sent.ok) tell(words().refusals[sent.code] ?? words().refusals.failed);
    return sent.ok;
  }
  function here(): { readonly conversation: string; readonly thread?: string } {
    const { conversation, thread } = chat.place.value;
    return { conversation, ...(thread !== undefined && { thread }) };
  }
  return {
    async post(text, files) {
      if (!fitsInOneMessage(files)) {
        tell(words().refusals['too-large']);
        return false;
      }
      chat.expect();
      const posted = await Promise.all(files.map(asPosted));
      return ask('/local/messages', { ...here(), language: language(), text, files: posted });
    },
    async mention({ value: { conversation, thread, text } }) {
      chat.expect();
      await ask('/local/messages', { conversation, thread, language: language(), text: `@dejiren ${text}` });
    },
    async again(message) {
      chat.expect();
      await ask('/local/again', { message, language: language() });
    },
    async press(card, version, button, ticked) {
      await ask('/local/action', { card, version, button, ticked, language: language() });
    },
    async remove(message) {
      await ask('/local/delete', { message });
    },
    async stop() {
      await ask('/local/stop', here());
    },
    async startAfresh() {
      if (await ask('/local/new', {})) tell(words().freshDone);
    },
    async copy(text) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        tell(words().copyFailed);
        return false;
      }
    },
  };
}
