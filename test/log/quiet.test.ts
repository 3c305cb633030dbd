import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

const HOSTILE = { DEBUG: '*', NODE_DEBUG: '*', OPENAI_LOG: 'debug', NODE_DEBUG_NATIVE: '', FORCE_COLOR: '1' };

/**
 * A request and an answer over real sockets, with a canary in every part. It is put together at run time: Node's own
 * debugging prints the script while it is loaded.
 */
const TRAFFIC = `
  const canary = ['CAN', 'ARY'].join('');
  const http = require('node:http');
  const server = http.createServer((request, response) => {
    request.resume().on('end', () => response.setHeader('x-answer', canary + '-header-in').end(canary + '-body-in'));
  });
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    const request = http.request({ port, host: '127.0.0.1', method: 'POST', path: '/' + canary + '-path', agent: false,
      headers: { authorization: 'Bearer ' + canary + '-token' } }, (response) => {
      response.resume().on('end', () => { server.close(); next(); });
    });
    request.end(canary + '-body-out');
  });
`;

/** Bundles a script as the program is bundled, and runs it in a folder of its own. */
function run(script: string) {
  const folder = mkdtempSync(join(tmpdir(), 'dejiren-quiet-'));
  try {
    buildSync({
      stdin: { contents: script, resolveDir: resolve(__dirname, '../../src/log') },
      bundle: true,
      platform: 'node',
      outfile: join(folder, 'script.js'),
    });
    const { status, stdout, stderr } = spawnSync(process.execPath, ['script.js'], {
      cwd: folder,
      env: { PATH: process.env.PATH, ...HOSTILE, NODE_OPTIONS: '--report-uncaught-exception' },
      encoding: 'utf8',
    });
    return { code: status, stdout, stderr, printed: `${stdout}${stderr}`, leftBehind: readdirSync(folder) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('a hostile environment', () => {
  it('makes Node print headers by itself: the reason for what follows', () => {
    expect(run(`const next = () => {};${TRAFFIC}`).printed).toContain('CANARY-token');
  });

  it('prints nothing of what goes over the wire once dejiren runs', () => {
    const { code, printed } = run(`import './quiet'; const next = () => process.stdout.write('went on');${TRAFFIC}`);
    expect(code).toBe(0);
    expect(printed).toContain('went on');
    expect(printed).not.toMatch(/CANARY|\b(?:HTTP|NET|STREAM) \d+:/u);
  });

  it('leaves libraries nothing to print with, and lets them go on', () => {
    const { code, printed } = run(`
      import './quiet';
      const word = ['CAN', 'ARY'].join('');
      for (const print of ['log', 'error', 'warn', 'info', 'debug', 'trace', 'dir', 'table']) console[print](word);
      process.stderr.write(word);
      process._rawDebug(word);
      process.emitWarning(word);
      require('node:util').debuglog('mine')(word);
      process.stderr.write(word, 'utf8', () => process.stdout.write('went on ' + (process.env.DEBUG ?? 'unset')));
    `);
    expect(code).toBe(0);
    expect(printed).toContain('went on unset');
    expect(printed).not.toContain('CANARY');
  });
});

it('leaves the debugger shut where a program on the machine asks for it', () => {
  const { code, printed } = run(`
    import './quiet';
    process.kill(process.pid, 'SIGUSR1');
    setTimeout(() => process.stdout.write('debugger ' + require('node:inspector').url()), 500);
  `);
  expect(code).toBe(0);
  expect(printed).toContain('debugger undefined');
  expect(printed).not.toContain('ws://');
});

describe('what nobody caught', () => {
  const met = (how: string) =>
    run(`
      import './quiet';
      import { installCrashGuard } from './crash';
      const word = ['CAN', 'ARY'].join('');
      installCrashGuard({ error: (event, fields) => process.stdout.write('LOG ' + JSON.stringify([event, fields])) });
      ${how}
      setTimeout(() => process.stdout.write('STILL HERE'), 50);
    `);

  it.each([
    ['an exception', 'setTimeout(() => { throw new TypeError(word); });', 'TypeError'],
    ['something thrown that is no error', 'setTimeout(() => { throw word; });', 'string'],
    [
      'an error that only calls itself one of a connection',
      "setTimeout(() => { throw { code: 'ECONNRESET', word }; });",
      'object',
    ],
  ])(
    'ends the process where it is %s, with its class, without a word and without a report',
    (_name, crash, errorClass) => {
      const result = met(crash);
      expect(result.code).toBe(1);
      expect(result.printed).toContain(
        `LOG ${JSON.stringify(['crashed', { code: 'uncaught-exception', errorClass }])}`,
      );
      expect(result.printed).not.toMatch(/CANARY|STILL HERE/u);
      expect(result.leftBehind).toEqual(['script.js']);
    },
  );

  it.each([
    ['a rejection', 'Promise.reject(new RangeError(word));', 'unhandled-rejection', { errorClass: 'RangeError' }],
    [
      'a connection that broke',
      "import { EventEmitter } from 'node:events'; setTimeout(() => new EventEmitter().emit('error', Object.assign(new Error(word), { code: 'ECONNRESET' })));",
      'connection',
      { errorClass: 'Error', errorCode: 'ECONNRESET' },
    ],
  ])('ends nothing where it is %s: it is told, and the rest goes on', (_name, how, code, fields) => {
    const result = met(how);
    expect(result.code).toBe(0);
    expect(result.printed).toContain(`LOG ${JSON.stringify(['uncaught', { code, ...fields }])}`);
    expect(result.printed).toContain('STILL HERE');
    expect(result.printed).not.toContain('CANARY');
  });
});

it('cuts small buffers out of nothing larger', () => {
  const script = `import './quiet';
    const alone = [Buffer.from('a constant'), Buffer.from('a question')].every(({ buffer }) => buffer.byteLength === 10);
    process.stdout.write(String(alone));`;
  expect(run(script).printed).toMatch(/^true/u);
  expect(run(script.replace("import './quiet';", '')).printed).toMatch(/^false/u);
});

describe('an error', () => {
  /** Whether an error told of a function that only waited for it, and of one that it came through. */
  const frames = (script: string): unknown => {
    const { stdout } = run(`${script}
      import { readFile } from 'node:fs/promises';
      const waiting = async () => { await readFile('/nowhere/at/all'); };
      waiting().catch(({ stack }) =>
        process.stdout.write(JSON.stringify([stack.includes(' at '), new Error('x').stack.includes(' at ')])));`);
    return JSON.parse(/^\[.*?\]/u.exec(stdout)?.[0] ?? 'null');
  };

  it('keeps nothing from when something can come in', () => {
    expect(frames("import './quiet'; import { dropFrames } from './stacks'; dropFrames();")).toEqual([false, false]);
  });

  it('keeps what it came through, and none of the functions that only waited, once all is loaded', () => {
    const script = "import './quiet'; import { dropFrames, keepFrames } from './stacks'; dropFrames(); keepFrames();";
    expect(frames(script)).toEqual([false, true]);
  });

  it('keeps everything in development', () => {
    const script = "import { dropFrames, keepFrames } from './stacks'; dropFrames(); keepFrames();";
    expect(frames(script)).toEqual([true, true]);
  });
});

describe('development mode', () => {
  const loud = (script: string) => run(`import './loud'; const word = ['CAN', 'ARY'].join('');${script}`);

  it('says in one line that it is unfit for people’s words, before anything else', () => {
    const { stderr } = loud('process.stdout.write(word);');
    expect(stderr.split('\n').filter((line) => line.startsWith('Development mode:'))).toEqual([
      expect.stringContaining('Not for real people’s words'),
    ]);
  });

  it('leaves the console, warnings and Node’s own debugging to be seen', () => {
    const { printed } = loud(`console.log('1' + word); console.error('2' + word); process.emitWarning('3' + word);`);
    for (const number of [1, 2, 3]) expect(printed).toContain(`${number}CANARY`);
    expect(printed).toMatch(/MODULE \S*\d+/u);
  });

  it('shows every error that is logged, with its words and its stack; the log itself holds none', () => {
    const { stdout, stderr } = loud(`
      import { errorFields } from './error-fields';
      import { createLog } from './pino-log';
      function broken() { throw new TypeError(word); }
      try { broken(); } catch (error) { createLog({ level: 'info' }).error('turn-broke', errorFields(error)); }`);
    expect(stderr).toMatch(/TypeError: CANARY\n +at broken/u);
    expect(JSON.parse(stdout)).toMatchObject({ event: 'turn-broke', errorClass: 'TypeError' });
    expect(stdout).not.toContain('CANARY');
  });

  it('is no part of what is built', () => {
    expect(readFileSync(resolve(__dirname, '../../dist/dejiren.js'), 'utf8')).not.toContain('Development mode');
  });
});

it('no buffer begins with what lay in memory before', () => {
  const script = `import './quiet';
    for (let index = 0; index < 2_000; index += 1) Buffer.alloc(2_048, 'CANARY');
    const made = Array.from({ length: 2_000 }, (_, index) => Buffer[index % 2 ? 'allocUnsafe' : 'allocUnsafeSlow'](2_048));
    process.stdout.write(String(made.every((buffer) => buffer.every((byte) => byte === 0))));`;
  expect(run(script).printed).toMatch(/^true/u);
  expect(run(script.replace("import './quiet';", '')).printed).toMatch(/^false/u);
});
