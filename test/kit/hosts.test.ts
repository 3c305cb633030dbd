import { PLATFORM_MODULES } from '../../adapters/registry';
import { hostAllowed } from '../../src/kit/hosts';

describe('hostAllowed', () => {
  const entries = ['api.example.com', 'box.example:8443', '*.wide.example', '[::1]:3000', 'fe80::1', 'UPPER.example'];
  const cases: readonly (readonly [string, boolean])[] = [
    ['https://api.example.com/v1', true],
    ['https://API.Example.com./v1', true],
    ['http://api.example.com:8080/', true],
    ['https://upper.example/', true],
    ['https://box.example:8443/', true],
    ['https://box.example/', false],
    ['https://a.wide.example/', true],
    ['https://a.b.wide.example/', true],
    ['https://wide.example/', false],
    ['https://notwide.example/', false],
    ['https://api.example.com.evil.example/', false],
    ['https://evil.example/api.example.com', false],
    ['https://api.example.com@evil.example/', false],
    ['https://user:secret@api.example.com/', false],
    ['https://sub.api.example.com/', false],
    ['http://[::1]:3000/', true],
    ['http://[::1]/', false],
    ['http://[fe80::1]:99/', true],
    ['http://127.0.0.1/', false],
    ['http://localhost/', false],
    ['http://0x7f000001/', false],
    ['file://api.example.com/x', false],
    ['wss://api.example.com/', true],
  ];

  it.each(cases)('%s: %s', (address, expected) => {
    expect(hostAllowed(new URL(address), entries)).toBe(expected);
  });

  it('takes the default port for an entry with a port', () => {
    expect(hostAllowed(new URL('https://api.example.com/'), ['api.example.com:443'])).toBe(true);
    expect(hostAllowed(new URL('http://api.example.com/'), ['api.example.com:443'])).toBe(false);
  });

  it('allows nothing by an empty entry or a star alone', () => {
    for (const entry of ['', ' ', '*', '*.', '**.example', '.example'])
      expect(hostAllowed(new URL('https://a.example/'), [entry])).toBe(false);
  });

  it('takes a star for a part of one label, and for no more', () => {
    const entries = ['*-box.example', 'run.*.cloud.example'];
    const may = (address: string): boolean => hostAllowed(new URL(address), entries);
    expect(['https://a-box.example/', 'https://run.tokyo-1.cloud.example/'].every(may)).toBe(true);
    const others = ['a.b-box.example', '-box.example.evil.example', 'run.cloud.example', 'run.a.b.cloud.example'];
    expect(others.map((host) => `https://${host}/`).some(may)).toBe(false);
  });

  it('knows Slack, and no loopback', () => {
    const hosts = PLATFORM_MODULES.flatMap(({ knownHosts }) => knownHosts);
    const known = (address: string): boolean => hostAllowed(new URL(address), hosts);
    expect(known('https://slack.com/api/')).toBe(true);
    expect(['https://hooks.slack.com/x', 'wss://wss-primary.slack.com/link'].every(known)).toBe(true);
    expect(['http://127.0.0.1/', 'http://localhost/', 'http://[::1]/', 'https://openai.com/'].some(known)).toBe(false);
  });
});
