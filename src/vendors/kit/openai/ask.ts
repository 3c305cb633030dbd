import type { StreamPart } from '../../connector';
import { type AnswerReader, answerOf } from '../answer';
import type { ThoughtFilter } from '../thoughts';
import { type WireEvent, wireEventsOf } from '../wire-events';
import { type SdkErrorReading, vendorErrorOf } from './errors';

/** One question to a server that is asked by the `openai` SDK. */
export interface Asking {
  /** Asks; gives what the SDK's `asResponse()` does. */
  open(signal: AbortSignal): Promise<Response>;
  /** Made anew for every answer. */
  readonly reader: AnswerReader<WireEvent>;
  /** Made anew for every answer; one that knows tags alone where it is not told. */
  readonly thoughts?: ThoughtFilter;
  /** How the server's failures are read, where they are not OpenAI's. */
  readonly reading?: SdkErrorReading;
}

/**
 * The parts of an answer that comes through the `openai` SDK.
 *
 * @example
 * ```ts
 * ask(
 *   {
 *     open: async (call) => (await client()).chat.completions.create(request, { signal: call }).asResponse(),
 *     reader: createChatReader(),
 *   },
 *   signal,
 * );
 * ```
 */
export function ask({ open, reader, thoughts, reading }: Asking, signal: AbortSignal): AsyncIterable<StreamPart> {
  return answerOf(
    {
      async open(call) {
        const { body, headers } = await open(call);
        const requestId =
          reading?.requestIdIn === undefined ? headers.get('x-request-id') : reading.requestIdIn(headers);
        return { events: wireEventsOf(body), requestId };
      },
      reader,
      ...(thoughts !== undefined && { thoughts }),
      errorOf: (error, { begun }) => vendorErrorOf(error, begun, reading),
    },
    signal,
  );
}
