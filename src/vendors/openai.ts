import type { ResponseStreamEvent, ResponseUsage } from 'openai/resources/responses/responses' with {
  'resolution-mode': 'import',
};
import { openText } from '../text/text';
import type { Connector, Prompt, Route } from './connector';
import { type AnswerReader, answerOf } from './openai-answer';
import { lazyOpenAi, type OpenAiClientOptions } from './openai-client';
import { categoryOfCode } from './openai-errors';
import { VendorError } from './vendor-error';

export interface OpenAiOptions extends OpenAiClientOptions {
  readonly model: string;
  /** The organisation shares data with OpenAI for training. */
  readonly sharesForTraining: boolean;
}

/** OpenAI over the Responses API, streamed, with nothing stored there beyond the logs that its notice names. */
export function createOpenAiConnector(options: OpenAiOptions): Connector & { warm(): Promise<unknown> } {
  const client = lazyOpenAi(options);
  return {
    route: openAiRoute(options),
    warm: client,
    stream(prompt, signal) {
      const request = {
        model: options.model,
        instructions: openText(prompt.instructions),
        input: inputOf(prompt),
        store: false,
        stream: true,
        safety_identifier: prompt.safetyId,
      } as const;
      return answerOf(
        async (call) => (await client()).responses.create(request, { signal: call }).withResponse(),
        createReader(),
        signal,
      );
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

function createReader(): AnswerReader<ResponseStreamEvent> {
  let ending: ReturnType<AnswerReader<ResponseStreamEvent>['ending']>;
  return {
    ending: () => ending,
    read(event) {
      switch (event.type) {
        case 'response.output_text.delta':
        case 'response.refusal.delta':
          return event.delta;
        case 'response.completed':
          ending = { reason: 'complete', ...usageOf(event.response.usage) };
          return undefined;
        case 'response.incomplete':
          if (event.response.incomplete_details?.reason === 'content_filter') throw new VendorError('blocked-output');
          ending = { reason: 'cut', ...usageOf(event.response.usage) };
          return undefined;
        case 'response.failed':
          throw new VendorError(categoryOfCode(event.response.error?.code));
        case 'error':
          throw new VendorError(categoryOfCode(event.code));
        default:
          return undefined;
      }
    },
  };
}

function usageOf(usage: ResponseUsage | null | undefined) {
  return usage === null || usage === undefined
    ? {}
    : { usage: { inputTokens: usage.input_tokens, outputTokens: usage.output_tokens } };
}
