import type { StreamPart } from '../../connector';
import { type AnswerReader, answerOf } from '../answer';
import type { ThoughtFilter } from '../thoughts';
import { type WireEvent, wireEventsOf } from '../wire-events';
import { vendorErrorOf } from './errors';

/** The parts of an answer that comes through the `openai` SDK: `open` gives its `asResponse()`. */
export function openAiAnswerOf(
  open: (signal: AbortSignal) => Promise<Response>,
  reader: AnswerReader<WireEvent>,
  signal: AbortSignal,
  thoughts?: ThoughtFilter,
): AsyncIterable<StreamPart> {
  return answerOf(
    {
      async open(call) {
        const { body, headers } = await open(call);
        return { events: wireEventsOf(body), requestId: headers.get('x-request-id') };
      },
      reader,
      ...(thoughts !== undefined && { thoughts }),
      errorOf: (error, { begun }) => vendorErrorOf(error, begun),
    },
    signal,
  );
}
