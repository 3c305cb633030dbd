import { type FakeAnthropic, startFakeAnthropic } from '../../../src/prove/doubles/anthropic/server';
import { answer, refusal, type Script } from '../../../src/prove/doubles/vendor-script';
import { type AnthropicOptions, createAnthropicConnector } from '../../../src/vendors/anthropic/connector';
import { CANARY, type ConnectorCase } from '../../contracts/vendor-connector.contract';

/** The connector's options for a fake. */
export function optionsOf({ origin, apiKey, model }: FakeAnthropic): Omit<AnthropicOptions, 'fetch'> {
  return { baseURL: origin, apiKey, models: [model], inferenceGeo: undefined };
}

const invalid = (words: string): Script =>
  refusal(400, { code: 'invalid_request_error', message: `${words} ${CANARY}` });

/** Anthropic under the contract of connectors. */
export const anthropicCase: ConnectorCase<FakeAnthropic> = {
  start: startFakeAnthropic,
  connect: (fake, send) => createAnthropicConnector({ ...optionsOf(fake), fetch: send }),
  busy: (headers = {}) => refusal(429, { headers }),
  echo: (words) => refusal(400, { message: words }),
  faults: [
    ['a refused key', refusal(401, { message: CANARY }), 'auth'],
    ['a forbidden model', refusal(403, { message: CANARY }), 'auth'],
    ['an unknown model', refusal(404, { message: `model: ${CANARY}` }), 'configuration'],
    ['a body too large', refusal(413, { message: CANARY }), 'context-too-long'],
    ['a rate limit', refusal(429, { message: CANARY }), 'rate-limited'],
    ['a spent balance by its status', refusal(402, { message: CANARY }), 'quota'],
    ['a spent balance in words', invalid('Your credit balance is too low to access the Anthropic API.'), 'quota'],
    ['a spent limit in words', invalid('You have reached your specified API usage limits.'), 'quota'],
    ['a prompt that is too long', invalid('prompt is too long: 208310 tokens > 200000 maximum'), 'context-too-long'],
    [
      'a prompt that leaves no room for an answer',
      invalid('input length and `max_tokens` exceed context limit: 199999 + 16384 > 200000'),
      'context-too-long',
    ],
    [
      'a model that keeps what the organisation does not let it keep',
      invalid('your organization or workspace must have data retention enabled'),
      'residency',
    ],
    ['a geography that is not allowed', invalid('inference_geo: us is not allowed for this workspace'), 'residency'],
    [
      'a filtered answer in place of an answer',
      invalid('Output blocked by content filtering policy'),
      'blocked-output',
    ],
    ['a refusal that echoes the prompt', invalid('messages.0: Invalid:'), 'bad-request'],
    ['those words from elsewhere', refusal(403, { message: `credit balance ${CANARY}` }), 'auth'],
    ['a server error', refusal(500, { message: CANARY }), 'overloaded'],
    ['a server that took too long', refusal(504, { message: CANARY }), 'timeout'],
    ['a gateway that waited for too long', refusal(504, { body: `<html>${CANARY}</html>` }), 'timeout'],
    ['an overloaded service', refusal(529, { message: CANARY }), 'overloaded'],
    ['a type that nobody knows', refusal(418, { code: CANARY, message: CANARY }), 'bad-request'],
    ['an error in mid-answer', answer([CANARY], { ending: 'error-event', message: CANARY }), 'overloaded'],
    ['a rate limit in mid-answer', answer([], { ending: 'error-event', code: 'rate_limit_error' }), 'rate-limited'],
    ['a failed answer', answer([CANARY], { ending: 'failed', message: CANARY }), 'overloaded'],
    ['an empty 200', { kind: 'raw', contentType: 'text/event-stream', body: '' }, 'protocol'],
  ],
  hostile: {
    ANTHROPIC_LOG: 'debug',
    ANTHROPIC_BASE_URL: 'http://127.0.0.1:1/elsewhere',
    ANTHROPIC_API_KEY: 'sk-ant-elsewhere',
    ANTHROPIC_AUTH_TOKEN: 'elsewhere',
    ANTHROPIC_PROFILE: 'elsewhere',
    ANTHROPIC_CONFIG_DIR: '/elsewhere',
    ANTHROPIC_WEBHOOK_SIGNING_KEY: 'elsewhere',
    ANTHROPIC_CUSTOM_HEADERS: 'Authorization: Bearer elsewhere\nX-Api-Key: elsewhere\nanthropic-version: elsewhere',
    ANTHROPIC_OPEN_TELEMETRY: 'true',
    ANTHROPIC_OPEN_TELEMETRY_TRACES_CONTENT_MODE: 'content',
  },
  headers: [
    'accept',
    'accept-encoding',
    'anthropic-version',
    'authorization',
    'connection',
    'content-length',
    'content-type',
    'host',
    'user-agent',
  ],
  expectCredentials: ({ headers }, { apiKey }) => expect(headers.authorization).toBe(`Bearer ${apiKey}`),
};
