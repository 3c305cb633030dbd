import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { pathOf } from '../../src/http/request-head';

/** A request as Node has read it. */
function aRequest(url: string, headers: readonly (readonly [name: string, value: string])[] = [['Host', 'a.example']]) {
  const request = new IncomingMessage(new Socket());
  request.url = url;
  request.rawHeaders = headers.flat();
  request.headers = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
  return request;
}

describe('the path that a request asks for', () => {
  it.each([
    ['/slack/events', '/slack/events'],
    ['/page?of=1?2', '/page'],
    ['/?x', '/'],
    ['http://a.example/page?x', '/page'],
    ['HTTPS://A.Example/page', '/page'],
    ['http://a.example', '/'],
    ['http://a.example?x', '/'],
    ['http://a.example#x', '/'],
    ['/at/http://b.example/x', '/at/http://b.example/x'],
  ])('of %s is %s', (target, path) => {
    expect(pathOf(aRequest(target))).toBe(path);
  });

  it.each(['http://b.example/page', 'http://a.example:80/page', 'http://a.example.b.example/', 'https:///page'])(
    'is none where the target is another host’s: %s',
    (target) => {
      expect(pathOf(aRequest(target))).toBeUndefined();
    },
  );

  it('is none where the target has a host and no header says that it is ours', () => {
    expect(pathOf(aRequest('http://a.example/page', []))).toBeUndefined();
  });

  it.each(['authorization', 'Content-Length', 'CONTENT-TYPE', 'host', 'Origin', 'transfer-encoding'])(
    'is none where %s comes twice, in whatever letters',
    (name) => {
      const twice = [
        [name, 'a.example'],
        ['accept', '*/*'],
        [name.toUpperCase(), 'a.example'],
      ] as const;
      expect(pathOf(aRequest('/', twice))).toBeUndefined();
      expect(pathOf(aRequest('/', twice.slice(0, 2)))).toBe('/');
    },
  );

  it('is told where another header comes twice, which may', () => {
    const twice = [
      ['x-forwarded-for', '1.1.1.1'],
      ['X-Forwarded-For', '2.2.2.2'],
      ['host', 'a.example'],
    ] as const;
    expect(pathOf(aRequest('/', twice))).toBe('/');
  });

  it('is told where a value is what a header is called', () => {
    expect(
      pathOf(
        aRequest('/', [
          ['x-first', 'host'],
          ['host', 'a.example'],
        ]),
      ),
    ).toBe('/');
  });

  it.each(['a.example', 'a.example:8080', 'localhost', '127.0.0.1:1', '[::1]', '[2001:DB8::1]:65535', ''])(
    'is told of the host “%s”',
    (host) => {
      expect(pathOf(aRequest('/', [['host', host]]))).toBe('/');
    },
  );

  it.each([
    'a.example, b.example',
    'a.example/b',
    'a.example\\b',
    'a.example?b',
    'a.example#b',
    'user@a.example',
    'a.example:',
    'a.example:123456',
    'a.example:80:80',
    'a.example:80x',
    '::1',
    '[::1',
    '[::g]',
    '[::1]x',
    'x[::1]',
    'a example',
    ':80',
  ])('is none of the host “%s”', (host) => {
    expect(pathOf(aRequest('/', [['host', host]]))).toBeUndefined();
  });

  it('is told where no host is named at all, as by HTTP/1.0', () => {
    expect(pathOf(aRequest('/page', []))).toBe('/page');
  });
});
