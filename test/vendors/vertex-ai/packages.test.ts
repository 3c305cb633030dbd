import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { createEgress, type Egress } from '../../../src/egress/egress';
import { answer, type Script } from '../../../src/prove/doubles/vendor-script';
import { detailOf, type FakeVertex, startFakeVertex } from '../../../src/prove/doubles/vertex-ai/server';
import { createVertexAiConnector, type VertexAiOptions } from '../../../src/vendors/vertex-ai/connector';
import { listen, promptOf } from '../../support/vendors';

const event = (body: object): string => `data: ${JSON.stringify(body)}\r\n\r\n`;
const saying = (text: string, more: object = {}): string =>
  event({ candidates: [{ content: { role: 'model', parts: [{ text }] }, ...more }], responseId: 'r-1' });
const stream = (...events: string[]): Script => ({
  kind: 'raw',
  contentType: 'text/event-stream',
  body: events.join(''),
});

/** What Google's two packages would do, each in a way of its own, and may not. */
describe.each(['vertexai', 'genai'] as const)('Vertex AI through %s', (engine) => {
  let fake: FakeVertex;
  let egress: Egress;
  const patient = new AbortController().signal;
  const connect = (more: Partial<VertexAiOptions> = {}) => {
    const { origin, project, location, model, token } = fake;
    const place = { project, location, models: [model] as const, baseURL: origin, getToken: async () => token };
    return createVertexAiConnector({ ...place, engine, fetch: egress.fetch, ...more });
  };

  beforeEach(async () => {
    fake = await startFakeVertex();
    egress = createEgress({ hosts: [fake.host] });
  });

  afterEach(async () => {
    egress.close();
    await fake.close();
  });

  it.each([
    [
      { code: 429, status: 'RESOURCE_EXHAUSTED', details: [detailOf('RetryInfo', { retryDelay: '9s' })] },
      'rate-limited',
    ],
    [{ code: 400, status: 'FAILED_PRECONDITION' }, 'configuration'],
    [
      { code: 400, status: 'INVALID_ARGUMENT', message: 'The input token count exceeds the maximum' },
      'context-too-long',
    ],
    [{ code: 503, status: 'UNAVAILABLE' }, 'overloaded'],
  ])('tells an error in mid-answer as if it came before: %j', async (error, category) => {
    fake.usually(stream(saying('one'), event({ error })));
    const heard = await listen(connect(), promptOf('Hi'), patient);
    expect(heard.error).toMatchObject({
      category,
      status: error.code,
      retryAfterMs: error.code === 429 ? 9_000 : undefined,
      requestId: 'r-1',
    });
  });

  it('asks once, and says that the answer was cut, where it could be continued', async () => {
    fake.usually(stream(saying('one', { finishReason: 'CONTINUATION', continuationToken: 'more' })));
    const heard = await listen(connect(), promptOf('Hi'), patient);
    expect([heard.words, heard.finish?.reason]).toEqual(['one', 'cut']);
    expect(fake.requests).toHaveLength(1);
  });

  it('tells an answer that ends within an event', async () => {
    fake.usually(stream(saying('one'), 'data: {"candidates": [{"finishReason": "ST'));
    expect((await listen(connect(), promptOf('Hi'), patient)).error).toMatchObject({ category: 'protocol' });
  });

  it('reads an answer however it is cut into pieces', async () => {
    const send: typeof fetch = async (input, init) => {
      const { headers, body } = await egress.fetch(input, init);
      return new Response(body?.pipeThrough(new TransformStream({ transform: bytewise })) ?? null, { headers });
    };
    fake.usually(answer(['こん', 'にちは', ' 👋🏽']));
    const heard = await listen(connect({ fetch: send }), promptOf('Hi'), patient);
    expect([heard.words, heard.finish?.reason]).toEqual(['こんにちは 👋🏽', 'complete']);
  });

  it('goes through its own way out also when something else took the global fetch over', async () => {
    await listen(connect(), promptOf('Hi'), patient);
    const before = globalThis.fetch;
    const taken = jest.fn(before);
    globalThis.fetch = taken;
    const heard = await listen(connect(), promptOf('Hi'), patient);
    globalThis.fetch = before;
    expect(heard.finish?.reason).toBe('complete');
    expect(taken).not.toHaveBeenCalled();
  });

  it('sends nothing any more when it is stopped while it waits for a token', async () => {
    const stop = new AbortController();
    let grant = (_token: string): void => {};
    const getToken = () =>
      new Promise<string>((resolve) => {
        grant = resolve;
        stop.abort();
      });
    const heard = await listen(connect({ getToken }), promptOf('Hi'), stop.signal);
    grant(fake.token);
    await new Promise((resolve) => setImmediate(resolve));
    expect(heard.error).toMatchObject({ category: 'cancelled' });
    expect(fake.requests).toHaveLength(0);
  });

  it('keeps to the prefix of a gateway', async () => {
    await listen(connect({ baseURL: `${fake.origin}/google/` }), promptOf('Hi'), patient);
    expect(fake.requests[0]?.path).toMatch(/^\/google\/v1\/projects\/acme\/locations\/asia-northeast1\/publishers\//);
  });
});

function bytewise(piece: Uint8Array, controller: TransformStreamDefaultController<Uint8Array>): void {
  for (const byte of piece) controller.enqueue(Uint8Array.of(byte));
}

it('leaves no rejection to nobody, which would end the process, whatever becomes of an answer', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['-r', 'ts-node/register/transpile-only', resolve(__dirname, './failures.ts')],
    { encoding: 'utf8', timeout: 15_000 },
  );
  const told = ['truncated', 'protocol', 'cancelled', 'protocol'].map((category) => `VendorError: vendor: ${category}`);
  expect([status, stdout.trim().split('\n'), stderr]).toEqual([0, [...told, ...told], '']);
});
