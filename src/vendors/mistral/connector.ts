import { IMAGE_TYPES } from '../../model/image';
import type { Connector, Prompt } from '../connector';
import { adaptive } from '../kit/adaptive';
import { type AnswerSource, answerOf } from '../kit/answer';
import { type Capabilities, type CapabilityMemory, createCapabilityMemory } from '../kit/capabilities';
import type { Models } from '../kit/models';
import { chatRequestOf, createChatReader } from '../kit/openai/chat';
import { lazyOpenAi, type OpenAiClientOptions } from '../kit/openai/client';
import { type WireEvent, wireEventsOf } from '../kit/wire-events';
import { mistralErrorOf, requestIdIn } from './errors';
import { mistralRoute } from './route';

export interface MistralOptions extends OpenAiClientOptions {
  /** The models that may answer, the first by default. */
  readonly models: Models;
  /** Mistral may train on what is sent, as far as the organisation has told. */
  readonly sharesForTraining: boolean;
  /** What is known of the models; nothing where it is not given. */
  readonly memory?: CapabilityMemory;
}

/**
 * Mistral's own API, which speaks OpenAI's Chat Completions and is asked by OpenAI's SDK. It stores no conversation,
 * counts tokens without being asked to, refuses fields that it does not know, and has none for a person's pseudonym.
 */
export function createMistralConnector(options: MistralOptions): Connector & { warm(): Promise<unknown> } {
  const client = lazyOpenAi(options);
  const { models, memory = createCapabilityMemory() } = options;

  const sourceOf = (prompt: Prompt, capabilities: Capabilities): AnswerSource<WireEvent> => ({
    async open(signal) {
      const request = chatRequestOf(prompt.model ?? models[0], prompt, { ...capabilities, streamOptions: false });
      const { chat } = await client();
      const { body, headers } = await chat.completions.create(request, { signal }).asResponse();
      return { events: wireEventsOf(body), requestId: requestIdIn(headers) };
    },
    reader: createChatReader(),
    errorOf: (error, { begun }) => mistralErrorOf(error, begun),
  });

  return {
    route: mistralRoute(options),
    imageTypes: IMAGE_TYPES,
    warm: client,
    stream: adaptive({
      model: models[0],
      memory,
      ask: (prompt, capabilities, signal) => answerOf(sourceOf(prompt, capabilities), signal),
    }),
  };
}
