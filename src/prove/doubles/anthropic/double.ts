import { startFakeAnthropic } from './server';

const is =
  (wanted: unknown) =>
  (value: unknown): boolean =>
    JSON.stringify(value) === JSON.stringify(wanted);
/** Of a person nothing but a hash: the notice says so. */
const isPseudonymAlone = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).join() === 'user_id' &&
  /^[A-Za-z0-9_-]{43}$/u.test(String(Reflect.get(value, 'user_id')));
const areTurns = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every((turn: object) => Object.keys(turn).every((name) => name === 'role' || name === 'content'));

/** How the prover plays Anthropic. */
export const anthropicDouble = {
  async start(secret: () => string) {
    const fake = await startFakeAnthropic({ apiKey: `sk-ant-${secret()}` });
    const { host, origin, apiKey, model } = fake;
    return {
      fake,
      env: {
        ANTHROPIC_API_KEY: apiKey,
        ANTHROPIC_BASE_URL: origin,
        ANTHROPIC_MODEL: model,
        ANTHROPIC_INFERENCE_GEO: 'us',
      },
      secrets: ['ANTHROPIC_API_KEY'],
      promise: {
        host,
        path: '/v1/messages',
        body: {
          model: is(model),
          max_tokens: is(16_384),
          system: () => true,
          messages: areTurns,
          metadata: isPseudonymAlone,
          inference_geo: is('us'),
          stream: is(true),
        },
        optional: ['system'],
        headers: /^(authorization|anthropic-version)$/u,
      },
    };
  },
  keeps: [],
};
