import type { IncomingMessage, ServerResponse } from 'node:http';
import { createEgress, type Egress } from '../../src/egress/egress';
import { checkSources, sourceHosts } from '../../src/notices/check-sources';
import { wordsOfPage } from '../../src/notices/page-words';
import { startWebServer, type WebServer } from '../../src/prove/doubles/web-server';
import { aNotice, statement } from '../support/consent';

const QUOTE = "We don't use your data — “ever” — to train.";
const FILLER = `<p>${'What else a page says. '.repeat(20)}</p>`;
const noticeWith = (url: string, quote: string | undefined = QUOTE) =>
  aNotice('one', { statements: [{ ...statement, source: { title: 'A page', url }, quote }] });

describe('the sources of a notice', () => {
  let server: WebServer;
  let egress: Egress;
  const signal = new AbortController().signal;
  const serve = async (handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> => {
    server = await startWebServer(handle);
    egress = createEgress({ hosts: [server.host], redirects: 3 });
    return `${server.url}/page`;
  };
  const stateOf = async (url: string, quote?: string): Promise<unknown> =>
    (await checkSources([noticeWith(url, quote)], { fetch: egress.fetch, signal }))[0]?.state;
  const html = (response: ServerResponse, body: string): void => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<html>${body}</html>`);
  };

  afterEach(async () => {
    egress.close();
    await server.close();
  });

  it('are unchanged where the quote stands on the page, however it is set', async () => {
    const url = await serve((_request, response) =>
      html(
        response,
        `${FILLER}<p>We don’t use <b>your\n data</b>&nbsp;&mdash; &ldquo;ever&rdquo; – to <a href="/x">train</a>.</p>`,
      ),
    );
    expect(await stateOf(url)).toBe('unchanged');
  });

  it('are changed where the page came and the quote is gone', async () => {
    const url = await serve((_request, response) => html(response, `${FILLER}<p>We may use your data to train.</p>`));
    expect(await stateOf(url)).toBe('changed');
  });

  it('are not judged by words that nobody sees', async () => {
    const url = await serve((_request, response) => html(response, `${FILLER}<script>"${QUOTE}"</script>`));
    expect(await stateOf(url)).toBe('changed');
  });

  it.each<[string, (request: IncomingMessage, response: ServerResponse) => void]>([
    ['an error', (_request, response) => void response.writeHead(503).end(FILLER)],
    ['a page that is gone', (_request, response) => void response.writeHead(404).end(FILLER)],
    ['a page that is made by scripts', (_request, response) => void response.writeHead(200).end('<div id=app></div>')],
    ['a reset', (request) => void request.socket.resetAndDestroy()],
    ['another host', (_request, response) => void response.writeHead(302, { location: 'http://example.com/' }).end()],
    ['a circle', (_request, response) => void response.writeHead(302, { location: '/page' }).end()],
    ['an endless page', (_request, response) => void response.writeHead(200).end('x'.repeat(6 * 1024 * 1024))],
  ])('are not changed by what could not be read: %s', async (_name, handle) => {
    expect(await stateOf(await serve(handle))).toBe('unreachable');
  });

  it('are read where they moved to on the same host', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/en/page') html(response, `${FILLER}<p>${QUOTE}</p>`);
      else response.writeHead(301, { location: '/en/page' }).end();
    });
    expect(await stateOf(url)).toBe('unchanged');
  });

  it('are each read once, for all that they state, and without telling who asks', async () => {
    const asked: IncomingMessage['headers'][] = [];
    const url = await serve((request, response) => {
      asked.push(request.headers);
      html(response, `${FILLER}<p>${QUOTE}</p>`);
    });
    const notices = [
      noticeWith(url),
      noticeWith(url, undefined),
      aNotice('own', { statements: [{ ...statement, source: { title: 'dejiren', url: '' } }] }),
    ];
    const findings = await checkSources(notices, { fetch: egress.fetch, signal });
    expect(findings.map(({ state }) => state)).toEqual(['unchanged', 'unchanged']);
    expect(asked).toHaveLength(1);
    expect(Object.keys(asked[0] ?? {}).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
    expect(sourceHosts(notices)).toEqual([server.host]);
  });

  it('are left when the check is broken off', async () => {
    const stop = new AbortController();
    const url = await serve(() => stop.abort());
    const checking = checkSources([noticeWith(url)], { fetch: egress.fetch, signal: stop.signal });
    await expect(checking).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('the words of a page', () => {
  it('are those that people see, in their order', async () => {
    expect(
      await wordsOfPage('<h1>Title</h1><ul><li>one</li><li>two <img src=x alt=pic></li></ul><style>a{}</style>'),
    ).toMatch(/^title .*one .*two$/u);
  });
});
