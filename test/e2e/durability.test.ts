import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { openPage } from '../../src/prove/play/local-page';
import { type Program, runProgram, startProgram } from '../support/program';

const run = promisify(execFile);
const node = (words: string, ...args: readonly string[]) =>
  run(process.execPath, ['-e', `const { DatabaseSync, backup } = require('node:sqlite'); ${words}`, ...args]);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dejiren-durability-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const env = { DEJIREN_NOTICE_FIRST: 'false', DEJIREN_NOTICE_CHECK: 'false' };
const start = (): Promise<Program> => startProgram({ folder, env });
const database = (): string => join(folder, '.dejiren', 'dejiren.db');

/** Types a command on the page, and resolves once it was answered. */
async function decide({ url }: Program, words: string): Promise<void> {
  const page = await openPage(Number(new URL(url).port), 'aiko');
  await fetch(`${url}/local/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: url },
    body: JSON.stringify({
      person: 'aiko',
      language: 'en',
      conversation: 'direct-aiko',
      text: `/dejiren-optin ${words}`,
    }),
  });
  await page.until(() => page.events.some((event) => event.type === 'message' && event.message.author === 'dejiren'));
  page.close();
}

/** How everybody stands, as a program of its own reads it from the file. */
async function standings(): Promise<string> {
  const { stdout } = await node(
    `const database = new DatabaseSync(process.argv[1]);
     process.stdout.write(database.prepare('SELECT event FROM standings').all().map(({ event }) => event).join());
     database.close();`,
    database(),
  );
  return stdout;
}

const besides: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['nothing', async () => {}],
  ['a program that reads, and closes the file', standings],
  [
    'a backup',
    () =>
      node(
        `const database = new DatabaseSync(process.argv[1]);
         backup(database, process.argv[1] + '-copy').then(() => database.close());`,
        database(),
      ),
  ],
  [
    'a program that asks for a checkpoint of the log',
    () =>
      node(
        `const database = new DatabaseSync(process.argv[1]);
         database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
         database.close();`,
        database(),
      ),
  ],
  ['dejiren’s own look at the ledger', () => runProgram({ folder, args: ['ledger', 'verify'] })],
  ['the doctor', () => runProgram({ folder, args: ['doctor'] })],
  ['a second dejiren that starts and ends', async () => (await start()).end()],
  ['a second dejiren that is killed', async () => (await start()).end('SIGKILL')],
];

/** Other releases of SQLite close a file in other ways than Node's. */
const shell = (words: string): Promise<unknown> => run('sqlite3', [database(), words]);
const ofTheShell: typeof besides = [
  ['the sqlite3 shell that reads', () => shell('SELECT count(*) FROM ledger')],
  ['the sqlite3 shell that makes a backup', () => shell(`.backup ${database()}-copy`)],
];
const shellIsHere = spawnSync('sqlite3', ['--version']).status === 0;

describe('what somebody was told is written down', () => {
  it.each([...besides, ...(shellIsHere ? ofTheShell : [])])(
    'holds beside other programs, and outlives a kill right after: %s',
    async (_name, beside) => {
      const program = await start();
      await decide(program, 'on');
      await beside();
      expect(await standings()).toBe('granted');
      await beside();
      await decide(program, 'off');
      expect(await standings()).toBe('withdrawn');
      await beside();
      await program.end('SIGKILL');
      expect(await standings()).toBe('withdrawn');
      await (await start()).end();
      expect(await runProgram({ folder, args: ['ledger', 'verify'] })).toMatchObject({ code: 0 });
    },
  );

  it('outlives a kill after each of many decisions', async () => {
    for (const [words, stands] of [
      ['on', 'granted'],
      ['off', 'withdrawn'],
      ['on', 'granted'],
      ['erase confirm', ''],
      ['on', 'granted'],
    ] as const) {
      const program = await start();
      await decide(program, words);
      await program.end('SIGKILL');
      expect(await standings()).toBe(stands);
    }
    expect(await runProgram({ folder, args: ['ledger', 'verify'] })).toMatchObject({
      code: 0,
      output: expect.stringContaining('5 rows'),
    });
  });
});

describe('a start that cannot write', () => {
  /** No file may grow, as on a disk that is full; Node ignores the signal of it. */
  const startInNoRoom = () =>
    run('/bin/sh', ['-c', `ulimit -f 0; exec "$0" "$1"`, process.execPath, join(process.cwd(), 'dist', 'main.js')], {
      cwd: folder,
      env: { PATH: process.env.PATH, PORT: '0', ...env },
    });

  it('is refused with advice, and the next one with room starts', async () => {
    await expect(startInNoRoom()).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining('DEJIREN_DATA_DIR'),
    });
    const program = await start();
    expect(readFileSync(join(folder, '.dejiren', 'secret'), 'utf8').length).toBeGreaterThanOrEqual(32);
    await program.end();
  });

  it('leaves a key that is there as it is', async () => {
    await (await start()).end();
    const key = readFileSync(join(folder, '.dejiren', 'secret'), 'utf8');
    rmSync(database());
    await expect(startInNoRoom()).rejects.toMatchObject({ code: 1 });
    expect(readFileSync(join(folder, '.dejiren', 'secret'), 'utf8')).toBe(key);
    await (await start()).end();
    expect(new DatabaseSync(database(), { readOnly: true }).prepare('SELECT count(*) AS n FROM ledger').get()?.n).toBe(
      0,
    );
    expect(statSync(database()).mode & 0o777).toBe(0o600);
  });
});
