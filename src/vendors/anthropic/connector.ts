import type { ContentBlockParam, MessageCreateParams, MessageParam } from '@anthropic-ai/sdk/resources/messages';
import { openBytes } from '../../model/bytes';
import { IMAGE_TYPES } from '../../model/image';
import { openText } from '../../model/text';
import type { Prompt } from '../connector';
import { adaptive } from '../kit/adaptive';
import { type AnswerSource, answerOf } from '../kit/answer';
import { type Capabilities, type CapabilityMemory, createCapabilityMemory } from '../kit/capabilities';
import type { Models } from '../kit/models';
import { imagesOf, turnsFor, wordsOf } from '../kit/turns-in-order';
import { type WireEvent, wireEventsOf } from '../kit/wire-events';
import type { VendorConnector } from '../vendor-module';
import { createMessagesReader } from './answer';
import { type AnthropicClientOptions, lazyAnthropic } from './client';
import { anthropicErrorOf } from './errors';
import { anthropicRoute } from './route';

export interface AnthropicOptions extends AnthropicClientOptions {
  /** The models that may answer, the first by default. */
  readonly models: Models;
  /** Undefined: wherever the workspace's settings let it be. */
  readonly inferenceGeo: 'us' | 'global' | undefined;
  /** What is known of the models; nothing where it is not given. */
  readonly memory?: CapabilityMemory;
}

/**
 * Tokens of an answer, thoughts among them: the API wants to be told. Far more than answers have, and less than every
 * model that is on offer may say.
 */
const LENGTH_LIMIT_TOKENS = 16_384;

/**
 * Anthropic's own API, over Messages, streamed. The person's pseudonym goes along as `metadata.user_id`, by which
 * Anthropic can tell an abuser from everybody else; nothing else tells of the person. No tool is offered, and nothing
 * is asked to be cached or stored.
 */
export function createAnthropicConnector(options: AnthropicOptions): VendorConnector {
  const client = lazyAnthropic(options);
  const { models, inferenceGeo, memory = createCapabilityMemory() } = options;

  const sourceOf = (prompt: Prompt, capabilities: Capabilities): AnswerSource<WireEvent> => ({
    async open(signal) {
      const ask = await client();
      const { body, headers } = await ask(requestOf(prompt, options, capabilities), signal);
      return { events: wireEventsOf(body), requestId: headers.get('request-id') };
    },
    reader: createMessagesReader(inferenceGeo),
    errorOf: (error, { begun }) => anthropicErrorOf(error, begun),
  });

  return {
    route: anthropicRoute(options),
    imageTypes: IMAGE_TYPES,
    warm: client,
    stream: adaptive({
      model: models[0],
      memory,
      ask: (prompt, capabilities, signal) => answerOf(sourceOf(prompt, capabilities), signal),
    }),
  };
}

function requestOf(
  prompt: Prompt,
  { models, inferenceGeo }: AnthropicOptions,
  { systemRole, streaming, safetyIdentifier }: Capabilities,
): MessageCreateParams {
  return {
    model: prompt.model ?? models[0],
    max_tokens: LENGTH_LIMIT_TOKENS,
    ...(systemRole && !prompt.instructions.isBlank && { system: openText(prompt.instructions) }),
    messages: turnsFor(prompt, systemRole).map((turn): MessageParam => {
      const words = wordsOf(turn);
      const images = imagesOf(turn);
      if (turn.role === 'assistant' || images.length === 0) return { role: turn.role, content: words };
      return {
        role: 'user',
        content: [
          ...images.map(
            ({ type, bytes }): ContentBlockParam => ({
              type: 'image',
              source: { type: 'base64', media_type: type, data: Buffer.from(openBytes(bytes)).toString('base64') },
            }),
          ),
          ...(words === '' ? [] : [{ type: 'text', text: words } as const]),
        ],
      };
    }),
    ...(safetyIdentifier && { metadata: { user_id: prompt.safetyId } }),
    ...(inferenceGeo !== undefined && { inference_geo: inferenceGeo }),
    stream: streaming,
  };
}
