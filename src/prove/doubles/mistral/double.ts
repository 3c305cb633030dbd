import type { VendorDouble } from '../vendor-double';
import { areTurns, is } from '../wire-promise';
import { startFakeMistral } from './server';

export const mistralDouble: VendorDouble = {
  name: 'Mistral',
  setUpBy: 'MISTRAL_API_KEY',
  async start(secret) {
    const fake = await startFakeMistral({ apiKey: secret() });
    const { host, baseURL, apiKey, model } = fake;
    return {
      fake,
      env: {
        MISTRAL_API_KEY: apiKey,
        MISTRAL_BASE_URL: baseURL,
        MISTRAL_MODEL: model,
        MISTRAL_SHARES_FOR_TRAINING: 'false',
      },
      secrets: ['MISTRAL_API_KEY'],
      promise: {
        host,
        path: '/v1/chat/completions',
        body: { model: is(model), messages: areTurns(['role', 'content']), stream: is(true) },
        optional: [],
        headers: /^authorization$/u,
      },
    };
  },
  keeps: ['MISTRAL_SHARES_FOR_TRAINING'],
  changed: () => ({ MISTRAL_SHARES_FOR_TRAINING: 'true' }),
  mayTrain: ({ MISTRAL_SHARES_FOR_TRAINING: shares }) => shares === 'true',
};
