import { IMAGE_TYPES } from '../../model/image';
import type { Prompt } from '../connector';
import { adaptive } from '../kit/adaptive';
import { type Capabilities, type CapabilityMemory, createCapabilityMemory } from '../kit/capabilities';
import type { Models } from '../kit/models';
import { ask } from '../kit/openai/ask';
import { chatRequestOf, createChatReader } from '../kit/openai/chat';
import { lazyOpenAi, type OpenAiClientOptions } from '../kit/openai/client';
import type { VendorConnector } from '../vendor-module';
import { MISTRAL_READING } from './errors';
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
export function createMistralConnector(options: MistralOptions): VendorConnector {
  const client = lazyOpenAi(options);
  const { models, memory = createCapabilityMemory() } = options;

  async function open(prompt: Prompt, capabilities: Capabilities, signal: AbortSignal): Promise<Response> {
    const request = chatRequestOf(prompt.model ?? models[0], prompt, { ...capabilities, streamOptions: false });
    return (await client()).chat.completions.create(request, { signal }).asResponse();
  }

  return {
    route: mistralRoute(options),
    imageTypes: IMAGE_TYPES,
    warm: client,
    stream: adaptive({
      model: models[0],
      memory,
      ask: (prompt, capabilities, signal) =>
        ask(
          {
            open: (call) => open(prompt, capabilities, call),
            reader: createChatReader(MISTRAL_READING.errors),
            reading: MISTRAL_READING,
          },
          signal,
        ),
    }),
  };
}
