import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocket } from 'undici';
import { createEgress, type Egress } from '../../src/egress/egress';
import { createSocketDispatcher } from '../../src/egress/sockets';
import { createHostList } from '../../src/kit/hosts';
import { bodyOf, startWebServer, type WebServer } from '../../src/prove/doubles/web-server';

describe('the way out through a proxy', () => {
  let proxy: Server;
  let asked: string[];
  let target: WebServer;
  let egress: Egress;
  let address: string;

  beforeEach(async () => {
    asked = [];
    target = await startWebServer(async (request, response) => response.end(`${request.url} ${await bodyOf(request)}`));
    proxy = createServer(async (request, response) => {
      const auth = request.headers['proxy-authorization'] ?? '';
      asked.push(`${request.method} ${request.url} ${auth}`.trim());
      const answer = await fetch(request.url ?? '', { method: 'POST', body: await bodyOf(request) });
      response.writeHead(answer.status).end(await answer.text());
    });
    proxy.on('connect', (request, socket) => {
      asked.push(`CONNECT ${request.url}`);
      const [host = '', port = ''] = (request.url ?? '').split(':');
      const upstream = connect(Number(port), host.endsWith('.example') ? '127.0.0.1' : host, () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    address = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    egress.close();
    proxy.closeAllConnections();
    proxy.close();
    await target.close();
  });

  it('asks the proxy for plain http, with its name and password, and brings the answer back', async () => {
    const via = { http: `http://user:secret@${address}`, https: undefined, except: '' };
    egress = createEgress({ hosts: [target.host], proxy: via });
    const response = await egress.fetch(`${target.url}/v1`, { method: 'POST', body: 'hello' });
    expect(await response.text()).toBe('/v1 hello');
    expect(asked).toEqual([`POST ${target.url}/v1 Basic ${Buffer.from('user:secret').toString('base64')}`]);
  });

  it('asks it for a tunnel for https: it sees the host, and nothing of what is said', async () => {
    egress = createEgress({
      hosts: ['vendor.example'],
      proxy: { http: undefined, https: `http://${address}`, except: '' },
    });
    const asking = egress.fetch(`https://vendor.example:${target.host.split(':')[1]}/v1`, {
      method: 'POST',
      body: 'hello',
    });
    await expect(asking).rejects.toThrow(TypeError);
    expect(asked).toEqual([`CONNECT vendor.example:${target.host.split(':')[1]}`]);
  });

  it('goes straight to the hosts that are excepted', async () => {
    egress = createEgress({
      hosts: [target.host],
      proxy: { http: `http://${address}`, https: undefined, except: '127.0.0.1' },
    });
    expect(await (await egress.fetch(`${target.url}/v1`)).text()).toBe('/v1 ');
    expect(asked).toEqual([]);
  });

  it('takes a WebSocket along, in a tunnel', async () => {
    egress = createEgress({
      hosts: ['*.slack.example'],
      proxy: { http: undefined, https: `http://${address}`, except: '' },
    });
    const dispatcher = await egress.dispatcher();
    await once(new WebSocket('wss://wss-primary.slack.example/link/?ticket=secret', { dispatcher }), 'error');
    expect(asked).toEqual(['CONNECT wss-primary.slack.example:443']);
    await once(new WebSocket('wss://wss-primary.elsewhere.example/link/', { dispatcher }), 'error');
    expect(asked).toHaveLength(1);
  });

  it('has the hosts that are excepted reached straight by a WebSocket too', async () => {
    egress = createEgress({
      hosts: ['127.0.0.1'],
      proxy: { http: undefined, https: `http://${address}`, except: '127.0.0.1' },
    });
    const dispatcher = await egress.dispatcher();
    await once(new WebSocket(`wss://${target.host}/`, { dispatcher }), 'error');
    expect([asked, target.connections()]).toEqual([[], 1]);
  });

  it('is asked once for the tunnel of a WebSocket that it hangs up on', async () => {
    proxy.removeAllListeners('connect');
    proxy.on('connect', (request, socket) => {
      asked.push(`CONNECT ${request.url}`);
      socket.destroy();
    });
    egress = createEgress({
      hosts: ['vendor.example'],
      proxy: { http: undefined, https: `http://${address}`, except: '' },
    });
    const dispatcher = await egress.dispatcher();
    await once(new WebSocket('wss://vendor.example/', { dispatcher }), 'error');
    expect(asked).toEqual(['CONNECT vendor.example:443']);
  });

  it('lets the proxy see no host that is not allowed', async () => {
    egress = createEgress({
      hosts: ['vendor.example'],
      proxy: { http: `http://${address}`, https: undefined, except: '' },
    });
    await expect(egress.fetch('http://elsewhere.example/')).rejects.toMatchObject({ code: 'host-not-allowed' });
    expect(asked).toEqual([]);
  });

  describe('that takes a tunnel and never answers', () => {
    let tunnelled: Promise<void>;
    let tunnel: Duplex | undefined;
    beforeEach(() => {
      proxy.removeAllListeners('connect');
      tunnelled = new Promise((resolve) => {
        proxy.on('connect', (_request, socket) => {
          tunnel = socket.on('error', () => {});
          resolve();
        });
      });
      egress = createEgress({
        hosts: ['vendor.example'],
        proxy: { http: undefined, https: `http://${address}`, except: '' },
      });
    });
    afterEach(() => {
      jest.useRealTimers();
      tunnel?.destroy();
    });

    it('is left when the caller does not want it any more', async () => {
      const stop = new AbortController();
      const asking = egress.fetch('https://vendor.example/v1', { signal: stop.signal });
      await tunnelled;
      stop.abort();
      await expect(asking).rejects.toThrow(stop.signal.reason);
    });

    it('is given up for a WebSocket too', async () => {
      const via = { http: undefined, https: `http://${address}`, except: '' };
      const dispatcher = await createSocketDispatcher(createHostList(['vendor.example']), via, 50);
      await once(new WebSocket('wss://vendor.example/', { dispatcher }), 'error');
      await tunnelled;
      await dispatcher.destroy();
    });

    it('is given up after ten seconds', async () => {
      jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
      const asking = egress.fetch('https://vendor.example/v1');
      const failing = expect(asking).rejects.toThrow(TypeError);
      await tunnelled;
      jest.advanceTimersByTime(10_000);
      await failing;
      expect(jest.getTimerCount()).toBe(0);
    });
  });
});
