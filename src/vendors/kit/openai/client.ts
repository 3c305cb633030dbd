import type { ClientOptions, OpenAI } from 'openai' with { 'resolution-mode': 'import' };
import { openBytes } from '../../../model/bytes';
import type { Image } from '../../../model/image';

type SdkOptions = Pick<
  ClientOptions,
  | 'adminAPIKey'
  | 'apiKey'
  | 'baseURL'
  | 'fetch'
  | 'logLevel'
  | 'maxRetries'
  | 'organization'
  | 'project'
  | 'timeout'
  | 'webhookSecret'
>;
type Sdk = typeof import('openai', { with: { 'resolution-mode': 'import' }});

export interface OpenAiClientOptions {
  /** Empty for a server that asks for none. */
  readonly apiKey: string;
  readonly baseURL: string;
  /** Every request goes through it. */
  readonly fetch: typeof fetch;
}

export interface SdkParts {
  readonly baseURL: string;
  readonly fetch: typeof fetch;
  /** The headers that say who asks, asked for with every request. */
  credentials(signal: AbortSignal): Promise<Readonly<Record<string, string>>>;
  /** Makes the client; `OpenAI` where it is not told. */
  readonly make?: (sdk: Sdk, options: SdkOptions) => OpenAI;
}

/** Longer than any answer may take: our own deadlines are shorter (`resilience.ts`). */
const TIMEOUT_MS = 3_700_000;
/** Longer bodies are no errors of a server's, but pages. */
const MAX_ERROR_CHARACTERS = 16_384;

/** {@link lazySdk} with a key. */
export function lazyOpenAi({ apiKey, baseURL, fetch }: OpenAiClientOptions): () => Promise<OpenAI> {
  const headers = apiKey === '' ? {} : { authorization: `Bearer ${apiKey}` };
  return lazySdk({ baseURL, fetch, credentials: async () => headers });
}

/**
 * The official SDK, deaf to the environment: no logging, no organisation or project from variables, no retries of
 * its own. It is loaded at the first call, so that a vendor that is not used costs no start.
 *
 * @example
 * ```ts
 * const client = lazySdk({ baseURL, fetch, credentials: async () => ({ 'api-key': apiKey }) });
 * const { body } = await (await client()).responses.create(request, { signal }).asResponse();
 * ```
 */
export function lazySdk({ baseURL, fetch, credentials, make }: SdkParts): () => Promise<OpenAI> {
  let client: Promise<OpenAI> | undefined;
  return () => {
    client ??= load();
    return client;
  };

  async function load(): Promise<OpenAI> {
    const sdk = await import('openai');
    const options: SdkOptions = {
      apiKey: 'none',
      baseURL,
      async fetch(input, init) {
        // The SDK's own headers tell the machine's system and runtime, and `OPENAI_CUSTOM_HEADERS` can replace the key.
        const headers = {
          accept: 'text/event-stream',
          'content-type': 'application/json',
          'user-agent': 'dejiren',
          ...(await credentials(init?.signal ?? new AbortController().signal)),
        };
        return asErrorsAreRead(await fetch(input, { ...init, headers }));
      },
      organization: null,
      project: null,
      webhookSecret: null,
      adminAPIKey: null,
      logLevel: 'off',
      maxRetries: 0,
      timeout: TIMEOUT_MS,
    };
    return make === undefined ? new sdk.OpenAI(options) : make(sdk, options);
  }
}

/** A picture as OpenAI's protocols take it. */
export function dataUrlOf(image: Image): string {
  return `data:${image.type};base64,${Buffer.from(openBytes(image.bytes)).toString('base64')}`;
}

/** The SDK keeps nothing of a refusal's body but its `error`, and many servers tell theirs without one. */
async function asErrorsAreRead(response: Response): Promise<Response> {
  if (response.ok) return response;
  const { status, statusText, headers } = response;
  const words = await response.text().catch(() => '');
  let told: unknown = words.slice(0, MAX_ERROR_CHARACTERS);
  try {
    told = JSON.parse(words);
  } catch {
    // A page, or plain words.
  }
  const isUsual = typeof told === 'object' && told !== null && 'error' in told;
  return new Response(isUsual ? words : JSON.stringify({ error: told }), { status, statusText, headers });
}
