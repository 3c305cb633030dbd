import type {
  ContentBlock,
  ConverseStreamCommandInput,
  ConverseStreamOutput,
  ImageFormat,
  Message,
} from '@aws-sdk/client-bedrock-runtime';
import { untilAborted } from '../../kit/wait';
import { openBytes } from '../../model/bytes';
import { IMAGE_TYPES } from '../../model/image';
import { openText } from '../../model/text';
import type { Prompt, PromptMessage } from '../connector';
import { adaptive } from '../kit/adaptive';
import { type AnswerSource, answerOf } from '../kit/answer';
import {
  type Capabilities,
  type CapabilityMemory,
  createCapabilityMemory,
  LENGTH_LIMIT_TOKENS,
} from '../kit/capabilities';
import type { Models } from '../kit/models';
import { turnsFor } from '../kit/turns-in-order';
import type { VendorConnector } from '../vendor-module';
import { createConverseReader } from './answer';
import { asStream, type BedrockClientOptions, lazyBedrock } from './client';
import { bedrockErrorOf } from './errors';
import { bedrockRoute, endpointOf } from './route';
import { UnstreamedAnswer } from './unstreamed';

export interface BedrockOptions extends Omit<BedrockClientOptions, 'credentials' | 'endpoint'> {
  /** Ids of models or inference profiles, the first by default. */
  readonly models: Models;
  /** Another address: a VPC endpoint, a gateway. */
  readonly endpoint: string | undefined;
  readonly guardrail: { readonly id: string; readonly version: string } | undefined;
  readonly credentials?: BedrockClientOptions['credentials'];
  /** What is known of the models; nothing where it is not given. */
  readonly memory?: CapabilityMemory;
}

/**
 * Amazon Bedrock over ConverseStream. No field tells of the person, the pseudonym included: Bedrock asks for none,
 * and would keep it in the account's own logs. Without a limit of ours the model's own length limit holds.
 */
export function createBedrockConnector(options: BedrockOptions): VendorConnector {
  const { region, endpoint = endpointOf(region), credentials, fetch, memory = createCapabilityMemory() } = options;
  const client = lazyBedrock({ region, endpoint, credentials, fetch });
  const sourceOf = (prompt: Prompt, capabilities: Capabilities): AnswerSource<ConverseStreamOutput> => ({
    async open(signal) {
      const { stream, whole } = await client();
      const converse = capabilities.streaming ? stream : whole;
      // The chain of credentials knows no abort.
      try {
        const opened = await untilAborted(converse(requestOf(prompt, options, capabilities), signal), signal);
        return { events: opened.stream ?? asStream([]), requestId: opened.$metadata.requestId };
      } catch (error) {
        if (!(error instanceof UnstreamedAnswer)) throw error;
        return { events: asStream(error.events()), requestId: undefined };
      }
    },
    reader: createConverseReader(),
    errorOf: (error, { begun }) => bedrockErrorOf(error, begun),
  });
  return {
    route: bedrockRoute(options),
    imageTypes: IMAGE_TYPES,
    warm: client,
    stream: adaptive({
      model: options.models[0],
      memory,
      ask: (prompt, capabilities, signal) => answerOf(sourceOf(prompt, capabilities), signal),
    }),
  };
}

function requestOf(
  prompt: Prompt,
  { models, guardrail }: BedrockOptions,
  { systemRole, lengthLimit }: Capabilities,
): ConverseStreamCommandInput {
  return {
    modelId: prompt.model ?? models[0],
    ...(systemRole && !prompt.instructions.isBlank && { system: [{ text: openText(prompt.instructions) }] }),
    messages: turnsFor(prompt, systemRole).map(
      ({ role, messages }): Message => ({ role, content: messages.flatMap(contentOf) }),
    ),
    ...(lengthLimit !== undefined && { inferenceConfig: { maxTokens: LENGTH_LIMIT_TOKENS } }),
    ...(guardrail !== undefined && {
      guardrailConfig: {
        guardrailIdentifier: guardrail.id,
        guardrailVersion: guardrail.version,
        trace: 'disabled',
        streamProcessingMode: 'sync',
      },
    }),
  };
}

/** Bedrock refuses blocks without a visible character. */
function contentOf({ text, images = [] }: PromptMessage): ContentBlock[] {
  return [
    ...images.map((image) => ({
      image: { format: image.type.slice('image/'.length) as ImageFormat, source: { bytes: openBytes(image.bytes) } },
    })),
    ...(text.isBlank ? [] : [{ text: openText(text) }]),
  ];
}
