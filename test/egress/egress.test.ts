import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createEgress, type Egress, EgressRefusedError } from '../../src/egress/egress';
import { bodyOf, startWebServer, type WebServer } from '../../src/prove/doubles/web-server';

const nextRound = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const closed = (socket: Socket): Promise<unknown> => new Promise((resolve) => socket.once('close', resolve));

describe('egress', () => {
  let server: WebServer;
  let egress: Egress;
  const globalFetch = globalThis.fetch;

  async function serve(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<void> {
    globalThis.fetch = () => {
      throw new Error('the global fetch was used');
    };
    server = await startWebServer(handle);
    egress = createEgress({ hosts: [server.host] });
  }

  afterEach(async () => {
    globalThis.fetch = globalFetch;
    egress.close();
    await server.close();
  });

  it('sends what fetch would: method, headers, body, and reads the answer', async () => {
    await serve(async (request, response) => {
      const { method, url, headers } = request;
      response.writeHead(201, 'Made', { 'content-type': 'application/json', 'x-one': 'a' });
      response.end(JSON.stringify({ method, url, type: headers['content-type'], body: await bodyOf(request) }));
    });
    const bodies: readonly (readonly [RequestInit['body'], string, RegExp])[] = [
      ['{"a":"日本"}', '{"a":"日本"}', /^text\/plain/],
      [new URLSearchParams({ a: 'b c' }), 'a=b+c', /^application\/x-www-form-urlencoded/],
      [new Uint8Array([104, 105]), 'hi', /^undefined$/],
      [new Blob(['blob'], { type: 'text/x-blob' }), 'blob', /^text\/x-blob$/],
    ];
    for (const [body, expected, type] of bodies) {
      const response = await egress.fetch(`${server.url}/path?q=1`, { method: 'post', body: body ?? null });
      expect([response.status, response.statusText, response.ok]).toEqual([201, 'Made', true]);
      expect([response.url, response.headers.get('x-one')]).toEqual([`${server.url}/path?q=1`, 'a']);
      const told: unknown = await response.json();
      expect(told).toMatchObject({ method: 'POST', url: '/path?q=1', body: expected });
      expect(String(Reflect.get(Object(told), 'type'))).toMatch(type);
    }
    const form = new FormData();
    form.set('field', 'value');
    const request = new Request(new URL(server.url), { method: 'PUT', body: form });
    expect(await (await egress.fetch(request)).json()).toMatchObject({
      method: 'PUT',
      type: expect.stringMatching(/^multipart\/form-data; boundary=/),
      body: expect.stringContaining('value'),
    });
  });

  it('uses one connection for one request after the other', async () => {
    await serve((_request, response) => response.end('x'));
    for (let turn = 0; turn < 5; turn += 1) await (await egress.fetch(server.url)).text();
    expect(server.connections()).toBe(1);
  });

  it('reads answers of every length, told or not', async () => {
    const sizes = [0, 1, 65_536, 65_537, 3_000_000];
    await serve((request, response) => {
      const { searchParams } = new URL(request.url ?? '', 'http://x');
      const body = 'あ'.repeat(Number(searchParams.get('n')));
      response.setHeader('content-type', searchParams.get('type') ?? '');
      if (searchParams.has('told')) response.setHeader('content-length', Buffer.byteLength(body));
      response.write(body.slice(0, 10));
      response.end(body.slice(10));
    });
    for (const n of sizes)
      for (const type of ['application/json', 'text/plain'])
        for (const told of ['&told', '']) {
          const response = await egress.fetch(`${server.url}/?n=${n}&type=${type}${told}`);
          expect((await response.text()).length).toBe(n);
        }
    expect(server.connections()).toBe(1);
  });

  it('gives answers without a body as such', async () => {
    await serve((request, response) => {
      response.statusCode = request.url === '/304' ? 304 : 204;
      response.end();
    });
    for (const path of ['/204', '/304']) {
      const response = await egress.fetch(server.url + path);
      expect([response.body, await response.text()]).toEqual([null, '']);
    }
  });

  it.each([
    ['events', 'text/event-stream', {}],
    ['events under the name of JSON', 'application/json', { accept: 'text/event-stream' }],
  ])('streams %s: a piece is there before the next one is sent', async (_name, type, headers) => {
    let more = (): void => undefined;
    await serve((_request, response) => {
      response.writeHead(200, { 'content-type': type });
      response.write('one');
      more = () => response.end('two');
    });
    const reader = (await egress.fetch(server.url, { headers })).body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('one');
    more();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('two');
    expect((await reader?.read())?.done).toBe(true);
  });

  it('leaves a fast server waiting for a slow reader', async () => {
    const piece = Buffer.alloc(64 * 1024, 'x');
    let accepted = 0;
    let stuck: () => void = () => undefined;
    const isStuck = new Promise<void>((resolve) => {
      stuck = resolve;
    });
    await serve(async (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (let index = 0; index < 600 && !response.destroyed; index += 1) {
        accepted += 1;
        response.write(piece);
        for (let round = 0; response.writableNeedDrain && round < 500; round += 1) await nextRound();
        if (response.writableNeedDrain) stuck();
        while (response.writableNeedDrain && !response.destroyed) await nextRound();
      }
      response.end();
    });
    const response = await egress.fetch(server.url);
    await isStuck;
    expect(accepted).toBeLessThan(600);
    expect((await response.arrayBuffer()).byteLength).toBe(600 * piece.length);
  });

  it.each(['before the answer', 'in the body', 'in a small body'])('closes the socket on abort %s', async (when) => {
    let hungUp: Promise<unknown> = Promise.resolve();
    let arrived: () => void = () => undefined;
    const isThere = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    await serve((request, response) => {
      hungUp = closed(request.socket);
      if (when === 'in a small body') response.writeHead(200, { 'content-length': 10 });
      if (when !== 'before the answer') response.write('x');
      arrived();
    });
    const stop = new AbortController();
    const reason = new Error('enough');
    const reading = (async () => (await egress.fetch(server.url, { signal: stop.signal })).text())();
    await isThere;
    stop.abort(reason);
    await expect(reading).rejects.toBe(reason);
    await hungUp;
  });

  it('closes the socket of a stream that nobody reads any more', async () => {
    let hungUp: Promise<unknown> = Promise.resolve();
    await serve((request, response) => {
      hungUp = closed(request.socket);
      response.write('x');
    });
    await (await egress.fetch(server.url)).body?.cancel();
    await hungUp;
  });

  it('sends nothing when it is aborted already', async () => {
    await serve((_request, response) => response.end());
    await expect(egress.fetch(server.url, { signal: AbortSignal.abort('no') })).rejects.toBe('no');
    expect(server.connections()).toBe(0);
  });

  it.each([
    ['with its length told', { 'content-length': '100' }],
    ['in chunks', { 'transfer-encoding': 'chunked' }],
    ['of JSON in chunks', { 'transfer-encoding': 'chunked', 'content-type': 'application/json' }],
    ['that is large', { 'content-length': '1000000' }],
  ])('fails on a body %s that ends too early', async (_name, headers) => {
    await serve((request, response) => {
      response.writeHead(200, headers);
      response.write('x', () => request.socket.destroy());
    });
    const reading = (async () => (await egress.fetch(server.url)).text())();
    await expect(reading).rejects.toThrow(TypeError);
  });

  it.each([301, 302, 303, 307, 308, 300])('does not follow a %i', async (status) => {
    const asked: string[] = [];
    await serve((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(status, { location: '/elsewhere' });
      response.end();
    });
    const refused = egress.fetch(server.url, { method: 'POST', body: 'x', redirect: 'follow' });
    await expect(refused).rejects.toMatchObject({ code: 'redirect', host: '127.0.0.1' });
    await expect(refused).rejects.toBeInstanceOf(EgressRefusedError);
    expect(asked).toEqual(['/']);
  });

  it('refuses a host outside the list before it looks up its name, loopback included', async () => {
    await serve((_request, response) => response.end());
    for (const address of ['http://unlisted.invalid/', 'http://127.0.0.1:1/', 'http://localhost/', 'ftp://x/'])
      await expect(egress.fetch(address)).rejects.toMatchObject({
        name: 'EgressRefusedError',
        code: 'host-not-allowed',
      });
    expect(server.connections()).toBe(0);
  });

  it('fails as fetch does where nobody listens', async () => {
    await serve((_request, response) => response.end());
    await server.close();
    await expect(egress.fetch(server.url)).rejects.toMatchObject({
      name: 'TypeError',
      cause: { code: 'ECONNREFUSED' },
    });
  });

  it('refuses headers without end', async () => {
    await serve((request) => {
      request.socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(200_000)}\r\n\r\n`);
    });
    await expect(egress.fetch(server.url)).rejects.toThrow(TypeError);
  });
});

it('keeps nothing of the work that a connection was opened in, while it waits for the next', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const web = await startWebServer((_request, response) => response.end('hello'));
  const egress = createEgress({ hosts: [web.host] });
  const work = new AsyncLocalStorage<object>();
  const ask = async (): Promise<WeakRef<object>> => {
    const question = { words: 'a question' };
    await work.run(question, async () => (await egress.fetch(web.url)).text());
    return new WeakRef(question);
  };
  try {
    const question = await ask();
    // A reference that was just looked at lives until the turn of the event loop is over.
    await new Promise((resolve) => setTimeout(resolve, 10));
    collect();
    expect(question.deref()).toBeUndefined();
    await ask();
    expect(web.connections()).toBe(1);
  } finally {
    egress.close();
    await web.close();
  }
});
