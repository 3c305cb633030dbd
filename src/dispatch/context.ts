import type { ConsentGate } from '../consent/consent';
import type { ThreadMessage, ThreadReading, TurnSurface } from '../model/adapter';
import type { Text } from '../model/text';
import type { Person, Turn, Utterance } from '../model/turn';
import type { Context, ContextMessage, NamedPerson } from '../redact/context';
import { type Consents, createConsents, NOBODY } from './context-consents';

/**
 * Whose words go along with a question: the asker's own and dejiren's answers to them; everyone's who agreed to
 * the vendor; nobody's.
 */
export type ContextMode = 'own' | 'consented' | 'none';

/** The newest messages that may go are kept, up to both limits. */
export interface ContextLimits {
  readonly messages: number;
  /** UTF-16 code units over all messages. */
  readonly characters: number;
}

/** What was read of a thread, with whose consent it was read by. */
export interface ContextReading extends Context {
  /** Everybody but the asker by whose consent something of it may go. */
  readonly restsOn: readonly Person[];
  /** Messages that the asker forwarded and that do not go. */
  readonly forwardsLeftOut: number;
  /** Why nothing of the thread was read, where it was to be. */
  readonly unread: 'not-permitted' | 'failed' | undefined;
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

/** Messages that are read at once for each that may be sent, since other people's stand between the asker's own. */
const READ_AHEAD = 4;
/** Messages that are looked at in all. */
const MOST_READ = 1_000;

/**
 * Reads the thread from the platform and sorts it into what may go to the vendor and what may not, each message by
 * its own author's consent; what the asker forwarded likewise. Goes back until enough was found that may go, within a
 * bound. A thread that cannot be read is no context. Never rejects, given a surface and a gate that keep their promise.
 */
export async function readContext(request: ContextRequest): Promise<ContextReading> {
  const { turn, mode, limits, signal } = request;
  const consents = mode === 'consented' ? createConsents(request) : NOBODY;
  const forwarded = (turn.forwarded ?? []).map((one): ThreadMessage => ({ kind: 'person', ...one }));
  await consents.ask(forwarded);
  const along = mode === 'none' ? withholdAll(forwarded) : sortAll(forwarded, request, consents);
  const goAlong = newest(along.sendable, { ...limits, messages: forwarded.length });

  const reads = mode !== 'none' && limits.messages > 0 && !signal.aborted;
  const thread = reads ? await readEnough(request, consents) : NOTHING;
  const before = signal.aborted ? NOTHING : thread;
  return {
    messages: [...newest(before.sorted.sendable, limits), ...goAlong],
    withheld: [...before.sorted.withheld, ...along.withheld],
    people: peopleIn([...before.messages, ...forwarded]),
    restsOn: consents.people(),
    forwardsLeftOut: forwarded.length - goAlong.filter(({ from }) => from !== 'withheld').length,
    unread: before.unread,
  };
}

interface Sorted {
  readonly sendable: readonly ContextMessage[];
  readonly withheld: readonly Utterance[];
}

interface ThreadRead {
  readonly messages: readonly ThreadMessage[];
  readonly sorted: Sorted;
  readonly unread: ContextReading['unread'];
}

const NOTHING: ThreadRead = { messages: [], sorted: { sendable: [], withheld: [] }, unread: undefined };

async function readEnough(request: ContextRequest, consents: Consents): Promise<ThreadRead> {
  const { surface, limits, signal } = request;
  let reading: ThreadReading = await surface.readThread(limits.messages * READ_AHEAD, signal);
  if (reading.kind === 'unavailable') return { ...NOTHING, unread: signal.aborted ? undefined : reading.reason };
  let messages: readonly ThreadMessage[] = [];
  for (;;) {
    await consents.ask(reading.messages);
    messages = [...reading.messages, ...messages];
    const sorted = sortAll(messages, request, consents);
    const enough = isFull(sorted.sendable, limits) || messages.length >= MOST_READ || signal.aborted;
    const older: ThreadReading | undefined = enough ? undefined : await reading.older?.();
    if (older?.kind !== 'read') return { messages, sorted, unread: undefined };
    reading = older;
  }
}

function withholdAll(messages: readonly ThreadMessage[]): Sorted {
  return { sendable: [], withheld: messages.map(({ said }) => said) };
}

/** What may not go leaves a mark where everybody's words were to go along, one for a run of them. */
function sortAll(
  messages: readonly ThreadMessage[],
  { turn, asker, mode }: ContextRequest,
  consents: Consents,
): Sorted {
  const sendable: ContextMessage[] = [];
  const withheld: Utterance[] = [];
  for (const message of messages) {
    const sorted = sort(message, turn.person, asker, consents);
    if (sorted !== undefined) sendable.push(sorted);
    else {
      withheld.push(message.said);
      if (mode === 'consented' && message.kind === 'person' && sendable.at(-1)?.from !== 'withheld')
        sendable.push({ from: 'withheld' });
    }
  }
  return { sendable, withheld };
}

function sort(
  message: ThreadMessage,
  askingPerson: Person,
  asker: string,
  consents: Consents,
): ContextMessage | undefined {
  const { said } = message;
  if (message.kind === 'answer') {
    const known = message.asker !== undefined && (message.asker === asker || consents.answered(message.asker));
    return known ? { from: 'dejiren', said } : undefined;
  }
  if (isSame(message.author, askingPerson)) return { from: 'asker', said };
  return consents.given(message.author) ? { from: 'person', id: message.author.id, said } : undefined;
}

function isFull(messages: readonly ContextMessage[], limits: ContextLimits): boolean {
  const lengths = messages.flatMap((message) => (message.from === 'withheld' ? [] : [message.said.text.length]));
  const characters = lengths.reduce((sum, length) => sum + length, 0);
  return lengths.length >= limits.messages || characters >= limits.characters;
}

/** The limits count what goes: a mark for what does not takes no place from it. */
function newest(messages: readonly ContextMessage[], limits: ContextLimits): readonly ContextMessage[] {
  let characters = 0;
  let count = 0;
  const tooMany = messages.findLastIndex((message) => {
    if (message.from === 'withheld') return false;
    count += 1;
    characters += message.said.text.length;
    return count > limits.messages || characters > limits.characters;
  });
  return messages.slice(tooMany + 1);
}

function peopleIn(messages: readonly ThreadMessage[]): readonly NamedPerson[] {
  const people = new Map<string, Text[]>();
  for (const message of messages)
    if (message.kind === 'person')
      people.set(message.author.id, [...(people.get(message.author.id) ?? []), ...message.names]);
  return [...people].map(([id, names]) => ({ id, names }));
}

/** The same person, met in the same way: a bot or a stranger that bears the asker's id is not the asker. */
function isSame(one: Person, other: Person): boolean {
  return (
    one.id === other.id &&
    one.tenant === other.tenant &&
    one.platform === other.platform &&
    one.membership === other.membership
  );
}
