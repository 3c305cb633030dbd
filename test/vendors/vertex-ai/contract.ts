import { answer, refusal } from '../../../src/prove/doubles/vendor-script';
import { type FakeVertex, startFakeVertex } from '../../../src/prove/doubles/vertex-ai/server';
import { createVertexAiConnector, type VertexAiOptions } from '../../../src/vendors/vertex-ai/connector';
import type { VendorContract } from '../../contracts/vendor.contract';
import { CANARY, type ConnectorCase } from '../../contracts/vendor-connector.contract';
import { vertexWire } from './wire';

/** Google's packages. */
export const ENGINES = ['vertexai', 'genai'] as const;

/** The connector's options for a fake. */
export function optionsOf({
  origin,
  project,
  location,
  model,
  token,
}: FakeVertex): Omit<VertexAiOptions, 'fetch' | 'engine'> {
  return { project, location, models: [model], baseURL: origin, getToken: async () => token };
}

function caseOf(engine: (typeof ENGINES)[number]): ConnectorCase<FakeVertex> {
  return {
    start: () => startFakeVertex(),
    connect: (fake, send) => createVertexAiConnector({ ...optionsOf(fake), engine, fetch: send }),
    busy: (headers = {}) => refusal(429, { code: 'RESOURCE_EXHAUSTED', headers }),
    echo: (words) => refusal(400, { message: words }),
    faults: [
      ['a refused token', refusal(401, { code: 'UNAUTHENTICATED', message: CANARY }), 'auth'],
      ['a forbidden model', refusal(403, { code: 'PERMISSION_DENIED', message: CANARY }), 'auth'],
      ['billing that is off', refusal(403, { code: 'PERMISSION_DENIED', message: 'requires billing' }), 'quota'],
      ['an unknown model', refusal(404, { code: 'NOT_FOUND', message: CANARY }), 'configuration'],
      ['a precondition', refusal(400, { code: 'FAILED_PRECONDITION', message: CANARY }), 'configuration'],
      [
        "a perimeter of the organisation's own",
        refusal(403, { code: 'PERMISSION_DENIED', type: 'SECURITY_POLICY_VIOLATED', message: CANARY }),
        'residency',
      ],
      ['a rate limit', refusal(429, { code: 'RESOURCE_EXHAUSTED', message: CANARY }), 'rate-limited'],
      ['a refusal that echoes the prompt', refusal(400, { message: `Invalid: ${CANARY}` }), 'bad-request'],
      [
        'a prompt that is too long',
        refusal(400, { message: 'The input token count (9) exceeds the maximum number of tokens' }),
        'context-too-long',
      ],
      ['a server error', refusal(500, { code: 'INTERNAL', message: CANARY }), 'overloaded'],
      ['an unavailable service', refusal(503, { code: 'UNAVAILABLE', message: CANARY }), 'overloaded'],
      ['a deadline', refusal(504, { code: 'DEADLINE_EXCEEDED', message: CANARY }), 'timeout'],
      ['a code that nobody knows', refusal(418, { code: CANARY, message: CANARY }), 'bad-request'],
      ['an empty 200', { kind: 'raw', contentType: 'text/event-stream', body: '' }, 'protocol'],
      ['an error in mid-answer', answer([CANARY], { ending: 'error-event', message: CANARY }), 'overloaded'],
      ['a rate limit in mid-answer', answer([], { ending: 'error-event', code: 'RESOURCE_EXHAUSTED' }), 'rate-limited'],
      ['a blocked prompt', answer([], { ending: 'failed' }), 'blocked-input'],
    ],
    hostile: {
      GOOGLE_CLOUD_PROJECT: 'elsewhere',
      GOOGLE_CLOUD_LOCATION: 'elsewhere',
      GOOGLE_API_KEY: 'elsewhere',
      GEMINI_API_KEY: 'elsewhere',
      GOOGLE_GENAI_USE_VERTEXAI: 'false',
      GOOGLE_VERTEX_BASE_URL: 'http://127.0.0.1:1/elsewhere',
      GOOGLE_GEMINI_BASE_URL: 'http://127.0.0.1:1/elsewhere',
      GOOGLE_APPLICATION_CREDENTIALS: '/elsewhere.json',
      GOOGLE_SDK_NODE_LOGGING: 'all',
      GCLOUD_PROJECT: 'elsewhere',
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
    expectCredentials: ({ headers }, { token }) => expect(headers.authorization).toBe(`Bearer ${token}`),
  };
}

const place = {
  project: 'acme',
  location: 'asia-northeast1',
  models: ['m'] as const,
  baseURL: 'http://127.0.0.1:1',
  getToken: async () => 'token',
};

export const contracts: readonly VendorContract[] = ENGINES.map((engine) => ({
  name: engine,
  connector: caseOf(engine),
  connect: (send) => createVertexAiConnector({ ...place, engine, fetch: send }),
  wire: vertexWire,
}));
