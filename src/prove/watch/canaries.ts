import { randomInt } from 'node:crypto';

/** What a canary was put into. */
export const FIELDS = [
  'prompt',
  'reply',
  'early-prompt',
  'early-reply',
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
  'person-id',
  'other-id',
  'place-id',
  'tenant-id',
  'message-id',
] as const;
export type Field = (typeof FIELDS)[number];

/** How a field is told to people. */
export const FIELD_WORDS: Readonly<Record<Field, string>> = {
  prompt: 'a question',
  reply: 'an answer',
  'early-prompt': 'an earlier question',
  'early-reply': 'an earlier answer',
  stranger: 'a question before consent',
  'late-prompt': 'a question without consent',
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
  'person-id': "a person's id",
  'other-id': "another person's id",
  'place-id': "a conversation's id",
  'tenant-id': "an organisation's id",
  'message-id': "a message's id",
};

/** What platforms know things by: they come with every message, stay in memory, and go back to the platform. */
export const IDS: ReadonlySet<Field> = new Set(['person-id', 'other-id', 'place-id', 'tenant-id', 'message-id']);

/**
 * What every whole answer of a vendor holds, with the answer's word behind it: who clicked it would carry that word out.
 */
export const CARRIER = 'https://collect.example/?d=';

/** A word that occurs nowhere else: it tells the run, the field and the case that it was put into. */
export interface Canary {
  readonly field: Field;
  readonly caseId: string;
  /** ASCII letters. */
  readonly word: string;
  /** The word with letters that folding, escaping and encoding change. */
  readonly text: string;
  /** Another word for the same, e.g. a GUID. */
  readonly also?: string;
}

export interface Canaries {
  /** ASCII letters that every canary of the run begins with. */
  readonly mark: string;
  /** Half-width kana that every canary's text ends with. */
  readonly kana: string;
  /** What every GUID of the run begins with. */
  readonly guidMark: string;
  /** What the ids of all messages begin with. Slack's begin with a second and a dot: the time alone is no id. */
  readonly messageMarks: { readonly slack: string; readonly teams: string };
  /** The same canary for the same field and case, which is told by three letters. */
  of(field: Field, caseId: string): Canary;
  /** The same as a GUID, for ids of a directory. */
  guidOf(field: Field, caseId: string): string;
  /** Every canary that was asked for so far. */
  all(): readonly Canary[];
  /** Those whose words stand plainly in this text, in capitals or not. */
  namedIn(text: string): readonly Canary[];
}

/** Consonants alone, so that no word of a language, and no hexadecimal, is met by chance. */
const LETTERS = 'bcdfghjklmnpqrstvwxz';
const KANA = 'ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ';
/** Letters of a mark; sixteen bytes of a GUID leave three for the case. */
const MARK_LETTERS = 13;

export function createCanaries(): Canaries {
  const pick = (letters: string, count: number): string =>
    Array.from({ length: count }, () => letters[randomInt(letters.length)]).join('');
  const mark = `zq${pick(LETTERS, MARK_LETTERS - 2)}`;
  const kana = pick(KANA, 6);
  const messageMarks = {
    slack: `${randomInt(1_300_000_000, 1_400_000_000)}.`,
    teams: String(randomInt(1_400_000_000, 1_600_000_000)),
  };
  const made = new Map<string, Canary>();
  const byGuid = new Map<string, Canary>();
  const named = new RegExp(`${mark}(?:${FIELDS.map(lettersOf).join('|')})[a-z]{3}z`, 'giu');
  const guidMark = guidFrom(`${mark}aaa`).slice(0, 23);
  const guids = new RegExp(`${guidMark}-[0-9a-f]{12}`, 'giu');

  function of(field: Field, caseId: string): Canary {
    const also = field === 'message-id' ? { also: messageMarks.teams } : {};
    const word = field === 'message-id' ? messageMarks.slack : `${mark}${lettersOf(field)}${caseId}z`;
    const canary = made.get(word) ?? { field, caseId, word, text: `${word}${kana}`, ...also };
    made.set(word, canary);
    return canary;
  }

  return {
    mark,
    kana,
    guidMark,
    messageMarks,
    of,
    guidOf(field, caseId) {
      const guid = guidFrom(`${mark}${GUID_LETTERS[field] ?? ''}${caseId}`.slice(0, 16));
      const canary = { ...of(field, caseId), also: guid };
      made.set(canary.word, canary);
      byGuid.set(guid, canary);
      return guid;
    },
    all: () => [...made.values()],
    namedIn(text) {
      const words = new Set([...text.matchAll(named)].map(([word]) => word.toLowerCase()));
      const ids = new Set([...text.matchAll(guids)].map(([guid]) => guid.toLowerCase()));
      const messages = Object.values(messageMarks).some((mark) => text.includes(mark)) ? [of('message-id', 'any')] : [];
      return [
        ...new Set([
          ...[...words].flatMap((word) => made.get(word) ?? []),
          ...[...ids].flatMap((guid) => byGuid.get(guid) ?? []),
          ...messages,
        ]),
      ];
    },
  };
}

/** A directory knows people and organisations; the latter have one letter of their own before the case. */
const GUID_LETTERS: Partial<Readonly<Record<Field, string>>> = { 'tenant-id': 'T' };

function guidFrom(letters: string): string {
  return Buffer.from(letters)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/u, '$1-$2-$3-$4-$5');
}

function lettersOf(field: Field): string {
  return field.replaceAll('-', '');
}

/** The name of the n-th case, in three letters: aaa, aab, … */
export function caseIdOf(index: number): string {
  const letter = (number: number): string => String.fromCharCode(97 + (number % 26));
  return `${letter(Math.floor(index / 676))}${letter(Math.floor(index / 26))}${letter(index)}`;
}
