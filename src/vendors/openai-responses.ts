import type { ResponseInput, ResponseStreamEvent, ResponseUsage } from 'openai/resources/responses/responses' with {
  'resolution-mode': 'import',
};
import { openText } from '../text/text';
import type { AnswerReader } from './answer';
import type { Prompt } from './connector';
import { dataUrlOf } from './openai-client';
import { categoryOfCode } from './openai-errors';
import { VendorError } from './vendor-error';

/** The prompt as the Responses API takes it. */
export function responsesInputOf(prompt: Prompt): ResponseInput {
  return prompt.messages.map(({ role, text, images = [] }) =>
    role === 'assistant' || images.length === 0
      ? { role, content: openText(text) }
      : {
          role,
          content: [
            ...images.map((image) => ({ type: 'input_image', detail: 'auto', image_url: dataUrlOf(image) }) as const),
            ...(text.isBlank ? [] : [{ type: 'input_text', text: openText(text) } as const]),
          ],
        },
  );
}

/** Reads the events of the Responses API. */
export function createResponsesReader(): AnswerReader<ResponseStreamEvent> {
  let ending: ReturnType<AnswerReader<ResponseStreamEvent>['ending']>;
  return {
    ending: () => ending,
    read(event) {
      switch (event.type) {
        case 'response.output_text.delta':
        case 'response.refusal.delta':
          return event.delta;
        case 'response.completed':
          ending = { reason: 'complete', ...usageOf(event.response.usage) };
          return undefined;
        case 'response.incomplete':
          if (event.response.incomplete_details?.reason === 'content_filter') throw new VendorError('blocked-output');
          ending = { reason: 'cut', ...usageOf(event.response.usage) };
          return undefined;
        case 'response.failed':
          throw new VendorError(categoryOfCode(event.response.error?.code));
        case 'error':
          throw new VendorError(categoryOfCode(event.code));
        default:
          return undefined;
      }
    },
  };
}

function usageOf(usage: ResponseUsage | null | undefined) {
  return usage === null || usage === undefined
    ? {}
    : { usage: { inputTokens: usage.input_tokens, outputTokens: usage.output_tokens } };
}
