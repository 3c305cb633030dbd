import { IMAGE_TYPES } from '../text/image';
import { openText } from '../text/text';
import type { Connector, Route } from './connector';
import { openAiAnswerOf } from './openai-answer';
import { lazyOpenAi, type OpenAiClientOptions } from './openai-client';
import { createResponsesReader, responsesInputOf } from './openai-responses';
import { placeOfOpenAi } from './places';

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
    imageTypes: IMAGE_TYPES,
    warm: client,
    stream(prompt, signal) {
      const request = {
        model: prompt.model ?? options.models[0],
        instructions: openText(prompt.instructions),
        input: responsesInputOf(prompt),
        store: false,
        stream: true,
        safety_identifier: prompt.safetyId,
      } as const;
      return openAiAnswerOf(
        async (call) => (await client()).responses.create(request, { signal: call }).asResponse(),
        createResponsesReader(),
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
