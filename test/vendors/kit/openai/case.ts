import { type FakeOpenAi, startFakeOpenAi } from '../../../../src/prove/doubles/openai/server';
import { answer, refusal, type Script } from '../../../../src/prove/doubles/vendor-script';
import type { Connector } from '../../../../src/vendors/connector';
import { CANARY, type ConnectorCase } from '../../../contracts/vendor-connector.contract';

const bodyOf = (body: object): Script => refusal(400, { body: JSON.stringify(body) });

/** What the connectors of OpenAI's protocols have in common under the contract. */
export function openAiCase(
  create: (place: {
    readonly baseURL: string;
    readonly apiKey: string;
    readonly models: readonly [string];
    readonly fetch: typeof fetch;
  }) => Connector,
): ConnectorCase<FakeOpenAi> {
  return {
    start: startFakeOpenAi,
    connect: ({ baseURL, apiKey, model }, send) => create({ baseURL, apiKey, models: [model], fetch: send }),
    busy: (headers = {}) => refusal(429, { headers }),
    echo: (words) => refusal(400, { message: words }),
    faults: [
      ['a refused key', refusal(401, { code: 'invalid_api_key', message: CANARY }), 'auth'],
      ['a forbidden model', refusal(403, { message: CANARY }), 'auth'],
      ['an unknown model', refusal(404, { code: 'model_not_found', message: CANARY }), 'configuration'],
      ['a request timeout', refusal(408, { message: CANARY }), 'timeout'],
      ['a body too large', refusal(413, { message: CANARY }), 'context-too-long'],
      ['a rate limit', refusal(429, { code: 'rate_limit_exceeded', message: CANARY }), 'rate-limited'],
      ['a rate limit without a code', refusal(429, { message: CANARY }), 'rate-limited'],
      ['a spent quota', refusal(429, { code: 'insufficient_quota', type: 'insufficient_quota' }), 'quota'],
      [
        'a refusal that echoes the prompt',
        refusal(400, { message: `Invalid: ${CANARY}`, code: CANARY }),
        'bad-request',
      ],
      ['a prompt that is too long', refusal(400, { code: 'context_length_exceeded' }), 'context-too-long'],
      [
        'a prompt that is too long, in another shape',
        bodyOf({ object: 'error', message: `maximum context length ${CANARY}`, code: 400 }),
        'context-too-long',
      ],
      [
        'a prompt that is too long, in plain words',
        refusal(400, { body: `maximum context length ${CANARY}` }),
        'context-too-long',
      ],
      ['a rate limit deep in a refusal', bodyOf({ error: { error: { code: 'too_many_requests' } } }), 'rate-limited'],
      ['a rate limit as a status in words', bodyOf({ error: { message: CANARY, status: '429' } }), 'rate-limited'],
      ['a spent balance', refusal(402, { message: CANARY }), 'quota'],
      ['a filtered prompt', refusal(400, { code: 'content_filter', message: CANARY }), 'blocked-input'],
      ['a prompt refused by policy', refusal(400, { code: 'invalid_prompt', message: CANARY }), 'blocked-input'],
      ['a residency mismatch', refusal(400, { code: 'data_residency_mismatch' }), 'residency'],
      ['a server error', refusal(500, { message: CANARY }), 'overloaded'],
      ['an overloaded server', refusal(503, { code: 'server_is_overloaded', message: CANARY }), 'overloaded'],
      ['an error in mid-answer', answer([CANARY], { ending: 'error-event', message: CANARY }), 'overloaded'],
      [
        'a rate limit in mid-answer',
        answer([], { ending: 'error-event', code: 'rate_limit_exceeded' }),
        'rate-limited',
      ],
      ['a failed answer', answer([CANARY], { ending: 'failed', message: CANARY }), 'overloaded'],
      ['an empty 200', { kind: 'raw', contentType: 'text/event-stream', body: '' }, 'protocol'],
    ],
    hostile: {
      OPENAI_LOG: 'debug',
      OPENAI_BASE_URL: 'http://127.0.0.1:1/v1',
      OPENAI_API_KEY: 'sk-elsewhere',
      OPENAI_ADMIN_KEY: 'sk-admin-elsewhere',
      OPENAI_ORG_ID: 'org-elsewhere',
      OPENAI_PROJECT_ID: 'proj-elsewhere',
      OPENAI_CUSTOM_HEADERS: 'Authorization: Bearer sk-elsewhere\nX-Elsewhere: elsewhere',
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
}
