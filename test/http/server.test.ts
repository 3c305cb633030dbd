import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { createServer, ListenError, type Server } from '../../src/http/server';
import type { LogEvent, LogFields } from '../../src/log/log';
import type { HttpRoute } from '../../src/model/adapter';

describe('the HTTP server', () => {
  const logged: [LogEvent, LogFields | undefined][] = [];
  const log = {
    debug: () => {},
    info: () => {},
    warn: () => {},
    error: (event: LogEvent, fields?: LogFields) => void logged.push([event, fields]),
  };
  let lost: string | undefined;
  const readiness = () => [
    { name: 'store', ready: true, links: [] },
    { name: 'slack', ready: lost === undefined, links: [{ name: 'socket', needed: true, lost }] },
    { name: 'teams', ready: true, links: [{ name: 'graph', needed: false, lost: 'unreachable' }] },
  ];
  let url: string;
  let port: number;
  let server: Server;
  let letGo: () => void = () => {};

  const routes: readonly HttpRoute[] = [
    { method: 'POST', path: '/take', handle: (_request, response) => void response.end('taken') },
    {
      method: 'GET',
      path: '/page',
      handle: (_request, response) => void response.writeHead(200, { 'content-security-policy': 'mine' }).end('page'),
    },
    {
      method: 'GET',
      path: '/throws',
      handle: () => {
        throw new TypeError('CANARY');
      },
    },
    {
      method: 'GET',
      path: '/rejects',
      handle: async (_request, response) => {
        response.write('half');
        throw new RangeError('CANARY');
      },
    },
    {
      method: 'GET',
      path: '/slow',
      handle: (_request, response) =>
        new Promise((resolve) => {
          response.write('begun');
          letGo = () => {
            response.end('ended');
            resolve();
          };
        }),
    },
  ];

  beforeEach(async () => {
    logged.length = 0;
    lost = 'connecting';
    server = createServer({ host: '127.0.0.1', port: 0, routes, readiness, log });
    ({ url, port } = await server.start());
  });
  afterEach(() => server.stop(0));

  const raw = async (words: string): Promise<string> => {
    const socket = connect(port, '127.0.0.1');
    socket.end(words);
    return text(socket);
  };

  it('is alive at once and ready when everything is, and tells each part in codes', async () => {
    const at = async (path: string): Promise<unknown> => {
      const response = await fetch(`${url}${path}`);
      return [response.status, await response.json()];
    };
    const store = { ready: true };
    const teams = { ready: true, graph: 'unreachable' };
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const slack = { ready: false, socket: 'connecting' };
    expect(await at('/readyz')).toEqual([503, { ready: false, store, slack, teams }]);
    expect(await at('/readyz/slack')).toEqual([503, { ready: false, store, slack }]);
    expect(await at('/readyz/teams')).toEqual([200, { ready: true, store, teams }]);
    lost = undefined;
    const up = { ready: true, socket: 'up' };
    expect(await at('/readyz')).toEqual([200, { ready: true, store, slack: up, teams }]);
    expect((await fetch(`${url}/readyz/other`)).status).toBe(404);
  });

  it('knows exact paths and methods, and says no more than that about others', async () => {
    expect(await (await fetch(`${url}/take?with=query`, { method: 'POST' })).text()).toBe('taken');
    for (const path of ['/', '/take/', '/TAKE', '/../take', '/%74ake', '/take%00', '/__proto__', '/constructor']) {
      const response = await raw(`POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
      expect(response).toMatch(/^HTTP\/1\.1 404 /u);
      expect(response).toMatch(/\r\n\r\n$/u);
    }
    const wrong = await fetch(`${url}/take`);
    expect([wrong.status, wrong.headers.get('allow'), await wrong.text()]).toEqual([405, 'POST', '']);
    const head = await fetch(`${url}/page`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('takes a target with its own host in front, as a proxy may send it', async () => {
    for (const target of ['http://x:1/page', 'HTTP://X:1/page?q', 'http://x:1/page?q=http://y'])
      expect(await raw(`GET ${target} HTTP/1.1\r\nhost: x:1\r\nconnection: close\r\n\r\n`)).toMatch(/\r\npage\r\n/u);
    expect(await raw('GET http://x:1?q HTTP/1.1\r\nhost: x:1\r\nconnection: close\r\n\r\n')).toMatch(/ 404 /u);
  });

  it('sends headers that let nothing be embedded, guessed or followed, unless a page says otherwise', async () => {
    const { headers } = await fetch(`${url}/nothing`);
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-powered-by')).toBeNull();
    expect((await fetch(`${url}/page`)).headers.get('content-security-policy')).toBe('mine');
  });

  it('says and logs nothing of an error but its class', async () => {
    const response = await fetch(`${url}/throws`);
    expect([response.status, await response.text()]).toEqual([500, '']);
    await expect(fetch(`${url}/rejects`).then((half) => half.text())).rejects.toThrow();
    expect(logged).toEqual([
      ['request-failed', { path: '/throws', errorClass: 'TypeError' }],
      ['request-failed', { path: '/rejects', errorClass: 'RangeError' }],
    ]);
  });

  it.each([
    ['no HTTP at all', 'CANARY\r\n\r\n'],
    ['headers that are too large', `GET / HTTP/1.1\r\nhost: x\r\nx-big: ${'C'.repeat(40_000)}\r\n\r\n`],
    ['two lengths', 'POST /take HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'],
    [
      'length and chunks',
      'POST /take HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['two hosts', 'GET /page HTTP/1.1\r\nhost: x\r\nhost: y\r\n\r\n'],
    ['two hosts that are one', 'GET /page HTTP/1.1\r\nHost: x\r\nhOST: x\r\n\r\n'],
    ['no host', 'GET /page HTTP/1.1\r\n\r\n'],
    ['a list of hosts', 'GET /page HTTP/1.1\r\nhost: x, y\r\n\r\n'],
    ['a host with a name in front', 'GET /page HTTP/1.1\r\nhost: x@y\r\n\r\n'],
    ['two authorizations', 'GET /page HTTP/1.1\r\nhost: x\r\nauthorization: a\r\nauthorization: b\r\n\r\n'],
    ['two origins', 'GET /page HTTP/1.1\r\nhost: x\r\norigin: http://x\r\norigin: http://y\r\n\r\n'],
    ['one length twice', 'POST /take HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 1\r\n\r\na'],
    ['a coding twice', `POST /take HTTP/1.1\r\nhost: x\r\n${'transfer-encoding: chunked\r\n'.repeat(2)}\r\n0\r\n\r\n`],
    ['a target for another host', 'GET http://y/page HTTP/1.1\r\nhost: x\r\n\r\n'],
    ['a target with a name in front', 'GET http://x@x/page HTTP/1.1\r\nhost: x\r\n\r\n'],
  ])('refuses %s, without a word of it, and goes on', async (_name, words) => {
    expect(await raw(words)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n(?!.*C{3})/su);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(logged).toEqual([]);
  });

  it('lets a response finish when it stops, and takes no other', async () => {
    const response = await fetch(`${url}/slow`);
    const stopped = server.stop(10_000);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    letGo();
    expect(await response.text()).toBe('begunended');
    await stopped;
  });

  it('cuts what does not finish in time', async () => {
    const response = await fetch(`${url}/slow`);
    const body = response.text();
    await Promise.all([server.stop(1), expect(body).rejects.toThrow()]);
  });

  it('closes connections that wait for nothing when it stops', async () => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n');
    await once(socket, 'data');
    const closed = once(socket, 'close');
    await server.stop(60_000);
    await closed;
  });

  it('says which setting is wrong when the port is taken', async () => {
    const second = createServer({ host: '127.0.0.1', port, routes: [], readiness: () => [], log });
    await expect(second.start()).rejects.toThrow(new ListenError('in-use'));
  });

  it('says so when the address is not this machine’s', async () => {
    const elsewhere = createServer({ host: '192.0.2.1', port: 0, routes: [], readiness: () => [], log });
    await expect(elsewhere.start()).rejects.toMatchObject({ name: 'ListenError', code: 'unavailable' });
  });
});
