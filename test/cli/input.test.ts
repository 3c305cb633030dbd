import { plainWords } from '../../src/cli/input';

const document = '{\n  "@type": "LedgerHead"\n}';

describe('what is read of a file', () => {
  it.each([
    ['as it is', Buffer.from(document)],
    ['with npm’s banner', Buffer.from(`\n> dejiren@0.1.0 dejiren\n> node dist/main.js ledger head\n\n${document}`)],
    [
      'with the banners of two scripts, and the ends of lines of Windows',
      Buffer.from(
        `\r\n> dejiren@0.1.0 predejiren\r\n> npm run --silent build\r\n\r\n\r\n> dejiren@0.1.0 dejiren\r\n> node dist/main.js\r\n\r\n${document}`,
      ),
    ],
    ['with a byte order mark', Buffer.from(`\ufeff${document}`)],
    ['in UTF-16, as PowerShell writes it', Buffer.from(`\ufeff${document}`, 'utf16le')],
    [
      'in UTF-16 with a banner',
      Buffer.from(`\ufeff\r\n> dejiren@0.1.0 dejiren\r\n> node\r\n\r\n${document}`, 'utf16le'),
    ],
  ])('is the words alone: %s', (_name, bytes) => {
    expect(plainWords(bytes)).toBe(document);
  });

  it('leaves words alone that only look like a banner', () => {
    for (const words of ['>no space', 'words\n> quoted\n', 'eyJhbGciOi.x.y'])
      expect(plainWords(Buffer.from(words))).toBe(words);
  });
});
