import { sealText } from '../../model/text';
import type { StreamPart, Usage } from '../connector';
import type { Oddity } from './oddity';
import { createSettling } from './settling';
import { createThoughtFilter, type ThoughtFilter } from './thoughts';
import { plainId, VendorError, type VendorErrorCategory } from './vendor-error';

/** What one event of a vendor's brings. */
export interface Said {
  /** Empty where the event only shows that the vendor is at work. */
  readonly words: string;
  /** The event, or a part of it, was not understood. */
  readonly oddity?: Oddity;
  /** The event brings thoughts, apart from the words. */
  readonly isThought?: boolean;
}

export const SILENCE: Said = { words: '' };
export const THOUGHT: Said = { words: '', isThought: true };

/** What several events, or the parts of one, bring together. */
export function together(all: readonly Said[]): Said {
  const oddity = all.find((one) => one.oddity !== undefined)?.oddity;
  return {
    words: all.map(({ words }) => words).join(''),
    ...(all.some(({ isThought }) => isThought === true) && { isThought: true }),
    ...(oddity !== undefined && { oddity }),
  };
}

/** How an answer ended by the vendor's word. It counts once the stream is over. */
export interface Ending {
  /** A category: it ended as a failure. */
  readonly how: 'complete' | 'cut' | VendorErrorCategory;
  readonly usage?: Usage;
  /** By the protocol nothing comes after it. */
  readonly isLast?: boolean;
}

/** Understands the events of one answer, in the order in which they come. */
export interface AnswerReader<Event> {
  /** Throws a `VendorError` where the event tells a failure. */
  read(event: Event): Said;
  /** How the answer ended, by what the vendor said last; undefined while it said nothing of it. */
  ending(): Ending | undefined;
  /** A piece of the answer could not be read: words may be lost. */
  isBroken?(): boolean;
  /** The vendor's id of the answer, where its events tell it: it goes before the one of the opening. */
  requestId?(): string | undefined;
}

/** An answer that the vendor began. */
export interface OpenedAnswer<Event> {
  readonly events: AsyncIterable<Event>;
  /** The vendor's id of the request. */
  readonly requestId: string | null | undefined;
}

/** One vendor's way of answering. */
export interface AnswerSource<Event> {
  /** Asks; aborting `signal` closes the socket. */
  open(signal: AbortSignal): Promise<OpenedAnswer<Event>>;
  /** Made anew for every answer. */
  readonly reader: AnswerReader<Event>;
  /** Made anew for every answer; one that knows tags alone where it is not told. */
  readonly thoughts?: ThoughtFilter;
  /** What an error on the way means; `begun`: events had come. It is not asked once `signal` is aborted. */
  errorOf(error: unknown, state: { readonly begun: boolean; readonly requestId: string | undefined }): VendorError;
}

/** Faults of the connection. What the vendor itself tells is none. */
const FAULTS: ReadonlySet<VendorErrorCategory> = new Set(['network', 'truncated', 'protocol', 'cancelled']);
const LIFE: StreamPart = { type: 'life' };
const THINKS: StreamPart = { type: 'life', isThought: true };
const OPENING: StreamPart = { type: 'life', isOpening: true };

/**
 * Carries the events of one answer to its parts. The vendor's word decides how an answer ended, and the end of its
 * stream when: servers say `stop` with every event, or before their last words. A stream that ends without such a word
 * was cut off, and throws: it ends silently when it is aborted or the connection closes early.
 *
 * @example
 * ```ts
 * const source: AnswerSource<WireEvent> = {
 *   open: async (call) => ({ events: wireEventsOf((await post(prompt, call)).body), requestId: undefined }),
 *   reader: createAcmeReader(),
 *   errorOf: (error, { begun }) => acmeErrorOf(error, begun),
 * };
 * yield* answerOf(source, signal);
 * ```
 */
export async function* answerOf<Event>(
  { open, reader, errorOf, thoughts = createThoughtFilter() }: AnswerSource<Event>,
  signal: AbortSignal,
): AsyncGenerator<StreamPart> {
  if (signal.aborted) throw new VendorError('cancelled');
  const call = new AbortController();
  const hangUp = (): void => call.abort();
  signal.addEventListener('abort', hangUp);
  const settling = createSettling(hangUp);
  let requestId: string | undefined;
  let begun = false;
  let isOver = false;
  let fault: VendorError | undefined;
  try {
    const opened = await open(call.signal);
    requestId = plainId(opened.requestId);
    yield OPENING;
    const events = opened.events[Symbol.asyncIterator]();
    for (;;) {
      const next = await settling.next(events);
      if (next.done === true) break;
      begun = true;
      const said = reader.read(next.value);
      if (said.isThought === true) thoughts.comesApart();
      const words = thoughts.push(said.words);
      const life = lifeIn(said, words);
      if (life !== undefined) yield life;
      if (words !== '') yield { type: 'delta', text: sealText(words) };
      settling.hear(said.words, reader.ending());
    }
    isOver = !call.signal.aborted;
  } catch (error) {
    if (!signal.aborted && !settling.isSettled()) fault = errorOf(error, { begun, requestId });
  } finally {
    signal.removeEventListener('abort', hangUp);
    // Not every SDK closes the socket when its reader leaves.
    if (!isOver) hangUp();
  }

  requestId = plainId(reader.requestId?.()) ?? requestId;
  const details = requestId === undefined ? {} : { requestId };
  if (fault !== undefined && !FAULTS.has(fault.category)) throw withId(fault, requestId);
  const ending = reader.ending();
  const rest = thoughts.flush(fault === undefined && !signal.aborted && ending?.how === 'complete');
  if (rest !== '') yield { type: 'delta', text: sealText(rest) };
  // A reason that nobody can believe does not make a whole answer of one that broke off.
  const counts = isOver || settling.isSettled() || !settling.isDoubted();
  if (ending === undefined || !counts) {
    if (signal.aborted) throw new VendorError('cancelled', details);
    if (fault !== undefined) throw withId(fault, requestId);
    throw new VendorError(begun && reader.isBroken?.() !== true ? 'truncated' : 'protocol', details);
  }
  const { how, usage } = ending;
  if (how !== 'complete' && how !== 'cut') throw new VendorError(how, details);
  yield { type: 'finish', reason: how, ...(usage !== undefined && { usage }), ...details };
}

/** The sign of life in an event beside the words that are said of it. */
function lifeIn({ words, oddity, isThought }: Said, said: string): StreamPart | undefined {
  if (oddity !== undefined) return { type: 'life', oddity, ...(isThought === true && { isThought }) };
  if (said !== '') return undefined;
  // Words that are held back may be thoughts.
  return isThought === true || words !== '' ? THINKS : LIFE;
}

function withId(error: VendorError, requestId: string | undefined): VendorError {
  if (error.requestId !== undefined || requestId === undefined) return error;
  const { category, status, retryAfterMs, vendorCode, refused } = error;
  return new VendorError(category, { requestId, status, retryAfterMs, vendorCode, refused });
}
