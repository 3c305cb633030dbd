import type {
  BedrockRuntimeClient,
  ConverseStreamCommandInput,
  ConverseStreamCommandOutput,
  ConverseStreamOutput,
  ServiceInputTypes,
  ServiceOutputTypes,
} from '@aws-sdk/client-bedrock-runtime';
import type { FinalizeRequestMiddleware, HttpRequest } from '@smithy/types';
import { awsHttpHandler } from './aws-http';
import { eventsOfWhole, UnstreamedAnswer } from './unstreamed';

/**
 * Hosts that AWS's chain of credentials asks through our way out: STS for roles and web identities, and the sign-in
 * of `aws login`. It asks IAM Identity Center, and the metadata of the machine or the container, by itself.
 */
export const AWS_CREDENTIAL_HOSTS = [
  'sts.amazonaws.com',
  'sts.*.amazonaws.com',
  'sts-fips.*.amazonaws.com',
  'sts.*.amazonaws.com.cn',
  '*.signin.aws.amazon.com',
] as const;

export interface BedrockClientOptions {
  /** The Region that is called, e.g. `ap-northeast-1`. */
  readonly region: string;
  readonly endpoint: string;
  /** Undefined: AWS's own chain, or the API key in `AWS_BEARER_TOKEN_BEDROCK`. */
  readonly credentials:
    | (() => Promise<{
        readonly accessKeyId: string;
        readonly secretAccessKey: string;
        readonly sessionToken?: string;
      }>)
    | undefined;
  /** Every question goes through it. */
  readonly fetch: typeof fetch;
}

/** What is read of an answer: its events, and the id of the request. */
export type BedrockAnswer = Pick<ConverseStreamCommandOutput, 'stream' | '$metadata'>;

export interface BedrockClient {
  /** Asks; resolves once the first event has come. */
  stream(request: ConverseStreamCommandInput, signal: AbortSignal): Promise<BedrockAnswer>;
  /** Asks for the answer as a whole, and gives it as the events that a stream would have had. */
  whole(request: ConverseStreamCommandInput, signal: AbortSignal): Promise<BedrockAnswer>;
}

/**
 * The official SDK, deaf to variables and to AWS's configuration files but for the credentials: neither changes where
 * a question goes, how often, or with which headers. No logging. It is loaded at the first call, so that a vendor
 * that is not used costs no start.
 */
export function lazyBedrock(options: BedrockClientOptions): () => Promise<BedrockClient> {
  let client: Promise<BedrockClient> | undefined;
  return () => {
    client ??= load(options);
    return client;
  };
}

async function load({ region, endpoint, credentials, fetch }: BedrockClientOptions): Promise<BedrockClient> {
  const { BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand } = await import(
    '@aws-sdk/client-bedrock-runtime'
  );
  // The SDK would take the variable before credentials that are given, and an empty one for a key.
  const hasApiKey = credentials === undefined && !!process.env.AWS_BEARER_TOKEN_BEDROCK;
  const client = new BedrockRuntimeClient({
    region,
    endpoint,
    authSchemePreference: [hasApiKey ? 'httpBearerAuth' : 'sigv4'],
    ...(credentials !== undefined && { credentials }),
    // What is told here is not looked for in variables, in files, and at the metadata service.
    defaultsMode: 'standard',
    ignoreConfiguredEndpointUrls: true,
    maxAttempts: 1,
    retryMode: 'standard',
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    userAgentAppId: '',
    requestHandler: streamsOnly(awsHttpHandler(fetch)),
  });
  keepHeaders(client);
  return {
    stream: (request, signal) => client.send(new ConverseStreamCommand(request), { abortSignal: signal }),
    async whole({ guardrailConfig, ...request }, signal) {
      const { streamProcessingMode: _mode, ...guardrail } = guardrailConfig ?? {};
      const command = new ConverseCommand({ ...request, ...(guardrailConfig && { guardrailConfig: guardrail }) });
      const answered = await client.send(command, { abortSignal: signal });
      const { output, stopReason, usage, $metadata } = answered;
      const whole = eventsOfWhole({ content: output?.message?.content ?? [], stopReason, usage });
      return { stream: asStream(whole), $metadata };
    },
  };
}

/** The SDK reads streams alone of ConverseStream. Throws an `UnstreamedAnswer` where something else came in its place. */
function streamsOnly(handler: ReturnType<typeof awsHttpHandler>): ReturnType<typeof awsHttpHandler> {
  return {
    ...handler,
    async handle(request, options) {
      const answered = await handler.handle(request, options);
      const { statusCode, body } = answered.response;
      if (
        statusCode === 200 &&
        request.path.endsWith('/converse-stream') &&
        body instanceof Uint8Array &&
        body.length > 0
      )
        throw new UnstreamedAnswer(body);
      return answered;
    },
  };
}

/** As a stream is read. */
export async function* asStream(events: Iterable<ConverseStreamOutput>): AsyncGenerator<ConverseStreamOutput> {
  yield* events;
}

/** What a request has before it is signed. The SDK would tell of the machine, of what runs it and of its attempts. */
const HEADERS: ReadonlySet<string> = new Set(['content-type', 'host']);

function keepHeaders(client: BedrockRuntimeClient): void {
  const keep: FinalizeRequestMiddleware<ServiceInputTypes, ServiceOutputTypes> = (next) => (args) => {
    const { headers } = args.request as HttpRequest;
    for (const name of Object.keys(headers)) if (!HEADERS.has(name.toLowerCase())) delete headers[name];
    return next(args);
  };
  client.middlewareStack.addRelativeTo(keep, {
    relation: 'before',
    toMiddleware: 'httpSigningMiddleware',
    name: 'keepHeaders',
  });
}
