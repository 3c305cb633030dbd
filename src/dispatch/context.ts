import type { ThreadMessage, TurnSurface } from '../chat/adapter';
import type { Person, Turn, Utterance } from '../chat/turn';
import type { ConsentGate } from '../consent/consent';
import type { Context, ContextMessage, NamedPerson } from '../redact/context';
import type { Text } from '../text/text';
import { keyOfPerson } from './in-flight';

/**
 * Whose words go along with a question: the asker's own and dejiren's answers to them; everyone's who agreed to
 * the vendor; nobody's.
 */
export type ContextMode = 'own' | 'consented' | 'none';

/** The newest messages are kept, up to both limits. */
export interface ContextLimits {
  readonly messages: number;
  /** UTF-16 code units over all messages. */
  readonly characters: number;
}

/** What was read of a thread, with whose consent it was read by. */
export interface ContextReading extends Context {
  /** Everybody but the asker by whose consent something of it may go. */
  readonly restsOn: readonly Person[];
}

export interface ContextRequest {
  readonly turn: Turn;
  readonly surface: Pick<TurnSurface, 'readThread'>;
  readonly mode: ContextMode;
  readonly vendor: string;
  readonly gate: Pick<ConsentGate, 'check'>;
  /** The asker's pseudonym, by which dejiren's answers to them are known. */
  readonly asker: string;
  readonly limits: ContextLimits;
  readonly signal: AbortSignal;
}

/** Messages that are read for each that may be sent, since other people's stand between the asker's own. */
const READ_AHEAD = 4;

const NOTHING: ContextReading = { messages: [], withheld: [], people: [], restsOn: [] };

/**
 * Reads the thread from the platform and sorts it into what may go to the vendor and what may not, each message by
 * its own author's consent. A thread that cannot be read is no context. Never rejects, given a surface and a gate
 * that keep their promise.
 */
export async function readContext(request: ContextRequest): Promise<ContextReading> {
  const { turn, surface, mode, limits, signal } = request;
  if (mode === 'none' || limits.messages === 0 || signal.aborted) return NOTHING;
  const reading = await surface.readThread(limits.messages * READ_AHEAD, signal);
  if (reading.kind === 'unavailable' || signal.aborted) return NOTHING;

  const consented = mode === 'consented' ? await askForConsent(reading.messages, request) : NOBODY;
  const sendable: ContextMessage[] = [];
  const withheld: Utterance[] = [];
  for (const message of reading.messages) {
    const sorted = sort(message, turn.person, request.asker, consented);
    if (sorted !== undefined) sendable.push(sorted);
    else {
      withheld.push(message.said);
      if (mode === 'consented' && message.kind === 'person') sendable.push({ from: 'withheld' });
    }
  }
  const people = peopleIn(reading.messages);
  return { messages: newest(sendable, limits), withheld, people, restsOn: consented.people };
}

interface Consented {
  readonly people: readonly Person[];
  readonly authors: ReadonlySet<string>;
  /** Pseudonyms, as dejiren's answers carry them. */
  readonly askers: ReadonlySet<string>;
}

const NOBODY: Consented = { people: [], authors: new Set(), askers: new Set() };

async function askForConsent(messages: readonly ThreadMessage[], request: ContextRequest): Promise<Consented> {
  const { turn, gate, vendor } = request;
  const others = new Map<string, Person>();
  for (const message of messages)
    if (message.kind === 'person' && !isSame(message.author, turn.person))
      others.set(keyOfPerson(message.author), message.author);

  const people: Person[] = [];
  const authors = new Set<string>();
  const askers = new Set<string>();
  await Promise.all(
    [...others].map(async ([key, person]) => {
      const { decision, pseudonyms } = await gate.check(person, vendor, turn.conversation.id);
      if (decision.kind !== 'allow') return;
      people.push(person);
      authors.add(key);
      if (pseudonyms !== undefined) askers.add(pseudonyms.asker);
    }),
  );
  return { people, authors, askers };
}

function sort(
  message: ThreadMessage,
  askingPerson: Person,
  asker: string,
  consented: Consented,
): ContextMessage | undefined {
  const { said } = message;
  if (message.kind === 'answer') {
    const known = message.asker !== undefined && (message.asker === asker || consented.askers.has(message.asker));
    return known ? { from: 'dejiren', said } : undefined;
  }
  if (isSame(message.author, askingPerson)) return { from: 'asker', said };
  return consented.authors.has(keyOfPerson(message.author))
    ? { from: 'person', id: message.author.id, said }
    : undefined;
}

function newest(messages: readonly ContextMessage[], limits: ContextLimits): readonly ContextMessage[] {
  let characters = 0;
  let first = messages.length;
  while (first > 0 && messages.length - first < limits.messages) {
    const message = messages[first - 1];
    characters += message === undefined || message.from === 'withheld' ? 0 : message.said.text.length;
    if (characters > limits.characters) break;
    first -= 1;
  }
  return messages.slice(first);
}

function peopleIn(messages: readonly ThreadMessage[]): readonly NamedPerson[] {
  const people = new Map<string, Text[]>();
  for (const message of messages)
    if (message.kind === 'person')
      people.set(message.author.id, [...(people.get(message.author.id) ?? []), ...message.names]);
  return [...people].map(([id, names]) => ({ id, names }));
}

function isSame(one: Person, other: Person): boolean {
  return one.id === other.id && one.tenant === other.tenant && one.platform === other.platform;
}
