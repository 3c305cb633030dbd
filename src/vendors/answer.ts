import { sealText } from '../text/text';
import type { StreamPart, Usage } from './connector';
import { plainId, VendorError } from './vendor-error';

/** Understands the events of one answer, in the order in which they come. */
export interface AnswerReader<Event> {
  /** The words that an event brings, if any. Throws a `VendorError` where the event tells a failure. */
  read(event: Event): string | undefined;
  /** How the answer ended, once the vendor said so. */
  ending(): { readonly reason: 'complete' | 'cut'; readonly usage?: Usage } | undefined;
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
  /** What an error of the SDK means; `begun`: events had come. It is not asked once `signal` is aborted. */
  errorOf(error: unknown, state: { readonly begun: boolean; readonly requestId: string | undefined }): VendorError;
}

/** Milliseconds that a vendor has to end the connection after its last word: an ended one serves the next answer. */
const SETTLE_MS = 500;

/**
 * Carries the events of one answer to its parts. It ends with `finish` where the vendor said how the answer ended,
 * and throws where it did not: the SDKs end silently when they are aborted or the connection closes early.
 */
export async function* answerOf<Event>(
  { open, reader, errorOf }: AnswerSource<Event>,
  signal: AbortSignal,
): AsyncGenerator<StreamPart> {
  if (signal.aborted) throw new VendorError('cancelled');
  const call = new AbortController();
  const hangUp = (): void => call.abort();
  signal.addEventListener('abort', hangUp, { once: true });
  let settling: NodeJS.Timeout | undefined;
  let requestId: string | undefined;
  let begun = false;
  let over = false;
  try {
    const opened = await open(call.signal);
    requestId = plainId(opened.requestId);
    for await (const event of opened.events) {
      begun = true;
      const words = reader.read(event);
      if (words !== undefined && words !== '') yield { type: 'delta', text: sealText(words) };
      if (settling === undefined && reader.ending() !== undefined) settling = setTimeout(hangUp, SETTLE_MS);
    }
    over = true;
  } catch (error) {
    requestId = plainId(reader.requestId?.()) ?? requestId;
    if (reader.ending() === undefined)
      throw signal.aborted ? new VendorError('cancelled') : withId(errorOf(error, { begun, requestId }), requestId);
  } finally {
    clearTimeout(settling);
    signal.removeEventListener('abort', hangUp);
    // Not every SDK closes the socket when its reader leaves.
    if (!over) hangUp();
  }
  requestId = plainId(reader.requestId?.()) ?? requestId;
  const details = requestId === undefined ? {} : { requestId };
  const ending = reader.ending();
  if (ending !== undefined) {
    yield { type: 'finish', ...ending, ...details };
    return;
  }
  if (signal.aborted) throw new VendorError('cancelled', details);
  throw new VendorError(begun ? 'truncated' : 'protocol', details);
}

function withId(error: VendorError, requestId: string | undefined): VendorError {
  if (error.requestId !== undefined || requestId === undefined) return error;
  const { category, status, retryAfterMs } = error;
  return new VendorError(category, {
    requestId,
    ...(status !== undefined && { status }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}
