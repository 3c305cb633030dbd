import { strictEqual } from 'node:assert';
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { format, inspect } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import pino from 'pino';
import { Bytes } from '../../src/model/bytes';
import { openText, sealSafeText, sealText } from '../../src/model/text';

const SECRET = 'canary-7f3a';
const text = sealText(SECRET);
const bytes = new Bytes(Buffer.from(SECRET));

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

  const more: readonly (readonly [string, () => string])[] = [
    [
      'Symbol.toPrimitive, whatever the hint',
      () =>
        ['string', 'number', 'default']
          .map((hint) => String(Reflect.apply(Reflect.get(text, Symbol.toPrimitive), text, [hint])))
          .join(),
    ],
    ['arithmetic', () => `${Number(text)}`],
    [
      'its prototype',
      () => inspect(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(text)), { depth: null, showHidden: true }),
    ],
    [
      'its class',
      () =>
        inspect(text.constructor, { depth: null, showHidden: true }) +
        Reflect.ownKeys(text.constructor).map(String).join(),
    ],
    [
      'postMessage',
      () => {
        const { port1, port2 } = new MessageChannel();
        port1.postMessage({ text, bytes });
        const got = receiveMessageOnPort(port2);
        port1.close();
        return inspect(got, { showHidden: true, depth: null });
      },
    ],
    [
      'a for-in loop',
      () => {
        const keys: string[] = [];
        for (const key in text) keys.push(key);
        return keys.join();
      },
    ],
    [
      'an error of several',
      () => inspect(new AggregateError([text, { text }], `${text}`), { showHidden: true, depth: null }),
    ],
    [
      'pino’s standard serializers',
      () =>
        JSON.stringify([
          pino.stdSerializers.err(Object.assign(new Error('x'), { text })),
          pino.stdSerializers.req({ text } as never),
        ]),
    ],
    [
      'an assertion',
      () => {
        try {
          strictEqual(text, 'x');
        } catch (error) {
          return inspect(error, { depth: null, showHidden: true });
        }
        return '';
      },
    ],
    ['a query string', () => String(new URLSearchParams({ text: text as never }))],
    ['a file: String()', () => `${bytes}${String(bytes)}${JSON.stringify({ bytes })}`],
    [
      'a file: inspect',
      () => inspect({ bytes }, { showHidden: true, depth: null, customInspect: false }) + inspect(bytes),
    ],
    ['a file: format', () => format('%s %o %O %j', bytes, bytes, bytes, bytes)],
    [
      'a file: Buffer.from',
      () => {
        try {
          return Buffer.from(bytes as never).toString();
        } catch {
          return '';
        }
      },
    ],
    [
      'a file: structuredClone and v8',
      () => inspect(structuredClone(bytes), { showHidden: true }) + serialize({ bytes }).toString('latin1'),
    ],
    ['a file: spread and values', () => JSON.stringify([{ ...bytes }, Object.values(bytes), Reflect.ownKeys(bytes)])],
  ];

  it.each([...ways, ...more])('cannot be read through %s', (_name, show) => {
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
