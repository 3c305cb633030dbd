import { IMAGE_TYPES } from '../../model/image';
import type { Prompt } from '../connector';
import { adaptive } from '../kit/adaptive';
import { type Capabilities, type CapabilityMemory, createCapabilityMemory } from '../kit/capabilities';
import type { Models } from '../kit/models';
import { ask } from '../kit/openai/ask';
import { lazyOpenAi, type OpenAiClientOptions } from '../kit/openai/client';
import { createResponsesReader, responsesRequestOf } from '../kit/openai/responses';
import type { VendorConnector } from '../vendor-module';
import { openAiRoute } from './route';

export interface OpenAiOptions extends OpenAiClientOptions {
  /** The models that may answer, the first by default. */
  readonly models: Models;
  /** The organisation shares data with OpenAI for training. */
  readonly sharesForTraining: boolean;
  /** What is known of the models; nothing where it is not given. */
  readonly memory?: CapabilityMemory;
}

/** OpenAI over the Responses API, streamed, with nothing stored there beyond the logs that its notice names. */
export function createOpenAiConnector(options: OpenAiOptions): VendorConnector {
  const client = lazyOpenAi(options);
  const { models, memory = createCapabilityMemory() } = options;

  async function open(prompt: Prompt, capabilities: Capabilities, signal: AbortSignal): Promise<Response> {
    const request = {
      ...responsesRequestOf(prompt.model ?? models[0], prompt, capabilities),
      ...(capabilities.safetyIdentifier && { safety_identifier: prompt.safetyId }),
    };
    return (await client()).responses.create(request, { signal }).asResponse();
  }

  return {
    route: openAiRoute(options),
    imageTypes: IMAGE_TYPES,
    warm: client,
    stream: adaptive({
      model: models[0],
      memory,
      ask: (prompt, capabilities, signal) =>
        ask({ open: (call) => open(prompt, capabilities, call), reader: createResponsesReader() }, signal),
    }),
  };
}
