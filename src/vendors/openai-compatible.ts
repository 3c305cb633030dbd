import type { ChatCompletionChunk, ChatCompletionMessageParam } from 'openai/resources/chat/completions' with {
  'resolution-mode': 'import',
};
import { openText } from '../text/text';
import type { Connector, Prompt, Route, Usage } from './connector';
import { type AnswerReader, answerOf, type OpenedAnswer } from './openai-answer';
import { dataUrlOf, lazyOpenAi, type OpenAiClientOptions } from './openai-client';
import { isBadRequest } from './openai-errors';
import { VendorError } from './vendor-error';

export interface OpenAiCompatibleOptions extends OpenAiClientOptions {
  /** The models that may answer, the first by default. */
  readonly models: readonly [string, ...string[]];
  /** They take pictures. */
  readonly images: boolean;
}

/** A server that speaks OpenAI's Chat Completions: Ollama, vLLM, LM Studio, llama.cpp. */
export function createOpenAiCompatibleConnector(
  options: OpenAiCompatibleOptions,
): Connector & { warm(): Promise<unknown> } {
  const client = lazyOpenAi(options);
  let countsUsage = true;

  async function open(prompt: Prompt, signal: AbortSignal): Promise<OpenedAnswer<ChatCompletionChunk>> {
    const { chat } = await client();
    const request = {
      model: prompt.model ?? options.models[0],
      messages: chatMessagesOf(prompt),
      stream: true,
    } as const;
    if (!countsUsage) return chat.completions.create(request, { signal }).withResponse();
    try {
      return await chat.completions
        .create({ ...request, stream_options: { include_usage: true } }, { signal })
        .withResponse();
    } catch (error) {
      if (!isBadRequest(error)) throw error;
      // Some servers refuse `stream_options`. If the request was bad for another reason, it is refused again.
      const opened = await chat.completions.create(request, { signal }).withResponse();
      countsUsage = false;
      return opened;
    }
  }

  return {
    route: openAiCompatibleRoute(options),
    ...(options.images && { takesImages: true }),
    warm: client,
    stream: (prompt, signal) => answerOf((call) => open(prompt, call), createChatReader(), signal),
  };
}

export function openAiCompatibleRoute({ baseURL, models }: Pick<OpenAiCompatibleOptions, 'baseURL' | 'models'>): Route {
  const { host, hostname } = new URL(baseURL);
  const here = /^(localhost|127(\.\d+){3}|\[::1\])$/u.test(hostname);
  const region = here ? 'this-machine' : 'own-servers';
  return { vendor: 'openai-compatible', endpoint: host, region, model: models.join(', '), sharesForTraining: false };
}

/** The prompt as Chat Completions takes it. */
export function chatMessagesOf({ instructions, messages }: Prompt): ChatCompletionMessageParam[] {
  return [
    { role: 'system', content: openText(instructions) },
    ...messages.map(
      ({ role, text, images = [] }): ChatCompletionMessageParam =>
        role === 'assistant' || images.length === 0
          ? { role, content: openText(text) }
          : {
              role,
              content: [
                ...images.map((image) => ({ type: 'image_url', image_url: { url: dataUrlOf(image) } }) as const),
                { type: 'text', text: openText(text) },
              ],
            },
    ),
  ];
}

/** Reads the chunks of Chat Completions. */
export function createChatReader(): AnswerReader<ChatCompletionChunk> {
  let reason: 'complete' | 'cut' | undefined;
  let usage: Usage | undefined;
  return {
    ending: () => (reason === undefined ? undefined : { reason, ...(usage !== undefined && { usage }) }),
    read(chunk) {
      const [choice] = chunk.choices;
      const finished = choice?.finish_reason ?? undefined;
      if (finished === 'content_filter') throw new VendorError('blocked-output');
      if (finished !== undefined) reason = finished === 'length' ? 'cut' : 'complete';
      if (chunk.usage !== null && chunk.usage !== undefined)
        usage = { inputTokens: chunk.usage.prompt_tokens, outputTokens: chunk.usage.completion_tokens };
      return choice?.delta.content ?? undefined;
    },
  };
}
