import { IMAGE_TYPES } from '../../model/image';
import type { Prompt } from '../connector';
import { adaptive } from '../kit/adaptive';
import { type Capabilities, type CapabilityMemory, createCapabilityMemory } from '../kit/capabilities';
import type { Models } from '../kit/models';
import { ask } from '../kit/openai/ask';
import { chatRequestOf, createChatReader } from '../kit/openai/chat';
import { lazyOpenAi, type OpenAiClientOptions } from '../kit/openai/client';
import type { Refused } from '../kit/refused';
import { createThoughtFilter } from '../kit/thoughts';
import { createUnopenedThoughts, type UnopenedThoughtsByModel } from '../kit/thoughts-unopened';
import type { VendorConnector } from '../vendor-module';
import { openAiCompatibleRoute } from './route';

export interface OpenAiCompatibleOptions extends OpenAiClientOptions {
  /** The models that may answer, the first by default. */
  readonly models: Models;
  /** They take pictures. */
  readonly images: boolean;
  /** What is known of models whose thoughts nobody opens; learned from nothing where it is not given. */
  readonly unopened?: UnopenedThoughtsByModel;
  /** What is known of the models; nothing where it is not given. */
  readonly memory?: CapabilityMemory;
}

/** What such servers refuse without a word of why. */
const GUESSES: readonly Refused[] = ['stream-options', 'system-role'];

/** A server that speaks OpenAI's Chat Completions: Ollama, vLLM, LM Studio, llama.cpp. */
export function createOpenAiCompatibleConnector(options: OpenAiCompatibleOptions): VendorConnector {
  const client = lazyOpenAi(options);
  const { models, unopened = createUnopenedThoughts(), memory = createCapabilityMemory() } = options;

  async function open(prompt: Prompt, capabilities: Capabilities, signal: AbortSignal): Promise<Response> {
    const request = chatRequestOf(prompt.model ?? models[0], prompt, capabilities);
    return (await client()).chat.completions.create(request, { signal }).asResponse();
  }

  return {
    route: openAiCompatibleRoute(options),
    ...(options.images && { imageTypes: IMAGE_TYPES }),
    warm: client,
    stream: adaptive({
      model: models[0],
      memory,
      guesses: GUESSES,
      ask: (prompt, capabilities, signal) =>
        ask(
          {
            open: (call) => open(prompt, capabilities, call),
            reader: createChatReader(),
            thoughts: createThoughtFilter(unopened.of(prompt.model ?? models[0])),
          },
          signal,
        ),
    }),
  };
}
