import { randomInt } from 'node:crypto';

/** What a canary was put into. */
export const FIELDS = [
  'prompt',
  'reply',
  'stranger',
  'late-prompt',
  'late-reply',
  'thread',
  'name',
  'channel-name',
  'file-name',
  'file',
  'command',
  'press',
  'error',
  'malformed',
  'secret',
] as const;
export type Field = (typeof FIELDS)[number];

/** How a field is told to people. */
export const FIELD_WORDS: Readonly<Record<Field, string>> = {
  prompt: 'a question',
  reply: 'an answer',
  stranger: 'a question before consent',
  'late-prompt': 'a question after withdrawal',
  'late-reply': 'an answer after it was withdrawn or stopped',
  thread: "another person's message",
  name: "a person's name",
  'channel-name': "a channel's name",
  'file-name': "a file's name",
  file: "a file's content",
  command: 'stray words after the command',
  press: 'what came with a press',
  error: "words of a vendor's error",
  malformed: 'a malformed request',
  secret: 'a token or key',
};

/** A word that occurs nowhere else: it tells the run, the field and the case that it was put into. */
export interface Canary {
  readonly field: Field;
  readonly caseId: string;
  /** ASCII letters. */
  readonly word: string;
  /** The word with letters that folding, escaping and encoding change. */
  readonly text: string;
}

export interface Canaries {
  /** ASCII letters that every canary of the run begins with. */
  readonly mark: string;
  /** Half-width kana that every canary's text ends with. */
  readonly kana: string;
  /** The same canary for the same field and case, which is told by three letters. */
  of(field: Field, caseId: string): Canary;
  /** Every canary that was asked for so far. */
  all(): readonly Canary[];
  /** Those whose words stand plainly in this text. */
  namedIn(text: string): readonly Canary[];
}

/** Consonants alone, so that no word of a language, and no hexadecimal, is met by chance. */
const LETTERS = 'bcdfghjklmnpqrstvwxz';
const KANA = 'ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ';

export function createCanaries(): Canaries {
  const pick = (letters: string, count: number): string =>
    Array.from({ length: count }, () => letters[randomInt(letters.length)]).join('');
  const mark = `zq${pick(LETTERS, 11)}`;
  const kana = pick(KANA, 6);
  const made = new Map<string, Canary>();
  const named = new RegExp(`${mark}(?:${FIELDS.map(lettersOf).join('|')})[a-z]{3}z`, 'gu');
  return {
    mark,
    kana,
    of(field, caseId) {
      const word = `${mark}${lettersOf(field)}${caseId}z`;
      const canary = made.get(word) ?? { field, caseId, word, text: `${word}${kana}` };
      made.set(word, canary);
      return canary;
    },
    all: () => [...made.values()],
    namedIn(text) {
      const words = new Set([...text.matchAll(named)].map(([word]) => word));
      return [...words].flatMap((word) => made.get(word) ?? []);
    },
  };
}

function lettersOf(field: Field): string {
  return field.replace('-', '');
}

/** The name of the n-th case, in three letters: aaa, aab, … */
export function caseIdOf(index: number): string {
  const letter = (number: number): string => String.fromCharCode(97 + (number % 26));
  return `${letter(Math.floor(index / 676))}${letter(Math.floor(index / 26))}${letter(index)}`;
}
