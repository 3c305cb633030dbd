import type { ThreadMessage } from '../../src/chat/adapter';
import type { Answerer } from '../../src/chat/reply';
import type { Person, Turn } from '../../src/chat/turn';
import { openText, sealText, type Text } from '../../src/text/text';

/** How much of a conversation is kept in memory; `turns` 0 keeps nothing. */
export interface MemoryBounds {
  readonly turns: number;
  readonly minutes: number;
}

/**
 * The last questions that a person was answered, with the answers, in memory alone: Teams lets a bot read a chat only
 * with a permission that few organisations give. Nobody else's words are in it. It ends with its time, with `/new`,
 * with a withdrawal, and with the program.
 */
export interface Memory {
  keep(turn: Turn, answerer: Answerer, pieces: readonly Text[]): void;
  /** What the person said and was answered in this thread, oldest first. */
  recall(turn: Turn): readonly ThreadMessage[];
  /** Forgets one conversation of the person. */
  startAnew(turn: Pick<Turn, 'person' | 'conversation'>): void;
  /** Forgets everything of a person. */
  forget(person: { readonly platform: string; readonly tenant: string; readonly id: string }): void;
  /** Forgets the answered message, where its writer deleted it. */
  dropMessage(conversation: string, message: string): void;
  /** Forgets everything that was said in a conversation. */
  dropConversation(conversation: string): void;
}

interface Remembered {
  readonly at: number;
  readonly message: string;
  readonly question: Turn['question'];
  readonly asker: string;
  readonly answer: Text;
}

interface Window {
  readonly person: Person;
  readonly conversation: string;
  turns: readonly Remembered[];
}

/** Windows kept at once; the one that was quiet longest goes first. */
const WINDOWS = 5_000;
const ANSWER_CHARACTERS = 20_000;

export function createMemory({ turns: most, minutes }: MemoryBounds, now: () => number): Memory {
  const windows = new Map<string, Window>();
  const keyOf = ({ person, conversation }: Pick<Turn, 'person' | 'conversation'>): string =>
    JSON.stringify([person.tenant, person.id, conversation.id, conversation.thread]);

  const fresh = (window: Window): readonly Remembered[] =>
    window.turns.filter(({ at }) => at > now() - minutes * 60_000).slice(-most);

  const dropWhere = (goes: (window: Window) => boolean): void => {
    for (const [key, window] of windows) if (goes(window)) windows.delete(key);
  };

  /** What is too old is let go even where nobody asks again. */
  const sweep = (): void => {
    for (const [key, window] of windows) {
      window.turns = fresh(window);
      if (window.turns.length === 0) windows.delete(key);
    }
    if (windows.size > 0) setTimeout(sweep, 60_000).unref();
    else sweeping = false;
  };
  let sweeping = false;

  return {
    keep(turn, { asker }, pieces) {
      if (most === 0 || minutes === 0) return;
      const answer = joined(pieces);
      if (answer.isBlank) return;
      const key = keyOf(turn);
      const window = windows.get(key) ?? { person: turn.person, conversation: turn.conversation.id, turns: [] };
      const one = { at: now(), message: turn.message.message, question: turn.question, asker, answer };
      window.turns = [...fresh(window), one].slice(-most);
      windows.delete(key);
      windows.set(key, window);
      const [oldest] = windows.keys();
      if (windows.size > WINDOWS && oldest !== undefined) windows.delete(oldest);
      if (!sweeping) {
        sweeping = true;
        setTimeout(sweep, 60_000).unref();
      }
    },
    recall(turn) {
      const window = windows.get(keyOf(turn));
      if (window === undefined) return [];
      return fresh(window).flatMap(({ question, answer, asker }): readonly ThreadMessage[] => [
        { kind: 'person', author: turn.person, names: [], said: question },
        { kind: 'answer', asker, said: { text: answer, mentions: [] } },
      ]);
    },
    startAnew: (turn) => void windows.delete(keyOf(turn)),
    forget: ({ platform, tenant, id }) =>
      dropWhere(({ person }) => platform === 'teams' && person.tenant === tenant && person.id === id),
    dropMessage(conversation, message) {
      for (const window of windows.values())
        if (window.conversation === conversation)
          window.turns = window.turns.filter((turn) => turn.message !== message);
    },
    dropConversation: (conversation) => dropWhere((window) => window.conversation === conversation),
  };
}

function joined(pieces: readonly Text[]): Text {
  let words = '';
  for (const piece of pieces) {
    if (words.length >= ANSWER_CHARACTERS) break;
    words += openText(piece);
  }
  return sealText(words.slice(0, ANSWER_CHARACTERS));
}
