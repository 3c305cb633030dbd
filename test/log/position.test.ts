import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { createPositions, isPosition } from '../../src/log/position';
import { ROOT } from '../support/sources';

const PROGRAM = '/srv/dejiren/dist/dejiren.js';
/** Columns are from 0 here, and from 1 in stacks. */
const TABLE = JSON.stringify({
  files: ['src/dispatch/dispatcher.ts', 'adapters/slack/reply.ts', 'src/not: one'],
  lines: { 3: [0, 0, 17, 40, -1, 0, 90, 1, 5, 200, 2, 9] },
});
const positionOf = createPositions({ program: PROGRAM, readTable: () => TABLE });

const thrown = (stack: string, message = 'CANARY'): Error => Object.assign(new TypeError(message), { stack });
const at = (...frames: readonly string[]): Error =>
  thrown(['TypeError: CANARY', ...frames.map((frame) => `    at ${frame}`)].join('\n'));

describe('where an error came from', () => {
  it.each([
    ['the first frame in our code', [`answer (${PROGRAM}:3:20)`], 'src/dispatch/dispatcher.ts:17'],
    ['one without a function', [`${PROGRAM}:3:1`], 'src/dispatch/dispatcher.ts:17'],
    ['one of an async function', [`async Object.read (${PROGRAM}:3:91)`], 'adapters/slack/reply.ts:5'],
    [
      'past Node and libraries',
      ['node:fs:10:1', `x (${PROGRAM}:3:60)`, `y (${PROGRAM}:3:95)`],
      'adapters/slack/reply.ts:5',
    ],
    [
      'nowhere, where all is of others',
      [`x (${PROGRAM}:3:60)`, 'y (/srv/dejiren/node_modules/a/b.js:3:20)'],
      undefined,
    ],
    ['nowhere, on a line that is not ours', [`x (${PROGRAM}:4:20)`], undefined],
    ['nowhere, where the table names no file of ours', [`x (${PROGRAM}:3:250)`], undefined],
  ])('is %s', (_name, frames, position) => {
    expect(positionOf(at(...frames))).toBe(position);
  });

  it.each<[string, unknown]>([
    ['no stack', thrown('')],
    ['a stack that is none', Object.assign(new Error('x'), { stack: { toString: () => `at ${PROGRAM}:3:20` } })],
    [
      'a stack that throws',
      Object.defineProperty(new Error('x'), 'stack', {
        get: () => {
          throw new Error('CANARY');
        },
      }),
    ],
    ['no error', `    at ${PROGRAM}:3:20`],
    ['nothing', undefined],
    [
      'frames in its message alone',
      thrown(`TypeError: a\n    at x (${PROGRAM}:3:20)`, `a\n    at x (${PROGRAM}:3:20)`),
    ],
    ['another stack than its own', thrown(`Error: other\n    at x (${PROGRAM}:3:20)`, 'CANARY')],
    ['words for a file', at('x (src/the-merger-is-on.ts:1:1)', 'y (/srv/src/the-merger.ts:3:20)')],
    ['words after the file', at(`x (${PROGRAM}:3:20 the merger)`, `x (${PROGRAM}:three:20)`)],
    [
      'a message that is long',
      thrown(`Error: ${'x'.repeat(100_000)}\n    at x (${PROGRAM}:3:20)`, 'x'.repeat(100_000)),
    ],
  ])('is not told where there is %s', (_name, error) => {
    expect(positionOf(error)).toBeUndefined();
  });

  it('is not told where the table cannot be read', () => {
    const without = createPositions({
      program: PROGRAM,
      readTable: () => {
        throw new Error('ENOENT');
      },
    });
    expect(without(at(`x (${PROGRAM}:3:20)`))).toBeUndefined();
  });

  it('is known to the log once it was found, and nothing else is', () => {
    const table = JSON.stringify({
      files: ['src/once.ts', 'src/the merger.ts', 'lib/a.ts'],
      lines: { 1: [0, 0, 5, 10, 1, 5, 20, 2, 5] },
    });
    const once = createPositions({ program: PROGRAM, readTable: () => table });
    expect(isPosition('src/once.ts:5')).toBe(false);
    expect(once(at(`x (${PROGRAM}:1:5)`))).toBe('src/once.ts:5');
    expect(isPosition('src/once.ts:5')).toBe(true);
    for (const column of [15, 25]) expect(once(at(`x (${PROGRAM}:1:${column})`))).toBeUndefined();
    for (const word of ['src/once.ts:6', 'src/merger.ts:1', 'src/the merger.ts:5', 'lib/a.ts:5'])
      expect(isPosition(word)).toBe(false);
  });
});

