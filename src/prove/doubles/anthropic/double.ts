import type { VendorDouble } from '../vendor-double';
import { anything, areTurns, is, isPseudonym } from '../wire-promise';
import { startFakeAnthropic } from './server';

/** Of a person nothing but a hash: the notice says so. */
const isPseudonymAlone = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).join() === 'user_id' &&
  isPseudonym(Reflect.get(value, 'user_id'));

export const anthropicDouble: VendorDouble = {
  name: 'Anthropic',
  setUpBy: 'ANTHROPIC_API_KEY',
  async start(secret) {
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
          system: anything,
          messages: areTurns(['role', 'content']),
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
