import type { ResponseStreamEvent } from 'openai/resources/responses/responses' with { 'resolution-mode': 'import' };
import { openText, sealText } from '../text/text';
import type { Connector, Prompt, Route, StreamPart } from './connector';
import { lazyOpenAi, type OpenAiClientOptions } from './openai-client';
import { categoryOfCode, vendorErrorOf } from './openai-errors';
import { VendorError } from './vendor-error';

export interface OpenAiOptions extends OpenAiClientOptions {
  readonly model: string;
  /** The organisation shares data with OpenAI for training. */
  readonly sharesForTraining: boolean;
}

export const OPENAI_BASE_URL = 'https://api.openai.com/v1';

/** OpenAI over the Responses API, streamed, with nothing stored there beyond the logs that its notice names. */
export function createOpenAiConnector(options: OpenAiOptions): Connector & { warm(): Promise<unknown> } {
  const client = lazyOpenAi(options);
  const route = openAiRoute(options);
  return {
    route,
    warm: client,
    async *stream(prompt, signal) {
      try {
        const request = {
          model: options.model,
          instructions: openText(prompt.instructions),
          input: inputOf(prompt),
          store: false,
          stream: true,
          safety_identifier: prompt.safetyId,
        } as const;
        const call = (await client()).responses.create(request, { signal });
        const { data, request_id } = await call.withResponse();
        yield* partsOf(data, request_id ?? undefined, signal);
      } catch (error) {
        throw vendorErrorOf(error, signal);
      }
    },
  };
}

/**
 * Which region a host processes in. A regional host that only stores in its region counts as `global`.
 * Source: "Data residency", developers.openai.com/api/docs/guides/data-residency (checked 2026-11-23).
 */
export function openAiRoute(options: Pick<OpenAiOptions, 'baseURL' | 'model' | 'sharesForTraining'>): Route {
  const { host, hostname } = new URL(options.baseURL);
  const region = /^(us|eu|ae|au|in|jp)\.api\.openai\.com$/u.exec(hostname)?.[1] ?? 'global';
  const { model, sharesForTraining } = options;
  return { vendor: 'openai', endpoint: host, region, model, sharesForTraining };
}

function inputOf(prompt: Prompt): { role: 'user' | 'assistant'; content: string }[] {
  return prompt.messages.map(({ role, text }) => ({ role, content: openText(text) }));
}

async function* partsOf(
  events: AsyncIterable<ResponseStreamEvent>,
  requestId: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<StreamPart> {
  const details = requestId === undefined ? {} : { requestId };
  for await (const event of events) {
    switch (event.type) {
      case 'response.output_text.delta':
      case 'response.refusal.delta':
        yield { type: 'delta', text: sealText(event.delta) };
        break;
      case 'response.completed': {
        const usage = usageOf(event.response.usage);
        yield { type: 'finish', reason: 'complete', ...(usage !== undefined && { usage }), ...details };
        return;
      }
      case 'response.incomplete': {
        if (event.response.incomplete_details?.reason === 'content_filter')
          throw new VendorError('blocked-output', details);
        const usage = usageOf(event.response.usage);
        yield { type: 'finish', reason: 'cut', ...(usage !== undefined && { usage }), ...details };
        return;
      }
      case 'response.failed':
        throw new VendorError(categoryOfCode(event.response.error?.code), details);
      case 'error':
        throw new VendorError(categoryOfCode(event.code), details);
    }
  }
  // The SDK ends silently when it was aborted, and when the connection was closed before the last event.
  throw new VendorError(signal.aborted ? 'cancelled' : 'truncated', details);
}

function usageOf(usage: { input_tokens: number; output_tokens: number } | null | undefined) {
  return usage === null || usage === undefined
    ? undefined
    : { inputTokens: usage.input_tokens, outputTokens: usage.output_tokens };
}
