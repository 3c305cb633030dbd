import { createEgress, type Egress } from '../../src/egress/egress';
import { Image } from '../../src/text/image';
import { type BedrockOptions, bedrockRoute, createBedrockConnector } from '../../src/vendors/bedrock';
import { CANARY, itKeepsTheConnectorContract } from '../contracts/vendor-connector.contract';
import { type FakeBedrock, startFakeBedrock } from '../fakes/bedrock/server';
import { answer, refusal } from '../fakes/vendor-script';
import { listen, messageOf, promptOf } from '../support/vendors';

function optionsOf({ origin, region, model, keyId, secret }: FakeBedrock): Omit<BedrockOptions, 'fetch'> {
  return {
    region,
    models: [model],
    endpoint: origin,
    guardrail: undefined,
    credentials: async () => ({ accessKeyId: keyId, secretAccessKey: secret }),
  };
}

describe('the Bedrock connector', () => {
  itKeepsTheConnectorContract({
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
      ['an empty 200', { kind: 'raw', contentType: 'application/vnd.amazon.eventstream', body: '' }, 'protocol'],
      ['an error in mid-answer', answer([CANARY], { ending: 'error-event', message: CANARY }), 'overloaded'],
      [
        'a rate limit in mid-answer',
        answer([], { ending: 'error-event', code: 'throttlingException' }),
        'rate-limited',
      ],
      ['a refusal in mid-answer', answer([], { ending: 'error-event', code: 'validationException' }), 'bad-request'],
      ['a failed answer', answer([CANARY], { ending: 'failed', message: CANARY }), 'overloaded'],
    ],
    hostile: {
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1/elsewhere',
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: 'http://127.0.0.1:1/elsewhere',
      AWS_REGION: 'elsewhere-1',
      AWS_ACCESS_KEY_ID: 'AKIDELSEWHERE',
      AWS_SECRET_ACCESS_KEY: 'elsewhere',
      AWS_BEARER_TOKEN_BEDROCK: 'elsewhere',
      AWS_USE_FIPS_ENDPOINT: 'true',
      AWS_USE_DUALSTACK_ENDPOINT: 'true',
      AWS_MAX_ATTEMPTS: '9',
      AWS_EXECUTION_ENV: 'elsewhere',
      AWS_LAMBDA_FUNCTION_NAME: 'elsewhere',
      _X_AMZN_TRACE_ID: 'Root=elsewhere',
    },
    headers: [
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
  });

  describe('what it sends', () => {
    let fake: FakeBedrock;
    let egress: Egress;
    const signal = new AbortController().signal;
    const body = () => JSON.parse(fake.requests[0]?.rawBody ?? '');

    beforeEach(async () => {
      fake = await startFakeBedrock();
      egress = createEgress({ hosts: [fake.host] });
    });

    afterEach(async () => {
      egress.close();
      await fake.close();
    });

    const connect = (more: Partial<BedrockOptions> = {}) =>
      createBedrockConnector({ ...optionsOf(fake), fetch: egress.fetch, ...more });

    it('is the prompt and no field more', async () => {
      const heard = await listen(connect(), promptOf('三？'), signal);
      expect(heard.words).toBe('Hello from the fake.');
      expect(fake.requests[0]?.path).toBe('/model/jp.amazon.nova-fake-v1%3A0/converse-stream');
      expect(body()).toEqual({
        system: [{ text: 'Answer briefly.' }],
        messages: [{ role: 'user', content: [{ text: '三？' }] }],
      });
    });

    it('lets the sides take turns, the person first, and leaves out what is blank', async () => {
      const messages = [
        messageOf('assistant', 'An answer to something before.'),
        messageOf('user', 'One?'),
        messageOf('user', '  '),
        messageOf('user', 'And two?'),
        messageOf('assistant', 'Both.'),
        messageOf('user', 'Three?'),
      ];
      expect((await listen(connect(), promptOf('', { messages }), signal)).error).toBeUndefined();
      expect(body().messages).toEqual([
        { role: 'user', content: [{ text: 'One?' }, { text: 'And two?' }] },
        { role: 'assistant', content: [{ text: 'Both.' }] },
        { role: 'user', content: [{ text: 'Three?' }] },
      ]);
    });

    it('has the pictures before the words that they came with', async () => {
      const messages = [{ ...messageOf('user', 'What?'), images: [new Image('image/webp', Buffer.from('PNG'))] }];
      await listen(connect(), promptOf('', { messages }), signal);
      expect(body().messages[0].content).toEqual([
        { image: { format: 'webp', source: { bytes: 'UE5H' } } },
        { text: 'What?' },
      ]);
    });

    it('names the guardrail, its trace off', async () => {
      await listen(connect({ guardrail: { id: 'gr-1', version: '3' } }), promptOf('Hi'), signal);
      expect(body().guardrailConfig).toEqual({
        guardrailIdentifier: 'gr-1',
        guardrailVersion: '3',
        trace: 'disabled',
        streamProcessingMode: 'sync',
      });
    });

    it('goes to the model of its list that the prompt names', async () => {
      await listen(connect({ models: ['usual', fake.model] }), promptOf('Hi', { model: fake.model }), signal);
      expect(fake.requests[0]?.path).toContain('nova-fake');
    });

    it('is signed with what the chain of credentials finds', async () => {
      const before = { ...process.env };
      Object.assign(process.env, { AWS_ACCESS_KEY_ID: fake.keyId, AWS_SECRET_ACCESS_KEY: fake.secret });
      const { credentials: _given, ...options } = optionsOf(fake);
      const heard = await listen(createBedrockConnector({ ...options, fetch: egress.fetch }), promptOf('Hi'), signal);
      process.env = before;
      expect(heard.error).toBeUndefined();
    });

    it('is nothing where there are no credentials', async () => {
      const credentials = (): Promise<never> =>
        Promise.reject(Object.assign(new Error(CANARY), { name: 'CredentialsProviderError' }));
      expect((await listen(connect({ credentials }), promptOf('Hi'), signal)).error).toMatchObject({
        category: 'auth',
      });
      expect(fake.requests).toHaveLength(0);
    });
  });

  describe('its route', () => {
    const region = 'ap-northeast-1';
    it.each([
      [['amazon.nova-lite-v1:0'], undefined, 'jp'],
      [['jp.amazon.nova-lite-v1:0', 'amazon.nova-lite-v1:0'], undefined, 'jp'],
      [['jp.amazon.nova-lite-v1:0', 'global.amazon.nova-lite-v1:0'], undefined, 'global'],
      [['amazon.nova-lite-v1:0'], 'https://vpce-1.bedrock-runtime.ap-northeast-1.vpce.amazonaws.com', 'jp'],
      [['amazon.nova-lite-v1:0'], 'https://bedrock-runtime.us-east-1.amazonaws.com', 'global'],
      [['amazon.nova-lite-v1:0'], 'https://gateway.example', 'global'],
    ] as const)('with %s at %s is processed in: %s', (models, endpoint, place) => {
      const route = bedrockRoute({ region, models: models as unknown as [string, ...string[]], endpoint });
      expect(route).toMatchObject({ vendor: 'bedrock', region: place, model: models.join(', ') });
      expect(route.endpoint).toBe(new URL(endpoint ?? `https://bedrock-runtime.${region}.amazonaws.com`).host);
    });
  });
});
