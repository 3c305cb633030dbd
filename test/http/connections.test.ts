import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { ConnectionBounds } from '../../src/http/connections';
import { createServer, type Server } from '../../src/http/server';
import { readRequest } from '../../src/kit/read-body';
import type { LogEvent, LogFields } from '../../src/log/log';
import type { HttpRoute } from '../../src/model/adapter';

const HALF_A_HEAD = 'POST /take HTTP/1.1\r\nHost: x\r\nX-A: ';
const HALF_A_BODY = 'POST /take HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc';
const LARGE = Buffer.alloc(16 * 1024 * 1024, 'x');

describe('the connections of the HTTP server', () => {
  const warned: [LogEvent, LogFields | undefined][] = [];
  const sockets: Socket[] = [];
  let server: Server | undefined;
  let begun: () => void = () => {};
  let gone: () => void = () => {};
  let port = 0;

  const routes: readonly HttpRoute[] = [
    {
      method: 'POST',
      path: '/take',
      async handle(request, response) {
        begun();
        response.end(await readRequest(request));
      },
    },
    {
      method: 'GET',
      path: '/large',
      handle(_request, response) {
        response.once('close', () => gone());
        response.end(LARGE);
      },
    },
    {
      method: 'GET',
      path: '/stays',
      handle(_request, response) {
        response.write('first');
        begun();
      },
    },
  ];

  async function start(bounds: Partial<ConnectionBounds>): Promise<void> {
    const log = {
      debug: () => {},
      info: () => {},
      warn: (event: LogEvent, fields?: LogFields) => void warned.push([event, fields]),
      error: () => {},
    };
    server = createServer({ host: '127.0.0.1', port: 0, routes, readiness: () => [], log, bounds });
    ({ port } = await server.start());
  }

  /** A peer that sends so much, reads nothing unless it is told to, and never closes its side. */
  async function peer(words: string): Promise<Socket> {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    sockets.push(socket);
    socket.on('error', () => {});
    await once(socket, 'connect');
    socket.write(words);
    return socket;
  }

  /** Resolves when the server has closed its side, or has reset the connection. */
  const letGo = (socket: Socket): Promise<void> =>
    new Promise((resolve) => {
      if (socket.destroyed || socket.readableEnded) resolve();
      else socket.resume().once('end', resolve).once('close', resolve);
    });

  /** Resolves when the server holds no connection, which ending its own side alone does not bring about. */
  async function emptied(): Promise<void> {
    await server?.stop(600_000);
  }

  const health = async (): Promise<number> => (await fetch(`http://127.0.0.1:${port}/healthz`)).status;

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await server?.stop(0);
    warned.length = 0;
  });

  it('takes a new one in place of the oldest that has asked nothing, and says so once', async () => {
    await start({ most: 3, headMs: 600_000, requestMs: 600_000 });
    const first = await peer(HALF_A_HEAD);
    for (let count = 0; count < 5; count += 1) await peer(HALF_A_HEAD);
    expect(await health()).toBe(200);
    await letGo(first);
    expect(warned).toEqual([['connections-full', { count: 3 }]]);
  });

  it('keeps those that have an answer under way, and refuses others when there are only such', async () => {
    await start({ most: 2 });
    for (let count = 0; count < 2; count += 1) {
      const stays = await peer('GET /stays HTTP/1.1\r\nHost: x\r\n\r\n');
      await once(stays, 'data');
    }
    await expect(health()).rejects.toThrow();
    const [first] = sockets;
    first?.destroy();
    for (let up = false; !up; ) up = await health().then(Boolean, () => false);
  });

  it('lets one go that sends its request slowly before one that waits for its answer', async () => {
    await start({ most: 2 });
    const taken = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const slow = await peer(HALF_A_BODY);
    await taken;
    await once(await peer('GET /stays HTTP/1.1\r\nHost: x\r\n\r\n'), 'data');
    expect(await health()).toBe(200);
    await letGo(slow);
    expect(sockets[1]?.destroyed).toBe(false);
  });

  it.each([
    ['a head', HALF_A_HEAD],
    ['a body', HALF_A_BODY],
    ['nothing', ''],
  ])('destroys one that sends %s and no more, though its peer never closes it', async (_what, words) => {
    await start({ headMs: 20, requestMs: 40, lingerMs: 20 });
    const socket = await peer(words);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(String(answer)).toBe('HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n\r\n');
    await emptied();
  });

  it('destroys one that was refused, though its peer never closes it', async () => {
    await start({ lingerMs: 20 });
    const socket = await peer('CANARY\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(String(answer)).toMatch(/^HTTP\/1\.1 400 /u);
    await emptied();
  });

  it.each([
    ['takes nothing of its answer', { unreadMs: 50 }, 'GET /large HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['takes too long over its answer', { sendingMs: 50 }, 'GET /large HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['asks on and on and reads nothing', { unreadMs: 50 }, 'GET /large HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(50)],
  ])('destroys one that %s', async (_what, bounds, words) => {
    const closed = new Promise<void>((resolve) => {
      gone = resolve;
    });
    await start(bounds);
    await peer(words);
    await closed;
  });

  it('keeps one whose answer takes its time', async () => {
    await start({ unreadMs: 20 });
    const socket = await peer('GET /stays HTTP/1.1\r\nHost: x\r\n\r\n');
    const heard: string[] = [];
    socket.on('data', (chunk) => heard.push(String(chunk)));
    const closing = once(socket, 'end');
    // Another that sends nothing is let go in the meantime, which shows that the time has passed.
    await letGo(await peer(''));
    expect(socket.readableEnded).toBe(false);
    server?.stop(0);
    await closing;
    expect(heard.join('')).toContain('first');
  });
});
