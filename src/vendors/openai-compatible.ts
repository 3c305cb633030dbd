import { openText, sealText } from '../text/text';
import type { Connector, Prompt, Route, Usage } from './connector';
import { lazyOpenAi, type OpenAiClientOptions } from './openai-client';
import { vendorErrorOf } from './openai-errors';
import { VendorError } from './vendor-error';

export interface OpenAiCompatibleOptions extends OpenAiClientOptions {
  readonly model: string;
}

/** A server that speaks OpenAI's Chat Completions: Ollama, vLLM, LM Studio, llama.cpp. */
export function createOpenAiCompatibleConnector(
  options: OpenAiCompatibleOptions,
): Connector & { warm(): Promise<unknown> } {
  const client = lazyOpenAi(options);
  return {
    route: openAiCompatibleRoute(options),
    warm: client,
    async *stream(prompt, signal) {
      try {
        const request = {
          model: options.model,
          messages: messagesOf(prompt),
          stream: true,
          stream_options: { include_usage: true },
        } as const;
        const { data, request_id } = await (await client()).chat.completions.create(request, { signal }).withResponse();
        const details = request_id === null ? {} : { requestId: request_id };
        let reason: string | undefined;
        let usage: Usage | undefined;
        for await (const chunk of data) {
          const [choice] = chunk.choices;
          const words = choice?.delta.content;
          if (words !== null && words !== undefined && words !== '') yield { type: 'delta', text: sealText(words) };
          reason = choice?.finish_reason ?? reason;
          if (chunk.usage !== null && chunk.usage !== undefined)
            usage = { inputTokens: chunk.usage.prompt_tokens, outputTokens: chunk.usage.completion_tokens };
        }
        if (signal.aborted) throw new VendorError('cancelled');
        if (reason === undefined) throw new VendorError('truncated', details);
        if (reason === 'content_filter') throw new VendorError('blocked-output', details);
        yield {
          type: 'finish',
          reason: reason === 'length' ? 'cut' : 'complete',
          ...(usage !== undefined && { usage }),
          ...details,
        };
      } catch (error) {
        throw vendorErrorOf(error, signal);
      }
    },
  };
}

export function openAiCompatibleRoute({ baseURL, model }: Pick<OpenAiCompatibleOptions, 'baseURL' | 'model'>): Route {
  const { host, hostname } = new URL(baseURL);
  const here = /^(localhost|127(\.\d+){3}|\[::1\])$/u.test(hostname);
  const region = here ? 'this-machine' : 'own-servers';
  return { vendor: 'openai-compatible', endpoint: host, region, model, sharesForTraining: false };
}

function messagesOf({ instructions, messages }: Prompt) {
  return [
    { role: 'system' as const, content: openText(instructions) },
    ...messages.map(({ role, text }) => ({ role, content: openText(text) })),
  ];
}
