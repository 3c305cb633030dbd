import fc from 'fast-check';
import { errorClassOf } from '../../src/log/error-class';
import type { LogEvent, LogFields } from '../../src/log/log';
import { createLog } from '../../src/log/pino-log';
import { createTerminalLines } from '../../src/log/terminal-lines';
import { sealText } from '../../src/model/text';

function listen(level: Parameters<typeof createLog>[0]['level'] = 'info') {
  const lines: string[] = [];
  const log = createLog({ level, destination: { write: (line: string) => void lines.push(line) } });
  return { log, lines, last: (): Record<string, unknown> => JSON.parse(lines.at(-1) ?? '{}') };
}

/** What no type lets through, as a mistake elsewhere could. */
const forced = (fields: Record<string, unknown>): LogFields => fields as LogFields;

describe('the log', () => {
  it('writes one JSON line an event: when, how grave, what, and the fields it knows', () => {
    const { log, lines, last } = listen();
    log.warn('vendor-failed', { code: 'vendor-timeout', vendor: 'openai', status: 504, durationMs: 12.7 });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^\{[^\n]*\}\n$/u);
    expect(last()).toEqual({
      level: 40,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/u),
      event: 'vendor-failed',
      code: 'vendor-timeout',
      vendor: 'openai',
      status: 504,
      durationMs: 13,
    });
  });

  it('drops fields that it does not know', () => {
    const { log, last } = listen();
    log.info(
      'turn-ended',
      forced({ code: 'answered', text: 'CANARY', err: new Error('CANARY'), toString: 'CANARY', __proto__: { x: 1 } }),
    );
    expect(Object.keys(last()).sort()).toEqual(['code', 'event', 'level', 'time']);
  });

  it.each([
    ['a sentence', 'the merger is on'],
    ['Japanese', '極秘'],
    ['a long word', 'x'.repeat(129)],
    ['a line break', 'a\nb'],
    ['a link with a query', 'https://x.example/?q=secret'],
    ['nothing', ''],
  ])('writes [dropped] where a field holds %s', (_name, words) => {
    const { log, last } = listen();
    log.error('vendor-failed', { requestId: words });
    expect(last().requestId).toBe('[dropped]');
  });

  it('drops objects, sealed text, errors and numbers that are none, whatever the field', () => {
    const { log, last } = listen();
    for (const value of [
      { a: 'CANARY' },
      ['CANARY'],
      sealText('CANARY'),
      new Error('CANARY'),
      Number.NaN,
      Number.POSITIVE_INFINITY,
      null,
      undefined,
      true,
    ]) {
      log.info('turn-ended', forced({ code: value, status: value }));
      expect(Object.keys(last()).sort()).toEqual(['event', 'level', 'time']);
    }
  });

  it('does not take an event that was built from data', () => {
    const { log, last } = listen();
    log.info('what somebody wrote' as LogEvent);
    expect(last().event).toBe('[dropped]');
  });

  it('keeps to its level, and to silence', () => {
    const quiet = listen('error');
    quiet.log.warn('turn-refused');
    expect(quiet.lines).toEqual([]);
    quiet.log.error('turn-broke');
    expect(quiet.lines).toHaveLength(1);
    const silent = listen('silent');
    silent.log.error('turn-broke');
    expect(silent.lines).toEqual([]);
  });

  it('takes nothing but plain values by their names, however hostile the object', () => {
    const hostile: readonly [string, () => object][] = [
      [
        'a getter that throws',
        () =>
          Object.defineProperty({}, 'code', {
            enumerable: true,
            get: () => {
              throw new Error('CANARY');
            },
          }),
      ],
      [
        'a getter',
        () => ({
          get code() {
            return 'CANARY\n{"level":50}';
          },
        }),
      ],
      [
        'a proxy that answers everything',
        () =>
          new Proxy(
            {},
            {
              get: () => 'CANARY CANARY',
              has: () => true,
              ownKeys: () => ['code'],
              getOwnPropertyDescriptor: () => ({ value: 'CANARY CANARY', configurable: true, enumerable: true }),
            },
          ),
      ],
      [
        'a proxy that throws',
        () =>
          new Proxy(
            {},
            {
              getOwnPropertyDescriptor: () => {
                throw new Error('CANARY');
              },
            },
          ),
      ],
      ['toJSON', () => ({ toJSON: () => 'CANARY', code: { toJSON: () => 'CANARY' }, status: { valueOf: () => 7 } })],
      ['arrays', () => ['CANARY', ['CANARY']]],
      ['a huge string', () => ({ code: 'CANARY'.repeat(1_000_000) })],
      [
        'colours and line breaks',
        () => ({ code: '\u001b[31mCANARY\u001b[0m\r\n', requestId: 'a\u0000CANARY', path: '/CANARY\u2028' }),
      ],
      ['a string object', () => ({ code: new String('CANARY'), errorClass: new String('CANARY') })],
      ['a sealed text', () => ({ code: sealText('CANARY'), errorClass: sealText('CANARY') })],
      [
        'one word, as a secret is',
        () => ({
          code: 'CANARY7hunter2',
          errorClass: 'CANARY',
          vendor: 'CANARY',
          platform: 'CANARY',
          signal: 'CANARY',
          path: 'CANARY',
          errorCode: 'CANARY',
          position: 'src/CANARY.ts:1',
        }),
      ],
    ];
    for (const [name, make] of hostile) {
      const { log, lines } = listen();
      log.info('turn-ended', forced(make() as Record<string, unknown>));
      expect([name, lines.length]).toEqual([name, 1]);
      expect(lines[0]).toMatch(/^\{[ -~]*\}\n$/u);
      expect(lines[0]).not.toContain('CANARY');
      expect(lines[0]?.length).toBeLessThan(400);
    }
  });

  it('tells an error’s class by a list: a library may give its errors any name', () => {
    class CanaryError extends Error {
      override name = 'CANARY';
    }
    const odd = Object.defineProperty(new Error('x'), 'name', {
      get: () => {
        throw new Error('CANARY');
      },
    });
    expect([new TypeError('CANARY'), new CanaryError(), odd, 'CANARY', undefined].map(errorClassOf)).toEqual([
      'TypeError',
      'other',
      'other',
      'string',
      'undefined',
    ]);
  });

  it('never writes anything but codes, ids and numbers', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), fc.string(), (fields, requestId) => {
        const { log, lines, last } = listen();
        log.info('turn-ended', forced({ ...fields, requestId }));
        expect(lines).toHaveLength(1);
        const { level, time, event, ...rest } = last();
        expect([level, event, typeof time]).toEqual([30, 'turn-ended', 'string']);
        for (const value of Object.values(rest))
          expect(typeof value === 'number' || /^[\w.:/@+[\]-]{1,128}$/u.test(String(value))).toBe(true);
      }),
      { seed: 20261124, numRuns: 300 },
    );
  });
});

it('at a terminal the log is short lines with the same fields', () => {
  const lines: string[] = [];
  const log = createLog({ level: 'debug', destination: createTerminalLines((line) => lines.push(line)) });
  log.info('turn-ended', { code: 'answered', durationMs: 12 });
  log.debug('first-words-visible');
  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d info turn-ended code=answered durationMs=12\n$/u);
  expect(lines[1]).toMatch(/^\d\d:\d\d:\d\d debug first-words-visible\n$/u);
});
