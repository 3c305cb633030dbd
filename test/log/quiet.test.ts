import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
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
function run(script: string): { code: number | null; printed: string; leftBehind: readonly string[] } {
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
    return { code: status, printed: `${stdout}${stderr}`, leftBehind: readdirSync(folder) };
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
    ['a rejection', 'Promise.reject(new RangeError(word));', 'unhandled-rejection', 'RangeError'],
    [
      'a connection that broke',
      "import { EventEmitter } from 'node:events'; setTimeout(() => new EventEmitter().emit('error', Object.assign(new Error(word), { code: 'ECONNRESET' })));",
      'connection',
      'Error',
    ],
  ])('ends nothing where it is %s: it is told, and the rest goes on', (_name, how, code, errorClass) => {
    const result = met(how);
    expect(result.code).toBe(0);
    expect(result.printed).toContain(`LOG ${JSON.stringify(['uncaught', { code, errorClass }])}`);
    expect(result.printed).toContain('STILL HERE');
    expect(result.printed).not.toContain('CANARY');
  });
});

it('errors keep no functions, and small buffers are cut out of nothing larger', () => {
  const script = `import './quiet';
    const { stackTraceLimit } = Error;
    const alone = [Buffer.from('a constant'), Buffer.from('a question')].every(({ buffer }) => buffer.byteLength === 10);
    process.stdout.write(JSON.stringify([stackTraceLimit, alone, new Error('x').stack.includes(' at ')]));`;
  expect(run(script).printed).toMatch(/^\[0,true,false\]/u);
});

it('no buffer begins with what lay in memory before', () => {
  const script = `import './quiet';
    for (let index = 0; index < 2_000; index += 1) Buffer.alloc(2_048, 'CANARY');
    const made = Array.from({ length: 2_000 }, (_, index) => Buffer[index % 2 ? 'allocUnsafe' : 'allocUnsafeSlow'](2_048));
    process.stdout.write(String(made.every((buffer) => buffer.every((byte) => byte === 0))));`;
  expect(run(script).printed).toMatch(/^true/u);
  expect(run(script.replace("import './quiet';", '')).printed).toMatch(/^false/u);
});
