import { startFakeMistral } from './server';

const is =
  (wanted: unknown) =>
  (value: unknown): boolean =>
    JSON.stringify(value) === JSON.stringify(wanted);
const areTurns = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every((turn: object) => Object.keys(turn).every((name) => name === 'role' || name === 'content'));

/** How the prover plays Mistral. */
export const mistralDouble = {
  async start(secret: () => string) {
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
        body: { model: is(model), messages: areTurns, stream: is(true) },
        optional: [],
        headers: /^authorization$/u,
      },
    };
  },
  keeps: ['MISTRAL_SHARES_FOR_TRAINING'],
  changed: () => ({ MISTRAL_SHARES_FOR_TRAINING: 'true' }),
  mayTrain: ({ MISTRAL_SHARES_FOR_TRAINING: shares }: Readonly<Record<string, string>>) => shares === 'true',
};
