import type { ResponseInput, ResponseStreamEvent, ResponseUsage } from 'openai/resources/responses/responses' with {
  'resolution-mode': 'import',
};
import { openText } from '../text/text';
import type { Connector, Prompt, Route } from './connector';
import { type AnswerReader, answerOf } from './openai-answer';
import { dataUrlOf, lazyOpenAi, type OpenAiClientOptions } from './openai-client';
import { categoryOfCode } from './openai-errors';
import { placeOfOpenAi } from './places';
import { VendorError } from './vendor-error';

export interface OpenAiOptions extends OpenAiClientOptions {
  /** The models that may answer, the first by default. */
  readonly models: readonly [string, ...string[]];
  /** The organisation shares data with OpenAI for training. */
  readonly sharesForTraining: boolean;
}

/** OpenAI over the Responses API, streamed, with nothing stored there beyond the logs that its notice names. */
export function createOpenAiConnector(options: OpenAiOptions): Connector & { warm(): Promise<unknown> } {
  const client = lazyOpenAi(options);
  return {
    route: openAiRoute(options),
    takesImages: true,
    warm: client,
    stream(prompt, signal) {
      const request = {
        model: prompt.model ?? options.models[0],
        instructions: openText(prompt.instructions),
        input: inputOf(prompt),
        store: false,
        stream: true,
        safety_identifier: prompt.safetyId,
      } as const;
      return answerOf(
        async (call) => (await client()).responses.create(request, { signal: call }).withResponse(),
        createReader(),
        signal,
      );
    },
  };
}

export function openAiRoute(options: Pick<OpenAiOptions, 'baseURL' | 'models' | 'sharesForTraining'>): Route {
  const { host, hostname } = new URL(options.baseURL);
  const { models, sharesForTraining } = options;
  return {
    vendor: 'openai',
    endpoint: host,
    region: placeOfOpenAi(hostname),
    model: models.join(', '),
    sharesForTraining,
  };
}

function inputOf(prompt: Prompt): ResponseInput {
  return prompt.messages.map(({ role, text, images = [] }) =>
    role === 'assistant' || images.length === 0
      ? { role, content: openText(text) }
      : {
          role,
          content: [
            ...images.map((image) => ({ type: 'input_image', detail: 'auto', image_url: dataUrlOf(image) }) as const),
            { type: 'input_text', text: openText(text) },
          ],
        },
  );
}

function createReader(): AnswerReader<ResponseStreamEvent> {
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
