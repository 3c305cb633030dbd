import type { OpenAI } from 'openai' with { 'resolution-mode': 'import' };
import { type Image, openImage } from '../text/image';

export interface OpenAiClientOptions {
  /** Empty for a server that asks for none. */
  readonly apiKey: string;
  readonly baseURL: string;
  /** Every request goes through it. */
  readonly fetch: typeof fetch;
}

/** Longer than any answer may take: our own deadlines are shorter (`resilience.ts`). */
const TIMEOUT_MS = 600_000;

/**
 * The official SDK, deaf to the environment: no logging, no organisation or project from variables, no retries of
 * its own. It is loaded at the first call, so that a vendor that is not used costs no start.
 */
export function lazyOpenAi({ apiKey, baseURL, fetch }: OpenAiClientOptions): () => Promise<OpenAI> {
  // The SDK's own headers tell the machine's system and runtime, and `OPENAI_CUSTOM_HEADERS` can replace the key.
  const headers = {
    accept: 'text/event-stream',
    'content-type': 'application/json',
    'user-agent': 'dejiren',
    ...(apiKey !== '' && { authorization: `Bearer ${apiKey}` }),
  };
  let client: Promise<OpenAI> | undefined;
  return () => {
    client ??= load();
    return client;
  };

  async function load(): Promise<OpenAI> {
    const { OpenAI: Client } = await import('openai');
    return new Client({
      apiKey: apiKey || 'none',
      baseURL,
      fetch: (input, init) => fetch(input, { ...init, headers }),
      organization: null,
      project: null,
      webhookSecret: null,
      adminAPIKey: null,
      logLevel: 'off',
      maxRetries: 0,
      timeout: TIMEOUT_MS,
    });
  }
}

/** A picture as OpenAI's protocols take it. */
export function dataUrlOf(image: Image): string {
  return `data:${image.type};base64,${Buffer.from(openImage(image)).toString('base64')}`;
}
