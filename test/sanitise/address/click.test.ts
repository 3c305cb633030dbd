import { type ClickOptions, createClickRule } from '../../../src/sanitise/address/click';
import { carriesWordsOnly } from '../../../src/sanitise/address/plain-address';
import { WITH_DATA, WORDS_ONLY } from './ordinary';
import { LEAKS } from './secrets';

const ruleOf = (options: Partial<ClickOptions> = {}) =>
  createClickRule({ links: 'visible', linkHosts: [], question: () => '', ...options });

describe('an address that may be clicked', () => {
  it('is nearly every one that people want to read on', () => {
    const mayClick = ruleOf();
    expect(WORDS_ONLY.filter((address) => !mayClick(address))).toEqual([
      'https://pandas.pydata.org/docs/user_guide/merging.html',
      'https://datatracker.ietf.org/doc/html/rfc8259',
      'https://hub.docker.com/_/postgres',
    ]);
    expect(WORDS_ONLY.length).toBeGreaterThan(100);
  });

  it('is none that carries data of its own: nobody can tell what it says', () => {
    expect(WITH_DATA.filter(ruleOf())).toEqual([]);
  });

  it('is none that carries a secret, in whichever form', () => {
    expect(LEAKS.filter(ruleOf({ linkHosts: ['ok.example', '*.docs.example'] }))).toEqual([]);
  });

  it.each([
    ['as many segments as it may', 'https://example.com/a/b/c/d/e/f/g/h', 'https://example.com/a/b/c/d/e/f/g/h/i'],
    [
      'a segment as long as it may',
      `https://example.com/${'welcome-'.repeat(5).slice(0, 40)}`,
      `https://example.com/${'welcome-'.repeat(6).slice(0, 41)}`,
    ],
    [
      'as many words as it may',
      'https://example.com/one-two-three-four-five-six',
      'https://example.com/one-two-three-four-five-six-sev',
    ],
    ['as many digits as it may', 'https://example.com/2026/11/28', 'https://example.com/2026/11/28/1'],
    ['as many mixed words as it may', 'https://example.com/v1/s3', 'https://example.com/v1/s3/web2'],
    [
      'as much Japanese as it may',
      'https://example.com/日本国憲法日本国憲法日本国憲法日',
      'https://example.com/日本国憲法日本国憲法日本国憲法日本国',
    ],
    ['a subdomain of the few', 'https://docs.api.example.com/', 'https://a.docs.api.example.com/'],
    ['a country’s domain', 'https://www.example.co.jp/', 'https://name.example.co.jp/'],
    ['the port of https', 'https://example.com:443/x', 'https://example.com:8443/x'],
    ['https', 'https://example.com/x', 'http://example.com/x'],
    ['no query', 'https://example.com/x', 'https://example.com/x?'],
    ['no fragment', 'https://example.com/x', 'https://example.com/x#'],
    ['no user', 'https://example.com/x', 'https://me@example.com/x'],
    ['plain letters', 'https://example.com/x', 'https://exаmple.com/x'],
    ['a name for a host', 'https://example.com/x', 'https://198.51.100.7/x'],
    ['nothing encoded but Japanese', 'https://example.com/%E6%97%A5%E6%9C%AC', 'https://example.com/%61%62'],
  ])('has %s: %s, and not %s', (_what, plain, other) => {
    expect([carriesWordsOnly(plain), carriesWordsOnly(other)]).toEqual([true, false]);
  });

  it('is any of a host that the organisation allows, with all that it carries', () => {
    const mayClick = ruleOf({ linkHosts: ['wiki.example.com', '*.example.org'] });
    for (const address of [
      'https://wiki.example.com/display/x?pageId=123456789012#part',
      'http://wiki.example.com:8080/x',
      'https://a.b.example.org/x?y=z',
    ])
      expect([address, mayClick(address)]).toEqual([address, true]);
    for (const address of [
      'https://wiki.example.com.evil.com/x?y=z',
      'https://wiki.example.com@evil.com/x?y=z',
      'https://example.org/x?y=z',
      'https://evilexample.org/x?y=z',
      'ftp://wiki.example.com/x?y=z',
    ])
      expect([address, mayClick(address)]).toEqual([address, false]);
  });

  it('is one that the asker wrote, and no other that begins or ends like it', () => {
    const question = (): string =>
      'What does https://Intra.example.com:8443/wiki?id=123456789 say? (http://files.example.com/a_b.) https://x.example.com/?q=1を';
    const mayClick = ruleOf({ question });
    for (const address of [
      'https://intra.example.com:8443/wiki?id=123456789',
      'http://files.example.com/a_b',
      'https://x.example.com/?q=1',
    ])
      expect([address, mayClick(address)]).toEqual([address, true]);
    for (const address of [
      'https://intra.example.com:8443/wiki?id=1234567890',
      'https://intra.example.com:8443/wiki?id=12345678',
      'https://intra.example.com:8443/wiki',
      'https://intra.example.com/wiki?id=123456789',
      'http://intra.example.com:8443/wiki?id=123456789',
      'https://x.example.com/?q=1&d=2',
    ])
      expect([address, mayClick(address)]).toEqual([address, false]);
  });

  it('is none that looks like another host, also where the asker wrote it', () => {
    const asked = 'https://аpple.com/x?y=z and https://xn--80ak6aa92e.com/x?y=z';
    const mayClick = ruleOf({ question: () => asked });
    for (const address of asked.split(' and ')) expect(mayClick(address)).toBe(false);
  });

  it('is none of more than the first fifty of a question', () => {
    const addresses = Array.from({ length: 60 }, (_, index) => `https://a.example.com/?n=${index}`);
    const mayClick = ruleOf({ question: () => addresses.join(' ') });
    expect(addresses.filter(mayClick)).toEqual(addresses.slice(0, 50));
  });

  it.each([
    'https://ok.example/_a_/b',
    'https://ok.example/:smile:',
    'https://ok.example/@here',
    'https://ok.example/*a*',
    'https://ok.example/~~a~~',
    'https://ok.example/?a=&#64;b',
    'https://ok.example/$a$',
    'https://ok.example/(a)',
  ])('has no sign that a client could read: %s', (address) => {
    expect(ruleOf({ linkHosts: ['ok.example'] })(address)).toBe(false);
  });

  it('is short: twice as much fits in the smallest message', () => {
    const mayClick = ruleOf({ linkHosts: ['ok.example'] });
    const long = (length: number): string => `https://ok.example/${'a'.repeat(length - 19)}`;
    expect([mayClick(long(300)), mayClick(long(301))]).toEqual([true, false]);
  });

  it('is none where the organisation wants none', () => {
    const question = (): string => 'https://a.example/x?y=z';
    const mayClick = ruleOf({ links: 'plain', linkHosts: ['ok.example'], question });
    for (const address of [...WORDS_ONLY, 'https://ok.example/', question()]) expect(mayClick(address)).toBe(false);
  });
});
