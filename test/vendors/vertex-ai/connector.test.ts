import { createEgress, type Egress } from '../../../src/egress/egress';
import { Bytes } from '../../../src/model/bytes';
import { type FakeVertex, startFakeVertex } from '../../../src/prove/doubles/vertex-ai/server';
import { VendorError } from '../../../src/vendors/kit/vendor-error';
import { createVertexAiConnector, type VertexAiOptions } from '../../../src/vendors/vertex-ai/connector';
import { vertexAiRoute } from '../../../src/vendors/vertex-ai/route';
import { listen, messageOf, promptOf } from '../../support/vendors';
import { ENGINES, optionsOf } from './contract';

describe.each(ENGINES)('the Vertex AI connector with %s', (engine) => {
  describe('on the wire', () => {
    let fake: FakeVertex;
    let egress: Egress;
    const signal = new AbortController().signal;
    const body = () => JSON.parse(fake.requests[0]?.rawBody ?? '');
    const connect = (more: Partial<VertexAiOptions> = {}) =>
      createVertexAiConnector({ ...optionsOf(fake), engine, fetch: egress.fetch, ...more });

    beforeEach(async () => {
      fake = await startFakeVertex();
      egress = createEgress({ hosts: [fake.host] });
    });

    afterEach(async () => {
      egress.close();
      await fake.close();
    });

    it('sends the prompt, and tells nothing of the person', async () => {
      const heard = await listen(connect(), promptOf('三？'), signal);
      expect(heard.words).toBe('Hello from the fake.');
      expect(fake.requests[0]?.path).toBe(
        '/v1/projects/acme/locations/asia-northeast1/publishers/google/models/gemini-fake:streamGenerateContent?alt=sse',
      );
      expect(body()).toEqual({
        systemInstruction: { role: 'system', parts: [{ text: 'Answer briefly.' }] },
        contents: [{ role: 'user', parts: [{ text: '三？' }] }],
        generationConfig: {},
      });
    });

    it('lets the sides take turns, the person first, with pictures before the words', async () => {
      const messages = [
        messageOf('assistant', 'Before.'),
        messageOf('user', 'One?'),
        {
          ...messageOf('user', 'And this?'),
          images: [{ type: 'image/png' as const, bytes: new Bytes(Buffer.from('PNG')) }],
        },
        messageOf('assistant', 'Both.'),
        messageOf('user', 'Three?'),
      ];
      expect((await listen(connect(), promptOf('', { messages }), signal)).error).toBeUndefined();
      expect(body().contents).toEqual([
        {
          role: 'user',
          parts: [{ text: 'One?' }, { inlineData: { mimeType: 'image/png', data: 'UE5H' } }, { text: 'And this?' }],
        },
        { role: 'model', parts: [{ text: 'Both.' }] },
        { role: 'user', parts: [{ text: 'Three?' }] },
      ]);
    });

    it('sends no token to another address where there is none', async () => {
      await listen(connect({ getToken: async () => undefined }), promptOf('Hi'), signal);
      expect(fake.requests[0]?.headers.authorization).toBeUndefined();
    });

    it('asks Google itself for nothing without a token', async () => {
      const asked: string[] = [];
      const send: typeof fetch = async (input) => {
        asked.push(String(input));
        throw new TypeError('fetch failed');
      };
      const none = connect({ baseURL: undefined, getToken: async () => undefined, fetch: send });
      expect((await listen(none, promptOf('Hi'), signal)).error).toMatchObject({ category: 'auth' });
      const refused = connect({
        baseURL: undefined,
        getToken: () => Promise.reject(new VendorError('auth')),
        fetch: send,
      });
      expect((await listen(refused, promptOf('Hi'), signal)).error).toMatchObject({ category: 'auth' });
      expect(asked).toEqual([]);
    });

    it.each([
      ['asia-northeast1', 'https://asia-northeast1-aiplatform.googleapis.com'],
      ['global', 'https://aiplatform.googleapis.com'],
      ['eu', 'https://aiplatform.eu.rep.googleapis.com'],
    ])('asks the address of its location: %s', async (location, origin) => {
      const asked: string[] = [];
      const send: typeof fetch = async (input) => {
        asked.push(String(input));
        throw new TypeError('fetch failed');
      };
      await listen(connect({ location, baseURL: undefined, fetch: send }), promptOf('Hi'), signal);
      expect(asked).toEqual([
        `${origin}/v1/projects/acme/locations/${location}/publishers/google/models/gemini-fake:streamGenerateContent?alt=sse`,
      ]);
    });

    it('keeps two answers at once apart, and the rest of the process to its own fetch', async () => {
      const other = await startFakeVertex();
      const both = createEgress({ hosts: [fake.host, other.host] });
      const here = connect({ fetch: both.fetch });
      const there = connect({ fetch: both.fetch, baseURL: other.origin });
      await Promise.all([here, there, here, there].map((one) => listen(one, promptOf('Hi'), signal)));
      expect([fake.requests.length, other.requests.length]).toEqual([2, 2]);
      const { status } = await fetch(`${fake.origin}/`, { method: 'POST' });
      expect(status).toBe(401);
      both.close();
      await other.close();
    });
  });
});

describe('the route of Vertex AI', () => {
  it.each([
    ['asia-northeast1', undefined, 'asia-northeast1-aiplatform.googleapis.com', 'jp'],
    ['global', undefined, 'aiplatform.googleapis.com', 'global'],
    ['us', undefined, 'aiplatform.us.rep.googleapis.com', 'us'],
    ['asia-northeast1', 'https://gateway.example', 'gateway.example', 'global'],
    [
      'asia-northeast1',
      'https://us-central1-aiplatform.googleapis.com',
      'us-central1-aiplatform.googleapis.com',
      'global',
    ],
  ])('of %s at %s', (location, baseURL, endpoint, region) => {
    expect(vertexAiRoute({ location, baseURL, models: ['a', 'b'] })).toEqual({
      vendor: 'vertex-ai',
      endpoint,
      region,
      model: 'a, b',
      sharesForTraining: false,
    });
  });
});
