import type { IncomingMessage, ServerResponse } from 'node:http';
import { brotliCompressSync, createGzip, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { createEgress, type Egress } from '../../src/egress/egress';
import { startWebServer, type WebServer } from '../../src/prove/doubles/web-server';

const SAID = JSON.stringify({ said: 'こんにちは, '.repeat(200) });

describe('an answer that is packed', () => {
  let server: WebServer;
  let egress: Egress;

  async function serve(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<void> {
    server = await startWebServer(handle);
    egress = createEgress({ hosts: [server.host] });
  }

  afterEach(async () => {
    egress.close();
    await server.close();
  });

  it('is not asked for, unless the caller does', async () => {
    await serve((request, response) => response.end(request.headers['accept-encoding']));
    expect(await (await egress.fetch(server.url)).text()).toBe('identity');
    expect(await (await egress.fetch(server.url, { headers: { 'Accept-Encoding': 'gzip' } })).text()).toBe('gzip');
  });

  it.each([
    ['gzip', gzipSync],
    ['X-GZip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
    ['identity', Buffer.from],
  ])('is read all the same: %s', async (coding, pack: (said: string) => Buffer) => {
    await serve((request, response) => {
      const packed = pack(SAID);
      const type = request.url === '/json' ? 'application/json' : 'text/event-stream';
      const length = request.url === '/told' ? { 'content-length': packed.length } : {};
      response.writeHead(200, { 'content-type': type, 'content-encoding': coding, ...length });
      response.end(packed);
    });
    for (const path of ['/json', '/events', '/told']) {
      const response = await egress.fetch(server.url + path);
      expect(await response.text()).toBe(SAID);
      if (coding !== 'identity') expect(response.headers.has('content-encoding')).toBe(false);
    }
  });

  it('is handed on as it comes', async () => {
    const gzip = createGzip();
    await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' });
      gzip.pipe(response);
      gzip.write('data: one\n\n');
      gzip.flush();
    });
    const response = await egress.fetch(server.url);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe('data: one\n\n');
    gzip.end('data: two\n\n');
    expect((await reader?.read())?.value).toBe('data: two\n\n');
    expect(await reader?.read()).toEqual({ value: undefined, done: true });
  });

  it.each(['application/json', 'text/event-stream'])('fails where it is cut, or is none: %s', async (type) => {
    await serve((request, response) => {
      response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' });
      const packed = gzipSync(SAID);
      if (request.url === '/plain') response.end(SAID);
      else if (request.url === '/short') response.end(packed.subarray(0, -12));
      else response.write(packed.subarray(0, -12), () => response.destroy());
    });
    for (const path of ['/plain', '/short', '/cut'])
      await expect(egress.fetch(server.url + path).then((response) => response.text())).rejects.toThrow(TypeError);
  });

  it('ends with the signal, down to the socket', async () => {
    const gone = Promise.withResolvers<void>();
    const gzip = createGzip();
    await serve((_request, response) => {
      response.once('close', () => gone.resolve());
      response.writeHead(200, { 'content-encoding': 'gzip' });
      gzip.pipe(response);
      gzip.write('one');
      gzip.flush();
    });
    const controller = new AbortController();
    const response = await egress.fetch(server.url, { signal: controller.signal });
    const text = response.text();
    controller.abort(new Error('enough'));
    await expect(text).rejects.toThrow('enough');
    await gone.promise;
    gzip.destroy();
  });

  it('is refused in a coding that is not known', async () => {
    await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'compress' });
      response.end('packed');
    });
    await expect(egress.fetch(server.url)).rejects.toThrow(TypeError);
  });
});
