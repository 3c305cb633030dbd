import { join } from 'node:path';
import { eventFrame, exceptionFrame } from '../../../src/prove/doubles/bedrock/event-stream';
import { type FakeBedrock, startFakeBedrock } from '../../../src/prove/doubles/bedrock/server';
import { answer, refusal, type Script } from '../../../src/prove/doubles/vendor-script';
import { type BedrockOptions, createBedrockConnector } from '../../../src/vendors/bedrock/connector';
import { CANARY, type ConnectorCase } from '../../contracts/vendor-connector.contract';

/** The connector's options for a fake, with its keys given. */
export function optionsOf({ origin, region, model, keyId, secret }: FakeBedrock): Omit<BedrockOptions, 'fetch'> {
  return {
    region,
    models: [model],
    endpoint: origin,
    guardrail: undefined,
    credentials: async () => ({ accessKeyId: keyId, secretAccessKey: secret }),
  };
}

/** An answer of these frames. */
export function framed(...frames: readonly Uint8Array[]): Script {
  return { kind: 'raw', contentType: 'application/vnd.amazon.eventstream', body: Buffer.concat(frames) };
}

export const started = eventFrame('messageStart', { role: 'assistant' });
export const said = (text: string) => eventFrame('contentBlockDelta', { contentBlockIndex: 0, delta: { text } });
const stopped = (stopReason: string): Script =>
  framed(started, said(CANARY), eventFrame('messageStop', { stopReason }));
const hugeFrame = Buffer.from([0xff, 0xff, 0xff, 0xff]);

/** Bedrock under the contract of connectors. */
export const bedrockCase: ConnectorCase<FakeBedrock> = {
  start: startFakeBedrock,
  connect: (fake, send) => createBedrockConnector({ ...optionsOf(fake), fetch: send }),
  busy: (headers = {}) => refusal(429, { code: 'ThrottlingException', headers }),
  echo: (words) => refusal(400, { code: 'ValidationException', message: words }),
  faults: [
    ['no access to the model', refusal(403, { code: 'AccessDeniedException', message: CANARY }), 'auth'],
    ['an expired token', refusal(403, { code: 'ExpiredTokenException', message: CANARY }), 'auth'],
    ['an unknown key', refusal(403, { code: 'UnrecognizedClientException', message: CANARY }), 'auth'],
    ['an unknown model', refusal(404, { code: 'ResourceNotFoundException', message: CANARY }), 'configuration'],
    ['a model that took too long', refusal(408, { code: 'ModelTimeoutException', message: CANARY }), 'timeout'],
    ['a rate limit', refusal(429, { code: 'ThrottlingException', message: CANARY }), 'rate-limited'],
    ['a model that is not ready', refusal(429, { code: 'ModelNotReadyException', message: CANARY }), 'overloaded'],
    ['a spent quota', refusal(400, { code: 'ServiceQuotaExceededException', message: CANARY }), 'quota'],
    ['a refusal that echoes the prompt', refusal(400, { message: `Invalid: ${CANARY}` }), 'bad-request'],
    [
      'a prompt that is too long',
      refusal(400, { message: 'Input is too long for requested model.' }),
      'context-too-long',
    ],
    ['a data retention that the model refuses', refusal(400, { message: 'data retention mode' }), 'residency'],
    ['a server error', refusal(500, { code: 'InternalServerException', message: CANARY }), 'overloaded'],
    ['an unavailable service', refusal(503, { code: 'ServiceUnavailableException', message: CANARY }), 'overloaded'],
    ['a failed model', refusal(424, { code: 'ModelErrorException', message: CANARY }), 'overloaded'],
    ['a code that nobody knows', refusal(418, { code: CANARY, message: CANARY }), 'bad-request'],
    ['a model that went beyond its context', stopped('model_context_window_exceeded'), 'context-too-long'],
    ['an answer stopped by a filter', stopped('content_filtered'), 'blocked-output'],
    ['a call of a tool that was not offered', stopped('tool_use'), 'protocol'],
    ['malformed words of the model', stopped('malformed_model_output'), 'protocol'],
    ['an end that nobody knows', stopped(CANARY), 'unknown-ending'],
    ['an end within a frame', framed(started, said(CANARY).subarray(0, -1)), 'truncated'],
    ['a frame of 4 GiB', framed(started, hugeFrame), 'protocol'],
    ['an event that is no JSON', framed(started, Buffer.from(said('x').map((byte) => byte ^ 1))), 'protocol'],
    ['an error as the first event', framed(exceptionFrame('throttlingException', CANARY)), 'rate-limited'],
    ['an error that nobody knows', framed(started, exceptionFrame(CANARY, CANARY)), 'protocol'],
    ['an empty 200', { kind: 'raw', contentType: 'application/vnd.amazon.eventstream', body: '' }, 'protocol'],
    ['an error in mid-answer', answer([CANARY], { ending: 'error-event', message: CANARY }), 'overloaded'],
    ['a rate limit in mid-answer', answer([], { ending: 'error-event', code: 'throttlingException' }), 'rate-limited'],
    ['a refusal in mid-answer', answer([], { ending: 'error-event', code: 'validationException' }), 'bad-request'],
    ['a failed answer', answer([CANARY], { ending: 'failed', message: CANARY }), 'overloaded'],
  ],
  hostile: {
    AWS_ACCESS_KEY_ID: 'AKIDELSEWHERE',
    AWS_SECRET_ACCESS_KEY: 'elsewhere',
    AWS_SESSION_TOKEN: 'elsewhere',
    AWS_BEARER_TOKEN_BEDROCK: 'elsewhere',
    AWS_AUTH_SCHEME_PREFERENCE: 'httpBearerAuth',
    AWS_REGION: 'elsewhere-1',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1/elsewhere',
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: 'http://127.0.0.1:1/elsewhere',
    AWS_USE_FIPS_ENDPOINT: 'true',
    AWS_USE_DUALSTACK_ENDPOINT: 'true',
    AWS_DEFAULTS_MODE: 'auto',
    AWS_MAX_ATTEMPTS: '9',
    AWS_RETRY_MODE: 'adaptive',
    AWS_CONFIG_FILE: join(__dirname, 'hostile-aws-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(__dirname, 'hostile-aws-config'),
    AWS_SDK_UA_APP_ID: 'elsewhere',
    AWS_EXECUTION_ENV: 'elsewhere',
    AWS_LAMBDA_FUNCTION_NAME: 'elsewhere',
    _X_AMZN_TRACE_ID: 'Root=elsewhere',
  },
  headers: [
    'accept-encoding',
    'authorization',
    'connection',
    'content-length',
    'content-type',
    'host',
    'user-agent',
    'x-amz-content-sha256',
    'x-amz-date',
  ],
  expectCredentials: ({ headers }, { keyId }) => expect(headers.authorization).toContain(`Credential=${keyId}/`),
};
