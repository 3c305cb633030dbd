import type { ResponseCreateParams, ResponseInput } from 'openai/resources/responses/responses' with {
  'resolution-mode': 'import',
};
import { z } from 'zod';
import { openText } from '../../../model/text';
import type { Prompt } from '../../connector';
import { type AnswerReader, type Ending, type Said, SILENCE, THOUGHT, together } from '../answer';
import type { Capabilities } from '../capabilities';
import { readError, vendorErrorOfTold } from '../told-error';
import { imagesOf, turnsFor, wordsOf } from '../turns-in-order';
import { VendorError } from '../vendor-error';
import type { WireEvent } from '../wire-events';
import { createWireReader } from '../wire-reader';
import { dataUrlOf } from './client';
import { contentOf } from './content';

/** A question as the Responses API takes it of a model of these capabilities. Nothing of it is stored. */
export function responsesRequestOf(model: string, prompt: Prompt, capabilities: Capabilities): ResponseCreateParams {
  const { systemRole, streaming } = capabilities;
  return {
    model,
    ...(systemRole && !prompt.instructions.isBlank && { instructions: openText(prompt.instructions) }),
    input: responsesInputOf(prompt, systemRole),
    store: false,
    stream: streaming,
  };
}

function responsesInputOf(prompt: Prompt, systemRole: boolean): ResponseInput {
  return turnsFor(prompt, systemRole).map((turn) => {
    const content = wordsOf(turn);
    const images = imagesOf(turn);
    if (turn.role === 'assistant' || images.length === 0) return { role: turn.role, content };
    return {
      role: turn.role,
      content: [
        ...images.map((image) => ({ type: 'input_image', detail: 'auto', image_url: dataUrlOf(image) }) as const),
        ...(content === '' ? [] : [{ type: 'input_text', text: content } as const]),
      ],
    };
  });
}

/** What is read of an event. What else stands there is not looked at. */
const eventSchema = z.object({
  type: z.string().nullish(),
  delta: z.unknown().optional(),
  response: z.unknown().optional(),
});
/** A response whose answering is over: in the last event, or in the place of all events. */
const responseSchema = z.object({
  status: z.string().nullish(),
  error: z.unknown().optional(),
  incomplete_details: z.object({ reason: z.unknown().optional() }).nullish().catch(undefined),
  output: z.array(z.unknown()).nullish().catch(undefined),
  usage: z.object({ input_tokens: z.number(), output_tokens: z.number() }).nullish().catch(undefined),
});
const itemSchema = z.object({ type: z.literal('message'), content: z.unknown().optional() });

/** Reads the events of the Responses API. */
export function createResponsesReader(): AnswerReader<WireEvent> {
  let ending: Ending | undefined;
  let hasWords = false;

  function readResponse(given: unknown, type: string): Said {
    const parsed = responseSchema.safeParse(given);
    const { status, error, incomplete_details, output, usage } = parsed.success ? parsed.data : {};
    const how = howOfStatus(type.slice('response.'.length) || status, incomplete_details?.reason);
    if (how === 'failed') throw vendorErrorOfTold(readError(error));
    if (how === 'blocked-output') throw new VendorError(how);
    ending = {
      how,
      isLast: true,
      ...(usage && { usage: { inputTokens: usage.input_tokens, outputTokens: usage.output_tokens } }),
    };
    // The words of a stream came before; some servers send them here alone.
    return hasWords ? SILENCE : outputOf(output ?? []);
  }

  return createWireReader({
    isOwn: (value) => isResponse(value) || ('type' in value && String(value.type).startsWith('response.')),
    read(value, name) {
      if (isResponse(value)) return readResponse(value, '');
      const event = eventSchema.safeParse(value);
      const type = (event.success ? event.data.type : undefined) ?? name;
      switch (type) {
        case 'response.output_text.delta':
        case 'response.refusal.delta': {
          const said = contentOf(event.data?.delta);
          if (said.words !== '') hasWords = true;
          return said;
        }
        case 'response.completed':
        case 'response.done':
        case 'response.incomplete':
        case 'response.failed':
        case 'response.cancelled':
          return readResponse(event.data?.response, type);
        default:
          if (type.startsWith('response.reasoning')) return THOUGHT;
          return type.startsWith('response.') ? SILENCE : { words: '', oddity: 'unknown-event' };
      }
    },
    ending: () => ending,
  });
}

function isResponse(value: object): boolean {
  return 'object' in value && value.object === 'response';
}

/** Source: "The response object", developers.openai.com/api/reference/responses. */
function howOfStatus(status: string | null | undefined, reason: unknown): Ending['how'] | 'failed' {
  switch (status) {
    case 'failed':
      return 'failed';
    case 'incomplete':
      return reason === 'content_filter' ? 'blocked-output' : 'cut';
    case 'cancelled':
    case 'in_progress':
    case 'queued':
      return 'truncated';
    default:
      return 'complete';
  }
}

function outputOf(output: readonly unknown[]): Said {
  return together(
    output.flatMap((item) => {
      const message = itemSchema.safeParse(item);
      return message.success ? [contentOf(message.data.content)] : [];
    }),
  );
}
