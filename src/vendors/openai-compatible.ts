import { IMAGE_TYPES } from '../text/image';
import type { Connector, Prompt, Route } from './connector';
import { openAiAnswerOf } from './openai-answer';
import { chatMessagesOf, createChatReader } from './openai-chat';
import { lazyOpenAi, type OpenAiClientOptions } from './openai-client';
import { isBadRequest } from './openai-errors';
import { createThoughtFilter } from './thoughts';
import { createUnopenedThoughts, type UnopenedThoughtsByModel } from './thoughts-unopened';

export interface OpenAiCompatibleOptions extends OpenAiClientOptions {
  /** The models that may answer, the first by default. */
  readonly models: readonly [string, ...string[]];
  /** They take pictures. */
  readonly images: boolean;
  /** What is known of models whose thoughts nobody opens; learned from nothing where it is not given. */
  readonly unopened?: UnopenedThoughtsByModel;
}

/** A server that speaks OpenAI's Chat Completions: Ollama, vLLM, LM Studio, llama.cpp. */
export function createOpenAiCompatibleConnector(
  options: OpenAiCompatibleOptions,
): Connector & { warm(): Promise<unknown> } {
  const client = lazyOpenAi(options);
  const { models, unopened = createUnopenedThoughts() } = options;
  let countsUsage = true;

  async function open(prompt: Prompt, signal: AbortSignal): Promise<Response> {
    const { chat } = await client();
    const request = {
      model: prompt.model ?? models[0],
      messages: chatMessagesOf(prompt),
      stream: true,
    } as const;
    if (!countsUsage) return chat.completions.create(request, { signal }).asResponse();
    try {
      return await chat.completions
        .create({ ...request, stream_options: { include_usage: true } }, { signal })
        .asResponse();
    } catch (error) {
      if (!isBadRequest(error)) throw error;
      // Some servers refuse `stream_options`. If the request was bad for another reason, it is refused again.
      const opened = await chat.completions.create(request, { signal }).asResponse();
      countsUsage = false;
      return opened;
    }
  }

  return {
    route: openAiCompatibleRoute(options),
    ...(options.images && { imageTypes: IMAGE_TYPES }),
    warm: client,
    stream: (prompt, signal) =>
      openAiAnswerOf(
        (call) => open(prompt, call),
        createChatReader(),
        signal,
        createThoughtFilter(unopened.of(prompt.model ?? models[0])),
      ),
  };
}

export function openAiCompatibleRoute({ baseURL, models }: Pick<OpenAiCompatibleOptions, 'baseURL' | 'models'>): Route {
  const { host, hostname } = new URL(baseURL);
  const here = /^(localhost|127(\.\d+){3}|\[::1\])$/u.test(hostname);
  const region = here ? 'this-machine' : 'own-servers';
  return { vendor: 'openai-compatible', endpoint: host, region, model: models.join(', '), sharesForTraining: false };
}
