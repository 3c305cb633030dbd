import type {
  BedrockRuntimeClient,
  ContentBlock,
  ConverseStreamCommandInput,
  ConverseStreamOutput,
  ImageFormat,
  Message,
  ServiceInputTypes,
  ServiceOutputTypes,
} from '@aws-sdk/client-bedrock-runtime';
import type { FinalizeRequestMiddleware, HttpRequest } from '@smithy/types';
import { IMAGE_TYPES, openImage } from '../text/image';
import { openText } from '../text/text';
import { type AnswerSource, answerOf } from './answer';
import { awsHttpHandler } from './aws-http';
import { createConverseReader } from './bedrock-answer';
import { bedrockErrorOf } from './bedrock-errors';
import type { Connector, Prompt, PromptMessage, Route } from './connector';
import { type Place, placeOfBedrock } from './places';
import { turnsInOrder } from './turns-in-order';

export interface BedrockOptions {
  /** The Region that is called, e.g. `ap-northeast-1`. */
  readonly region: string;
  /** Ids of models or inference profiles, the first by default. */
  readonly models: readonly [string, ...string[]];
  /** Another address: a VPC endpoint, a gateway. */
  readonly endpoint: string | undefined;
  readonly guardrail: { readonly id: string; readonly version: string } | undefined;
  /** Undefined: AWS's own chain, `AWS_BEARER_TOKEN_BEDROCK` included. */
  readonly credentials?: () => Promise<{
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  }>;
  /** Every question goes through it. The chain of credentials has ways of its own (`docs/vendors.md`). */
  readonly fetch: typeof fetch;
}

/**
 * Amazon Bedrock over ConverseStream, deaf to the environment but for the credentials. No field tells of the person.
 */
export function createBedrockConnector(options: BedrockOptions): Connector & { warm(): Promise<unknown> } {
  let client: Promise<BedrockRuntimeClient> | undefined;
  const warm = (): Promise<BedrockRuntimeClient> => {
    client ??= load(options);
    return client;
  };
  const sourceOf = (prompt: Prompt): AnswerSource<ConverseStreamOutput> => ({
    async open(signal) {
      const opened = await converse(await warm(), requestOf(prompt, options), signal);
      return { events: opened.stream ?? nothing(), requestId: opened.$metadata.requestId };
    },
    reader: createConverseReader(),
    errorOf: (error, { begun }) => bedrockErrorOf(error, begun),
  });
  return {
    route: bedrockRoute(options),
    imageTypes: IMAGE_TYPES,
    warm,
    stream: (prompt, signal) => answerOf(sourceOf(prompt), signal),
  };
}

/** The place is the one that every model is processed in. An endpoint that is not AWS's proves nothing. */
export function bedrockRoute({
  region,
  models,
  endpoint,
}: Pick<BedrockOptions, 'region' | 'models' | 'endpoint'>): Route {
  const { host, hostname } = new URL(endpoint ?? endpointOf(region));
  const isAws = new RegExp(`\\.${region}\\.(vpce\\.)?amazonaws\\.com(\\.cn)?$`, 'u').test(hostname);
  const places = new Set<Place>(models.map((model) => placeOfBedrock(region, model)));
  const [place] = places;
  return {
    vendor: 'bedrock',
    endpoint: host,
    region: isAws && places.size === 1 && place !== undefined ? place : 'global',
    model: models.join(', '),
    sharesForTraining: false,
  };
}

function endpointOf(region: string): string {
  return `https://bedrock-runtime.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}

/** Headers of the SDK that tell the machine's system and runtime, what runs it, and how often it tried. */
const TELLTALE = /^(x-amz-user-agent|user-agent|x-amzn-trace-id|amz-sdk-.+)$/iu;

async function load({ region, endpoint, credentials, fetch }: BedrockOptions): Promise<BedrockRuntimeClient> {
  const { BedrockRuntimeClient } = await import('@aws-sdk/client-bedrock-runtime');
  const client = new BedrockRuntimeClient({
    region,
    endpoint: endpoint ?? endpointOf(region),
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    maxAttempts: 1,
    requestHandler: awsHttpHandler(fetch),
    ...(credentials !== undefined && { credentials, authSchemePreference: ['sigv4'] }),
  });
  const leaveOut: FinalizeRequestMiddleware<ServiceInputTypes, ServiceOutputTypes> = (next) => (args) => {
    const { headers } = args.request as HttpRequest;
    for (const name of Object.keys(headers)) if (TELLTALE.test(name)) delete headers[name];
    return next(args);
  };
  client.middlewareStack.addRelativeTo(leaveOut, {
    relation: 'before',
    toMiddleware: 'httpSigningMiddleware',
    name: 'leaveOutTelltaleHeaders',
  });
  return client;
}

async function converse(client: BedrockRuntimeClient, request: ConverseStreamCommandInput, signal: AbortSignal) {
  const { ConverseStreamCommand } = await import('@aws-sdk/client-bedrock-runtime');
  return client.send(new ConverseStreamCommand(request), { abortSignal: signal });
}

function requestOf(prompt: Prompt, { models, guardrail }: BedrockOptions): ConverseStreamCommandInput {
  return {
    modelId: prompt.model ?? models[0],
    system: [{ text: openText(prompt.instructions) }],
    messages: turnsInOrder(prompt.messages).map(
      ({ role, messages }): Message => ({ role, content: messages.flatMap(contentOf) }),
    ),
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

function contentOf({ text, images = [] }: PromptMessage): ContentBlock[] {
  return [
    ...images.map((image) => ({
      image: { format: image.type.slice('image/'.length) as ImageFormat, source: { bytes: openImage(image) } },
    })),
    ...(text.isBlank ? [] : [{ text: openText(text) }]),
  ];
}

async function* nothing(): AsyncGenerator<never> {}
