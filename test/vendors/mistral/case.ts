import { type FakeMistral, startFakeMistral } from '../../../src/prove/doubles/mistral/server';
import { answer, refusal, type Script } from '../../../src/prove/doubles/vendor-script';
import { createMistralConnector, type MistralOptions } from '../../../src/vendors/mistral/connector';
import { CANARY, type ConnectorCase } from '../../contracts/vendor-connector.contract';

/** The connector's options for a fake. */
export function optionsOf({ baseURL, apiKey, model }: FakeMistral): Omit<MistralOptions, 'fetch'> {
  return { baseURL, apiKey, models: [model], sharesForTraining: false };
}

const told = (status: number, body: object): Script => refusal(status, { body: JSON.stringify(body) });

/** Mistral under the contract of connectors. */
export const mistralCase: ConnectorCase<FakeMistral> = {
  start: startFakeMistral,
  connect: (fake, send) => createMistralConnector({ ...optionsOf(fake), fetch: send }),
  busy: (headers = {}) => refusal(429, { type: 'rate_limited', code: '1300', message: 'Rate limit exceeded', headers }),
  echo: (words) => refusal(400, { message: words }),
  faults: [
    ['a refused key', refusal(401, { message: CANARY }), 'auth'],
    ['a refused key in another shape', told(401, { detail: `Unauthorized ${CANARY}` }), 'auth'],
    ['a forbidden model', refusal(403, { message: CANARY }), 'auth'],
    ['a spent balance', refusal(402, { message: CANARY }), 'quota'],
    ['an unknown path', refusal(404, { message: CANARY }), 'configuration'],
    ['an unknown model', refusal(400, { type: 'invalid_model', code: '1500', message: CANARY }), 'configuration'],
    [
      'a prompt that is too long',
      refusal(400, {
        message: `Prompt contains 9 tokens, too large for model with 8 maximum context length ${CANARY}`,
      }),
      'context-too-long',
    ],
    ['a rate limit', refusal(429, { type: 'rate_limited', code: '1300', message: CANARY }), 'rate-limited'],
    ['full servers', refusal(429, { type: 'service_tier_capacity_exceeded', code: '3505' }), 'overloaded'],
    ['a refusal that echoes the prompt', refusal(400, { message: CANARY, type: CANARY, code: CANARY }), 'bad-request'],
    [
      'a field that it does not know',
      told(422, {
        object: 'error',
        message: { detail: [{ type: 'extra_forbidden', loc: ['body', CANARY], msg: CANARY }] },
      }),
      'bad-request',
    ],
    ['a server error', refusal(500, { message: CANARY }), 'overloaded'],
    ['an unavailable service', refusal(503, { message: CANARY }), 'overloaded'],
    ['an error in mid-answer', answer([CANARY], { ending: 'error-event', message: CANARY }), 'overloaded'],
    ['a rate limit in mid-answer', answer([], { ending: 'error-event', code: 'rate_limited' }), 'rate-limited'],
    ['a failed answer', answer([CANARY], { ending: 'failed', message: CANARY }), 'overloaded'],
    ['an empty 200', { kind: 'raw', contentType: 'text/event-stream', body: '' }, 'protocol'],
  ],
  hostile: {
    OPENAI_LOG: 'debug',
    OPENAI_BASE_URL: 'http://127.0.0.1:1/elsewhere',
    OPENAI_API_KEY: 'sk-elsewhere',
    OPENAI_ORG_ID: 'org-elsewhere',
    OPENAI_PROJECT_ID: 'proj-elsewhere',
    OPENAI_CUSTOM_HEADERS: 'Authorization: Bearer elsewhere\nX-Elsewhere: elsewhere',
    MISTRAL_API_KEY: 'elsewhere',
    MISTRAL_BASE_URL: 'http://127.0.0.1:1/elsewhere',
  },
  headers: [
    'accept',
    'accept-encoding',
    'authorization',
    'connection',
    'content-length',
    'content-type',
    'host',
    'user-agent',
  ],
  expectCredentials: ({ headers }, { apiKey }) => expect(headers.authorization).toBe(`Bearer ${apiKey}`),
};
