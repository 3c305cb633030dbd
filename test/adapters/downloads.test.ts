import type { ServerResponse } from 'node:http';
import { createFiles } from '../../adapters/slack/files';
import { readTeamsFile } from '../../adapters/teams/files';
import { createEgress } from '../../src/egress/egress';
import { startWebServer, type WebServer } from '../../src/prove/doubles/web-server';

/** A server whose files never come whole: a byte at a time. */
describe('a download that trickles', () => {
  const egress = createEgress({ hosts: ['127.0.0.1'] });
  let web: WebServer;
  let open: Promise<ServerResponse>;

  beforeEach(async () => {
    const { promise, resolve } = Promise.withResolvers<ServerResponse>();
    open = promise;
    web = await startWebServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain', 'content-length': 1_000_000 });
      response.write('a');
      resolve(response);
    });
  });
  afterEach(() => web.close());
  afterAll(() => egress.close());

  const platforms = {
    Slack: (signal: AbortSignal) => {
      const info = { file: { size: 1_000_000, url_private_download: `${web.url}/file` } };
      const api = { call: async () => ({ ok: true, body: info }) as const };
      const files = createFiles({ api, fetch: egress.fetch, botToken: 'xoxb-1', apiUrl: `${web.url}/api/` });
      return files.read({ id: 'F1', mediaType: 'text/plain', size: 1_000_000 }, 2_000_000, signal);
    },
    Teams: (signal: AbortSignal) => {
      const file = { id: '0', mediaType: 'text/plain', size: 0, url: `${web.url}/file`, ofConnector: false };
      const api = { download: async () => ({ ok: false, kind: 'unreachable' }) as const };
      return readTeamsFile(api, egress.fetch, file, 2_000_000, signal);
    },
  };

  it.each(['Slack', 'Teams'] as const)('ends with the signal, down to the socket: %s', async (platform) => {
    const stop = new AbortController();
    const reading = platforms[platform](stop.signal);
    const response = await open;
    const closed = new Promise<void>((resolve) => response.once('close', resolve));
    response.write('b');
    stop.abort();
    expect(await reading).toEqual({ kind: 'unavailable', reason: 'failed' });
    await closed;
  });
});
