import type { IncomingMessage } from 'node:http';
import { requestLanguage } from '../../src/http/request-language';

const asked = (url: string, language?: string) =>
  requestLanguage({ url, headers: { 'accept-language': language } } as unknown as IncomingMessage, 'ja');

describe('the language of a request', () => {
  it.each([
    ['the address', '/page?lang=en', 'ja', 'en'],
    ['the address, in capitals and with a region', '/page?lang=EN-gb', undefined, 'en'],
    ['the browser', '/page', 'en-US,en;q=0.9,ja;q=0.8', 'en'],
    ['the browser, by what it would rather have', '/page', 'en;q=0.1, ja-JP;q=0.9', 'ja'],
    ['the browser, without what it refuses', '/page', 'ja;q=0, en;q=0.1', 'en'],
    ['the browser, where the address asks for none of ours', '/page?lang=tlh', 'en', 'en'],
    ['the settings, where the browser says nothing', '/page', undefined, 'ja'],
    ['the settings, where the browser takes anything', '/page?lang=', '*', 'ja'],
    ['the settings, where the browser has none of ours', '/page', 'fr, de;q=0.5', 'ja'],
    ['the settings, where nothing can be read of it', '/page?%', ';;q=,,"', 'ja'],
  ])('is that of %s', (_what, url, header, language) => {
    expect(asked(url, header)).toBe(language);
  });
});