describe('a program that was built', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'dejiren-position-'));
    mkdirSync(join(folder, 'dist'));
    mkdirSync(join(folder, 'src'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Bundles a script as the program is bundled, and runs it. */
  function run(script: string): string {
    writeFileSync(join(folder, 'src', 'script.ts'), script);
    buildSync({
      entryPoints: [join(folder, 'src', 'script.ts')],
      bundle: true,
      platform: 'node',
      minifySyntax: true,
      minifyWhitespace: true,
      sourcemap: 'external',
      sourcesContent: false,
      outfile: join(folder, 'dist', 'script.js'),
      alias: { dejiren: join(ROOT, 'src') },
    });
    execFileSync(
      process.execPath,
      [join(ROOT, 'build', 'positions.mts'), 'dist/script.js.map', 'dist/positions.json'],
      {
        cwd: folder,
      },
    );
    const { stdout, stderr } = spawnSync(process.execPath, [join(folder, 'dist', 'script.js')], { encoding: 'utf8' });
    return stdout + stderr;
  }

  const LOGGED = `
    import 'dejiren/log/quiet';
    import { errorFields } from 'dejiren/log/error-fields';
    import { createLog } from 'dejiren/log/pino-log';
    const word = ['CAN', 'ARY'].join('');
    const log = createLog({ level: 'info' });
    const tell = (error: unknown): void => log.error('turn-broke', errorFields(error));
  `;

  it('logs the class, the code and the line of our own of an error that nobody foresaw', () => {
    const told = run(`${LOGGED}
    function broken(value: any): void {
      value.no.such.field;
    }
    try { broken({}); } catch (error) { tell(error); }
    `);
    expect(JSON.parse(told)).toMatchObject({
      event: 'turn-broke',
      errorClass: 'TypeError',
      position: `src/script.ts:${LOGGED.split('\n').length + 2}`,
    });
  });

  it('logs it also after waiting, and where Node threw', () => {
    const told = run(`${LOGGED}
    async function later(): Promise<void> {
      await new Promise((resolve) => setTimeout(resolve, 1));
      Buffer.alloc(-1);
    }
    later().catch(tell);
    `);
    expect(JSON.parse(told)).toMatchObject({
      errorClass: 'RangeError',
      errorCode: 'ERR_OUT_OF_RANGE',
      position: `src/script.ts:${LOGGED.split('\n').length + 3}`,
    });
  });

  it('logs no word of an error whose message, stack, names of functions and files are somebody’s', () => {
    const told = run(`${LOGGED}
    const named = { [word + ' function']: (message: string): never => { throw new Error(message); } };
    const frames = '\\n    at ' + word + ' (' + __filename + ':1:1)\\n    at x (src/' + word + '.ts:1:1)';
    const made: unknown[] = [word, new Error(word + frames), Object.assign(new Error(word), { code: word, name: word })];
    made.push(Object.assign(new Error(word), { stack: word + frames }), Object.assign(new Error(''), { stack: frames }));
    made.push(Object.assign(new Error(word), { code: 'ERR_' + word.toLowerCase(), cause: new Error(word) }));
    try { named[word + ' function'](word); } catch (error) { made.push(error); }
    try { new Function('throw new Error("' + word + '")\\n//# sourceURL=src/' + word + '.ts')(); } catch (error) { made.push(error); }
    try { (0, eval)('function ' + word + '() { null.x; } ' + word + '()'); } catch (error) { made.push(error); }
    try { JSON.parse(word); } catch (error) { made.push(error); }
    for (const error of made) tell(error);
    `);
    const lines = told
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(10);
    expect(told).not.toMatch(/CANARY/iu);
    for (const { position = 'src/script.ts:1' } of lines) expect(position).toMatch(/^src\/script\.ts:\d+$/u);
  });

  it('is dejiren itself, with every file of ours that can fail and none of others', () => {
    const { files }: { files: readonly string[] } = JSON.parse(
      readFileSync(join(ROOT, 'dist', 'positions.json'), 'utf8'),
    );
    expect(files).toEqual(expect.arrayContaining(['src/main.ts', 'src/dispatch/dispatcher.ts', 'src/http/server.ts']));
    expect(files.filter((file) => !/^(?:src|adapters)\/[\w./-]+$/u.test(file))).toEqual([]);
    expect(files.filter((file) => file.startsWith('src/prove/') || file === 'src/log/loud.ts')).toEqual([]);
  });

  it('has a table of its own files alone', () => {
    run(`${LOGGED} tell(new Error('x'));`);
    const { files } = JSON.parse(readFileSync(join(folder, 'dist', 'positions.json'), 'utf8'));
    expect(files).toEqual(['src/script.ts']);
  });
});
