import { startFakeOpenAi } from '../openai/server';
import type { VendorDouble } from '../vendor-double';
import { areTurns, is } from '../wire-promise';

export const openAiCompatibleDouble: VendorDouble = {
  name: 'OpenAI-compatible',
  setUpBy: 'OPENAI_COMPATIBLE_BASE_URL',
  async start(secret) {
    const fake = await startFakeOpenAi({ apiKey: secret() });
    const { host, baseURL, apiKey, model } = fake;
    return {
      fake,
      env: {
        OPENAI_COMPATIBLE_BASE_URL: baseURL,
        OPENAI_COMPATIBLE_API_KEY: apiKey,
        OPENAI_COMPATIBLE_MODEL: model,
      },
      secrets: ['OPENAI_COMPATIBLE_API_KEY'],
      promise: {
        host,
        path: '/v1/chat/completions',
        body: {
          model: is(model),
          messages: areTurns(['role', 'content']),
          stream: is(true),
          stream_options: is({ include_usage: true }),
        },
        optional: ['stream_options'],
        headers: /^(authorization|x-stainless-(retry-count|timeout))$/u,
      },
    };
  },
  keeps: ['OPENAI_COMPATIBLE_IMAGES'],
};
