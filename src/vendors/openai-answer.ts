import { type AnswerReader, answerOf } from './answer';
import type { StreamPart } from './connector';
import { vendorErrorOf } from './openai-errors';

/** The SDK's stream of events and the id of its request: what its `withResponse()` gives. */
export interface OpenAiOpened<Event> {
  readonly data: AsyncIterable<Event>;
  readonly request_id: string | null;
}

/** The parts of an answer that comes through the `openai` SDK. */
export function openAiAnswerOf<Event>(
  open: (signal: AbortSignal) => Promise<OpenAiOpened<Event>>,
  reader: AnswerReader<Event>,
  signal: AbortSignal,
): AsyncIterable<StreamPart> {
  return answerOf(
    {
      async open(call) {
        const { data, request_id } = await open(call);
        return { events: data, requestId: request_id };
      },
      reader,
      errorOf: (error, { begun }) => vendorErrorOf(error, begun),
    },
    signal,
  );
}
