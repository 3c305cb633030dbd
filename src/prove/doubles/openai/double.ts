import type { VendorDouble } from '../vendor-double';
import { anything, areTurns, is, isPseudonym, type WirePromise } from '../wire-promise';
import { type FakeOpenAi, startFakeOpenAi } from './server';

export const openAiDouble: VendorDouble = {
  name: 'OpenAI',
  setUpBy: 'OPENAI_API_KEY',
  async start(secret) {
    const fake = await startFakeOpenAi({ apiKey: `sk-${secret()}` });
    const env = { OPENAI_API_KEY: fake.apiKey, OPENAI_BASE_URL: fake.baseURL, OPENAI_MODEL: fake.model };
    return { fake, env, secrets: ['OPENAI_API_KEY'], promise: openAiPromise(fake) };
  },
  keeps: ['OPENAI_SHARES_FOR_TRAINING'],
  changed: () => ({ OPENAI_SHARES_FOR_TRAINING: 'true' }),
  mayTrain: ({ OPENAI_SHARES_FOR_TRAINING: shares }) => shares === 'true',
};

/** `store: false` is what the notice says of retention. */
export function openAiPromise({ host, model }: Pick<FakeOpenAi, 'host' | 'model'>): WirePromise {
  return {
    host,
    path: '/v1/responses',
    body: {
      model: is(model),
      instructions: anything,
      input: areTurns(['role', 'content']),
      store: is(false),
      stream: is(true),
      safety_identifier: isPseudonym,
    },
    optional: [],
    headers: /^(authorization|x-stainless-(retry-count|timeout))$/u,
  };
}
