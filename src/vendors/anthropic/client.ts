import type { ClientOptions } from '@anthropic-ai/sdk';
import type { MessageCreateParams } from '@anthropic-ai/sdk/resources/messages';

export interface AnthropicClientOptions {
  readonly apiKey: string;
  /** Without `/v1`, as the SDK has it. */
  readonly baseURL: string;
  /** Every request goes through it. */
  readonly fetch: typeof fetch;
}

/** Asks the Messages API; resolves once the headers of the answer have come. */
export type AskAnthropic = (request: MessageCreateParams, signal: AbortSignal) => Promise<Response>;

/**
 * The version of the API whose requests and events are spoken here. Told by ourselves, so that no newer SDK changes it
 * unseen. Source: "Versions", platform.claude.com/docs/en/api/versioning.
 */
const API_VERSION = '2026-10-21';
/** Longer than any answer may take: our own deadlines are shorter (`resilience.ts`). */
const TIMEOUT_MS = 3_700_000;

/**
 * The official SDK, deaf to the environment: no logging, no traces (they can hold prompts), no credentials but the
 * key, no retries of its own. It is loaded at the first call, so that a vendor that is not used costs no start.
 */
export function lazyAnthropic(options: AnthropicClientOptions): () => Promise<AskAnthropic> {
  let asking: Promise<AskAnthropic> | undefined;
  return () => {
    asking ??= load(options);
    return asking;
  };
}

async function load({ apiKey, baseURL, fetch }: AnthropicClientOptions): Promise<AskAnthropic> {
  const sdk = await import('@anthropic-ai/sdk');
  // The SDK's own headers tell the machine's system and runtime, and `ANTHROPIC_CUSTOM_HEADERS` can replace the key.
  const headers = {
    accept: 'text/event-stream',
    'content-type': 'application/json',
    'user-agent': 'dejiren',
    'anthropic-version': API_VERSION,
    authorization: `Bearer ${apiKey}`,
  };
  const client = new sdk.Anthropic({
    apiKey: 'none',
    baseURL,
    fetch: (input, init) => fetch(input, { ...init, headers }),
    webhookKey: null,
    logLevel: 'off',
    maxRetries: 0,
    openTelemetry: false,
    timeout: TIMEOUT_MS,
  } satisfies ClientOptions);
  // Not by `messages.create`: that prints to the console about models that will be retired.
  return (body, signal) =>
    client.post('/v1/messages', { body, signal, stream: body.stream === true, timeout: TIMEOUT_MS }).asResponse();
}
