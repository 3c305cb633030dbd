import { startFakeOpenAi } from '../openai/server';
import type { VendorDouble } from '../vendor-double';
import { anything, areTurns, is } from '../wire-promise';

export const azureOpenAiDouble: VendorDouble = {
  name: 'Azure OpenAI',
  setUpBy: 'AZURE_OPENAI_ENDPOINT',
  async start(secret) {
    const fake = await startFakeOpenAi({ azure: true, apiKey: secret() });
    const { origin, host, apiKey, model } = fake;
    return {
      fake,
      env: { AZURE_OPENAI_ENDPOINT: origin, AZURE_OPENAI_API_KEY: apiKey, AZURE_OPENAI_DEPLOYMENT: model },
      secrets: ['AZURE_OPENAI_API_KEY'],
      promise: {
        host,
        path: '/openai/v1/responses',
        body: {
          model: is(model),
          instructions: anything,
          input: areTurns(['role', 'content']),
          store: is(false),
          stream: is(true),
        },
        optional: [],
        headers: /^(authorization|api-key|x-stainless-(retry-count|timeout))$/u,
      },
    };
  },
  keeps: ['AZURE_OPENAI_DEPLOYMENT_TYPE', 'AZURE_OPENAI_REGION'],
  changed: ({ AZURE_OPENAI_DEPLOYMENT: model }) => ({ AZURE_OPENAI_DEPLOYMENT: `${model}, another` }),
};
