import { RecentMap } from '../../src/kit/recent-map';
import type { ThreadMessage } from '../../src/model/adapter';
import type { Answerer } from '../../src/model/reply';
import { openText, sealText, type Text } from '../../src/model/text';
import type { MessageRef, Person, Turn, Utterance } from '../../src/model/turn';
import type { MemoryBounds } from '../platform-module';

/**
 * The last questions that a person was answered, with the answers, in memory alone, of chats that may not be read
 * again. Nobody else's words are in it. It ends with its time, with `/new`, with a withdrawal, and with the program.
 */
export interface Memory {
  /** Follows a question while it is answered: what its writer does to it meanwhile counts. `team`: whose channel it is. */
  follow(turn: Turn, team: string | undefined): Followed;
  /** What the person said and was answered in this thread, oldest first. */
  recall(turn: Turn): readonly ThreadMessage[];
  /** Forgets one conversation of the person. */
  startAnew(turn: Pick<Turn, 'person' | 'conversation'>): void;
  /** Forgets everything of a person. */
  forget(person: { readonly platform: string; readonly tenant: string; readonly id: string }): void;
  /**
   * Puts the words that a question has now in the place of those it had, unless they have been edited since (`at`:
   * seconds of Teams' clock). They are read only where the question is known.
   */
  editMessage(conversation: string, message: string, at: number | undefined, read: () => Utterance | undefined): void;
  /** Forgets the answered message, where its writer deleted it. */
  dropMessage(conversation: string, message: string): void;
  /** Forgets everything that was said in a conversation, or in a team. Gives the questions that are being answered there. */
  dropPlace(id: string): readonly MessageRef[];
}

export interface Followed {
  keep(answerer: Answerer, pieces: readonly Text[]): void;
  /** The answer has ended. */
  end(): void;
}

interface Remembered {
  readonly at: number;
  readonly message: string;
  question: Utterance;
  editedAt: number | undefined;
  readonly asker: string;
  readonly answer: Text;
}

interface Window {
  readonly person: Person;
  readonly conversation: string;
  readonly team: string | undefined;
  turns: readonly Remembered[];
}

/** A question that is being answered. */
interface Open {
  readonly turn: Turn;
  readonly team: string | undefined;
  question: Utterance;
  editedAt: number | undefined;
  isGone: boolean;
}

/** Windows kept at once; the one that was quiet longest goes first. */
const WINDOWS = 5_000;
const ANSWER_CHARACTERS = 20_000;

export function createMemory({ turns: most, minutes }: MemoryBounds, now: () => number): Memory {
  const windows = new RecentMap<string, Window>(WINDOWS);
  const answering = new Set<Open>();
  let sweeping = false;

  const fresh = (window: Window): readonly Remembered[] =>
    window.turns.filter(({ at }) => at > now() - minutes * 60_000).slice(-most);

  const dropWhere = (goes: (one: Pick<Window, 'person' | 'conversation' | 'team'>, key: string) => boolean): void => {
    for (const [key, window] of windows) if (goes(window, key)) windows.delete(key);
    for (const open of answering) {
      const { person, conversation } = open.turn;
      open.isGone ||= goes({ person, conversation: conversation.id, team: open.team }, keyOf(open.turn));
    }
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

  function keep({ turn, team, question, editedAt }: Open, asker: string, answer: Text): void {
    const { person, conversation, message } = turn;
    const key = keyOf(turn);
    const window = windows.get(key) ?? { person, conversation: conversation.id, team, turns: [] };
    window.turns = [...fresh(window), { at: now(), message: message.message, question, editedAt, asker, answer }].slice(
      -most,
    );
    windows.set(key, window);
    if (sweeping) return;
    sweeping = true;
    setTimeout(sweep, 60_000).unref();
  }

  const isOpen = ({ turn }: Open, conversation: string, message: string): boolean =>
    turn.conversation.id === conversation && turn.message.message === message;

  function dropMessage(conversation: string, message: string): void {
    for (const open of answering) open.isGone ||= isOpen(open, conversation, message);
    for (const window of windows.values())
      if (window.conversation === conversation) window.turns = window.turns.filter((turn) => turn.message !== message);
  }

  return {
    follow(turn, team) {
      const open: Open = { turn, team, question: turn.question, editedAt: undefined, isGone: false };
      answering.add(open);
      return {
        keep({ asker }, pieces) {
          if (open.isGone || most === 0 || minutes === 0) return;
          const answer = joined(pieces);
          if (!answer.isBlank) keep(open, asker, answer);
        },
        end: () => void answering.delete(open),
      };
    },
    recall(turn) {
      const window = windows.get(keyOf(turn));
      if (window === undefined) return [];
      return fresh(window).flatMap(({ question, answer, asker }): readonly ThreadMessage[] => [
        { kind: 'person', author: turn.person, names: [], said: question },
        { kind: 'answer', asker, said: { text: answer, mentions: [] } },
      ]);
    },
    startAnew: (turn) => dropWhere((_one, key) => key === keyOf(turn)),
    forget: ({ platform, tenant, id }) =>
      dropWhere(({ person }) => platform === 'teams' && person.tenant === tenant && person.id === id),
    editMessage(conversation, message, at, read) {
      const opened = [...answering].filter((open) => isOpen(open, conversation, message));
      const kept = [...windows.values()]
        .filter((window) => window.conversation === conversation)
        .flatMap(({ turns }) => turns.filter((turn) => turn.message === message));
      const older = [...opened, ...kept].filter(
        ({ editedAt }) => at === undefined || editedAt === undefined || editedAt < at,
      );
      if (older.length === 0) return;
      const question = read();
      if (question === undefined || question.text.isBlank) return dropMessage(conversation, message);
      for (const one of older) Object.assign(one, { question, editedAt: at ?? one.editedAt });
    },
    dropMessage,
    dropPlace(id) {
      const isThere = (one: { conversation: string; team: string | undefined }): boolean =>
        one.conversation === id || one.team === id;
      dropWhere(isThere);
      return [...answering]
        .filter(({ turn, team }) => isThere({ conversation: turn.conversation.id, team }))
        .map(({ turn }) => turn.message);
    },
  };
}

function keyOf({ person, conversation }: Pick<Turn, 'person' | 'conversation'>): string {
  return JSON.stringify([person.tenant, person.id, conversation.id, conversation.thread]);
}

function joined(pieces: readonly Text[]): Text {
  let words = '';
  for (const piece of pieces) {
    if (words.length >= ANSWER_CHARACTERS) break;
    words += openText(piece);
  }
  return sealText(words.slice(0, ANSWER_CHARACTERS));
}
