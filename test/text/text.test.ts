import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { format, inspect } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import pino from 'pino';
import { openText, sealSafeText, sealText } from '../../src/text/text';

const SECRET = 'canary-7f3a';
const text = sealText(SECRET);

function printed(print: (console: Console) => void): string {
  let words = '';
  const sink = new Writable({
    write(chunk, _encoding, done) {
      words += String(chunk);
      done();
    },
  });
  print(new Console({ stdout: sink, stderr: sink }));
  return words;
}

function logged(log: (logger: pino.Logger) => void): string {
  let words = '';
  log(
    pino(
      { level: 'trace' },
      {
        write(line: string) {
          words += line;
        },
      },
    ),
  );
  return words;
}

describe('text', () => {
  const ways: readonly (readonly [string, () => string])[] = [
    ['String()', () => String(text)],
    ['a template literal', () => `${text}`],
    ['joining', () => ['a', text].join(' ')],
    ['adding to a string', () => 'a '.concat(String(text))],
    ['toLocaleString', () => text.toLocaleString()],
    ['JSON', () => JSON.stringify({ text, nested: [text] })],
    ['inspect', () => inspect(text)],
    [
      'inspect with everything',
      () => inspect({ text }, { showHidden: true, depth: null, getters: true, showProxy: true }),
    ],
    ['inspect without custom ways', () => inspect({ text }, { customInspect: false, showHidden: true, depth: null })],
    ['format', () => format('%s %o %O %j %d', text, text, text, text, text)],
    ['console', () => printed((console) => console.log(text, { text }, [text], new Map([[text, text]])))],
    ['console.dir', () => printed((console) => console.dir({ text }, { showHidden: true, depth: null }))],
    ['console.table', () => printed((console) => console.table([{ text }]))],
    ['pino', () => logged((logger) => logger.info({ text, nested: { text } }, 'said %s', text))],
    ['pino with an error', () => logged((logger) => logger.error(new Error('broke', { cause: text })))],
    ["an error's cause", () => inspect(new Error('broke', { cause: { text } }), { showHidden: true, depth: null })],
    ["an error's message", () => String(new Error(String(text)).stack)],
    ['keys and values', () => JSON.stringify([Object.keys(text), Object.values(text), Object.entries(text)])],
    ['every own property', () => Reflect.ownKeys(text).map(String).join()],
    ['a spread', () => JSON.stringify({ ...text })],
    ['Object.assign', () => inspect(Object.assign({}, text), { showHidden: true })],
    ['structuredClone', () => inspect(structuredClone(text), { showHidden: true })],
    ['v8.serialize', () => serialize({ text }).toString('latin1')],
    ['v8.serialize and back', () => inspect(deserialize(serialize({ text })), { showHidden: true, depth: null })],
  ];

  it.each(ways)('cannot be read through %s', (_name, show) => {
    expect(show()).not.toContain(SECRET);
    expect(show().toLowerCase()).not.toContain('canary');
  });

  it('gives its mask where something is printed', () => {
    expect([String(text), `${text}`, JSON.stringify(text), inspect(text)]).toEqual([
      '[text]',
      '[text]',
      '"[text]"',
      '[text]',
    ]);
  });

  it('is opened by name', () => {
    expect(openText(text)).toBe(SECRET);
    expect(openText(sealSafeText(SECRET))).toBe(SECRET);
  });

  it('tells its length and whether it is blank, and nothing else', () => {
    expect([text.length, text.isBlank, sealText(' \n').isBlank]).toEqual([SECRET.length, false, true]);
  });

  it('cannot be opened by what merely looks like it', () => {
    expect(() => openText(Object.create(Object.getPrototypeOf(text)))).toThrow(TypeError);
  });
});
