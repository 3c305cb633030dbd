import { LLMock } from '@copilotkit/aimock';
import { createEgress, type Egress } from '../../../src/egress/egress';
import { createAnthropicConnector } from '../../../src/vendors/anthropic/connector';
import { createAzureOpenAiConnector } from '../../../src/vendors/azure-openai/connector';
import { createBedrockConnector } from '../../../src/vendors/bedrock/connector';
import type { Connector } from '../../../src/vendors/connector';
import { NO_UNOPENED } from '../../../src/vendors/kit/thoughts-unopened';
import { createMistralConnector } from '../../../src/vendors/mistral/connector';
import { createOpenAiConnector } from '../../../src/vendors/openai/connector';
import { createOpenAiCompatibleConnector } from '../../../src/vendors/openai-compatible/connector';
import { createVertexAiConnector } from '../../../src/vendors/vertex-ai/connector';
import { listen, promptOf } from '../../support/vendors';

type Create = (origin: string, send: typeof fetch) => Connector;

const azure =
  (apiVersion: string | undefined): Create =>
  (endpoint, send) =>
    createAzureOpenAiConnector({
      endpoint,
      apiKey: 'key',
      getToken: async () => 'token',
      models: ['gpt-5'],
      apiVersion,
      deploymentType: 'global',
      region: undefined,
      fetch: send,
    });
const vertex =
  (engine: 'vertexai' | 'genai'): Create =>
  (baseURL, send) =>
    createVertexAiConnector({
      project: 'acme',
      location: 'us-central1',
      models: ['gemini-2.5-flash'],
      baseURL,
      engine,
      getToken: async () => 'token',
      fetch: send,
    });

const CONNECTORS: readonly (readonly [string, Create])[] = [
  [
    'openai',
    (origin, send) =>
      createOpenAiConnector({
        apiKey: 'key',
        baseURL: `${origin}/v1`,
        models: ['gpt-5'],
        sharesForTraining: false,
        fetch: send,
      }),
  ],
  ['azure-openai', azure(undefined)],
  ['azure-openai, dated', azure('2024-10-21')],
  ['vertex-ai', vertex('vertexai')],
  ['vertex-ai by genai', vertex('genai')],
  [
    'bedrock',
    (endpoint, send) =>
      createBedrockConnector({
        region: 'us-east-1',
        models: ['anthropic.claude-sonnet-4-5-20250929-v1:0'],
        endpoint,
        guardrail: undefined,
        credentials: async () => ({ accessKeyId: 'AK', secretAccessKey: 'SK' }),
        fetch: send,
      }),
  ],
  [
    'anthropic',
    (origin, send) =>
      createAnthropicConnector({
        apiKey: 'key',
        baseURL: origin,
        models: ['claude-sonnet-4-5'],
        inferenceGeo: undefined,
        fetch: send,
      }),
  ],
  [
    'mistral',
    (origin, send) =>
      createMistralConnector({
        apiKey: 'key',
        baseURL: `${origin}/v1`,
        models: ['mistral-small-latest'],
        sharesForTraining: false,
        fetch: send,
      }),
  ],
  [
    'openai-compatible',
    (origin, send) =>
      createOpenAiCompatibleConnector({
        apiKey: 'key',
        baseURL: `${origin}/v1`,
        models: ['llama'],
        images: false,
        unopened: { of: () => NO_UNOPENED },
        fetch: send,
      }),
  ],
];

/** A fake of other people's (`@copilotkit/aimock`), so that ours do not agree with the connectors alone. */
describe.each(CONNECTORS)('against a fake of other people’s: %s', (_name, create) => {
  let mock: LLMock;
  let egress: Egress;
  let connector: Connector;
  const signal = new AbortController().signal;

  beforeEach(async () => {
    jest.spyOn(console, 'warn').mockImplementation();
    mock = new LLMock({ port: 0, logLevel: 'silent' });
    await mock.start();
    egress = createEgress({ hosts: [new URL(mock.url).host] });
    connector = create(mock.url, egress.fetch);
  });

  afterEach(async () => {
    egress.close();
    await mock.stop();
    jest.restoreAllMocks();
  });

  it('streams an answer', async () => {
    mock.onMessage('Hi', { content: 'こんにちは from the other fake.' });
    const heard = await listen(connector, promptOf('Hi'), signal);
    expect(heard.error).toBeUndefined();
    expect(heard.words).toBe('こんにちは from the other fake.');
    expect(heard.finish).toMatchObject({ reason: 'complete' });
  });

  it.each([
    [429, 'rate-limited'],
    [500, 'overloaded'],
    [401, 'auth'],
  ] as const)('knows what a %i means, and tells none of its words', async (status, category) => {
    mock.onMessage('Hi', { error: { message: 'canary-second', type: 'error' }, status });
    const { error } = await listen(connector, promptOf('Hi'), signal);
    expect(error).toMatchObject({ name: 'VendorError', category });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('canary-second');
  });

  it('closes the socket when it is aborted in mid-answer', async () => {
    const stop = new AbortController();
    // The other fake goes on to the end for itself, and nothing else ends before that.
    mock.onMessage('Hi', { content: 'word '.repeat(20) }, { latency: 20, chunkSize: 5 });
    const heard = await listen(connector, promptOf('Hi'), stop.signal, { onDelta: () => stop.abort() });
    expect(heard.error).toMatchObject({ category: 'cancelled' });
  });

  it('tells an answer that broke off from a whole one', async () => {
    mock.onMessage('Hi', { content: 'word '.repeat(50) }, { latency: 5, chunkSize: 5, truncateAfterChunks: 3 });
    const { error, finish } = await listen(connector, promptOf('Hi'), signal);
    expect(finish).toBeUndefined();
    expect(error).toMatchObject({ name: 'VendorError' });
  });
});
