import { createHash } from 'node:crypto';
import type { Bilingual, Source } from '../model/article';

/** What is stated of a vendor. A key that was served once stays here: old notices are read again. */
export const STATEMENT_KEYS = [
  'training',
  'retention',
  'human-review',
  'third-parties',
  'residency',
  'zero-retention',
  'cross-border',
] as const;
export type StatementKey = (typeof STATEMENT_KEYS)[number];

/** One statement of a vendor's data handling, with where it was read. */
export interface Statement {
  readonly key: StatementKey;
  /** The statement's value in a word or a number: what a material change is judged by. */
  readonly value: string;
  readonly text: Bilingual;
  /** The same in a few words, where it stands on the label. */
  readonly brief?: Bilingual | undefined;
  /** An empty address where dejiren itself is the source. */
  readonly source: Source;
  /** The source's own words, where they are quoted: what `dejiren notices check` looks for. */
  readonly quote?: string | undefined;
  /** Of notices on record alone: what the original article said, where it no longer held. `/data-handling` tells it now. */
  readonly outdated?: { readonly said: Bilingual; readonly source: Source } | undefined;
  /** ISO date on which the source was read. */
  readonly checkedOn: string;
  /** ISO date after which the statement no longer counts. */
  readonly reviewBy: string;
}

/** What the organisation's settings decide of the data handling. */
export interface NoticeRoute {
  readonly vendor: string;
  readonly endpoint: string;
  readonly region: string;
  readonly model: string;
  readonly sharesForTraining: boolean;
  /** What goes along beside the asker's own words; left out where that is nothing more. */
  readonly context?: 'consented' | 'none' | undefined;
  /** Of chats that cannot be read again: what stays in memory; left out where nothing does. */
  readonly memory?: MemoryWindow | undefined;
  /** What becomes of values that are found in a question; left out where all kinds are replaced, and nobody is asked. */
  readonly redaction?: NoticeRedaction | undefined;
}

export interface NoticeRedaction {
  /** The least that is done for anybody whom the notice is shown to. */
  readonly mode: 'off' | 'mask' | 'block';
  /** Kinds that are left alone, in a fixed order. */
  readonly without: readonly string[];
  /** The host that what people write goes to beforehand, to be searched. */
  readonly detector?: string | undefined;
}

/** `where`: only of chats that may not be read again; left out where that is every chat. */
export interface MemoryWindow {
  readonly turns: number;
  readonly minutes: number;
  readonly where?: 'unreadable' | undefined;
}

/** A vendor's data handling as shown to people: its statements and the route in force. */
export interface Notice {
  /** SHA-256 over the statements and the route, in hexadecimal. */
  readonly id: string;
  /** SHA-256 over what makes a change material: statement keys and values, and the route. */
  readonly materialId: string;
  readonly vendor: string;
  /** The vendor's name as people know it, e.g. `OpenAI`. */
  readonly vendorName: string;
  readonly route: NoticeRoute;
  readonly statements: readonly Statement[];
  /** The address of the public article, where everybody can read it; of notices in force alone, where it is told. */
  readonly page?: string | undefined;
}

/**
 * Makes the notice in force of a vendor's statements and the route that the settings give it. People's agreements
 * name these ids, so that the way they are made stays: what is added to a route must leave the ids of those without
 * it as they are.
 */
export function createNotice(parts: Pick<Notice, 'vendor' | 'vendorName' | 'route' | 'statements'>): Notice {
  const { vendor, vendorName, statements } = parts;
  const { endpoint, region, model, sharesForTraining, context, memory, redaction } = parts.route;
  const route = {
    vendor,
    endpoint,
    region,
    model,
    sharesForTraining,
    ...(context !== undefined && { context }),
    ...(memory !== undefined && { memory: windowInOrder(memory) }),
    ...(redaction !== undefined && { redaction: redactionInOrder(redaction) }),
  };
  const ordered = [...statements].sort((one, other) => (one.key < other.key ? -1 : 1));
  const material = [route, ordered.map(({ key, value }) => [key, value])];
  const whole = [
    route,
    vendorName,
    ordered.map(({ key, value, text, brief, source, checkedOn, reviewBy, quote, outdated }) => [
      key,
      value,
      text.en,
      text.ja,
      source.title,
      source.url,
      checkedOn,
      reviewBy,
      ...(quote === undefined && outdated === undefined ? [] : [quote ?? null, inOrder(outdated) ?? null]),
      ...(brief === undefined ? [] : [{ brief: [brief.en, brief.ja] }]),
    ]),
  ];
  return { id: sha256(whole), materialId: sha256(material), vendor, vendorName, route, statements };
}

function redactionInOrder({ mode, without, detector }: NoticeRedaction): NoticeRedaction {
  return { mode, without, ...(detector !== undefined && { detector }) };
}

/**
 * The SHA-256 of a notice's words in one language: the key and the text of each statement, by key, a line each, with an
 * empty line between statements.
 */
export function wordingHashOf({ statements }: Notice, language: keyof Bilingual): string {
  const ordered = [...statements].sort((one, other) => (one.key < other.key ? -1 : 1));
  const words = ordered.map(({ key, text }) => `${key}\n${text[language]}`).join('\n\n');
  return createHash('sha256').update(words).digest('hex');
}

function windowInOrder({ turns, minutes, where }: MemoryWindow): MemoryWindow {
  return { turns, minutes, ...(where !== undefined && { where }) };
}

/** An id does not depend on the order in which things are written down. */
function inOrder(outdated: Statement['outdated']): Statement['outdated'] {
  if (outdated === undefined) return undefined;
  const { said, source } = outdated;
  return { said: { en: said.en, ja: said.ja }, source: { title: source.title, url: source.url } };
}

/** Whether every statement is still within its review date (inclusive), at `nowMs` in UTC. */
export function isWithinReview(notice: Notice, nowMs: number): boolean {
  let until = reviewEnds.get(notice);
  if (until === undefined) {
    const ends = notice.statements.map(({ reviewBy }) => Date.parse(reviewBy) + DAY_MS);
    until = ends.length === 0 ? Number.NEGATIVE_INFINITY : Math.min(...ends);
    reviewEnds.set(notice, until);
  }
  return nowMs < until;
}

const DAY_MS = 86_400_000;
/** Asked with every decision, and always the same for a notice. */
const reviewEnds = new WeakMap<Notice, number>();

function sha256(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
