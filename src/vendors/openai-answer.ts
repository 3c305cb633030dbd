import { sealText } from '../text/text';
import type { StreamPart, Usage } from './connector';
import { plainId, vendorErrorOf } from './openai-errors';
import { VendorError } from './vendor-error';

/** Understands the events of one answer, in the order in which they come. */
export interface AnswerReader<Event> {
  /** The words that an event brings, if any. Throws a `VendorError` where the event tells a failure. */
  read(event: Event): string | undefined;
  /** How the answer ended, once the vendor said so. */
  ending(): { readonly reason: 'complete' | 'cut'; readonly usage?: Usage } | undefined;
}

/** The SDK's stream of events and the id of its request. */
export interface OpenedAnswer<Event> {
  readonly data: AsyncIterable<Event>;
  readonly request_id: string | null;
}

/** Milliseconds that a vendor has to end the connection after its last word: an ended one serves the next answer. */
const SETTLE_MS = 500;

/**
 * Carries the events of one answer to its parts. It ends with `finish` where the vendor said how the answer ended,
 * and throws where it did not: the SDK itself ends silently when it is aborted or the connection closes early.
 */
export async function* answerOf<Event>(
  open: (signal: AbortSignal) => Promise<OpenedAnswer<Event>>,
  reader: AnswerReader<Event>,
  signal: AbortSignal,
): AsyncGenerator<StreamPart> {
  if (signal.aborted) throw new VendorError('cancelled');
  const call = new AbortController();
  const hangUp = (): void => call.abort();
  signal.addEventListener('abort', hangUp, { once: true });
  let settling: NodeJS.Timeout | undefined;
  let requestId: string | undefined;
  let begun = false;
  try {
    const opened = await open(call.signal);
    requestId = plainId(opened.request_id);
    for await (const event of opened.data) {
      begun = true;
      const words = reader.read(event);
      if (words !== undefined && words !== '') yield { type: 'delta', text: sealText(words) };
      if (settling === undefined && reader.ending() !== undefined) settling = setTimeout(hangUp, SETTLE_MS);
    }
  } catch (error) {
    if (reader.ending() === undefined) throw vendorErrorOf(error, signal, { begun, requestId });
  } finally {
    clearTimeout(settling);
    signal.removeEventListener('abort', hangUp);
  }
  const details = requestId === undefined ? {} : { requestId };
  const ending = reader.ending();
  if (ending !== undefined) {
    yield { type: 'finish', ...ending, ...details };
    return;
  }
  if (signal.aborted) throw new VendorError('cancelled', details);
  throw new VendorError(begun ? 'truncated' : 'protocol', details);
}
