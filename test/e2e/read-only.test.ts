import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setBack, withoutTriggers } from '../support/old-database';
import { runProgram, startProgram } from '../support/program';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dejiren-read-only-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const data = (): string => join(folder, '.dejiren');
const path = (): string => join(data(), 'dejiren.db');
const env = { DEJIREN_NOTICE_CHECK: 'false' };
const start = () => startProgram({ folder, env });
const run = (...args: readonly string[]) => runProgram({ folder, env, args });

/** Every file with what is in it, its mode and its time. */
function filesOf(where: string): readonly string[] {
  return readdirSync(where, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => {
      const { mode, mtimeMs } = statSync(file);
      return `${file} ${mode} ${mtimeMs} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`;
    })
    .sort();
}

const COMMANDS = [
  ['doctor'],
  ['ledger', 'verify'],
  ['ledger', 'head'],
  ['ledger', 'head', '--sign'],
  ['ledger', 'report'],
  ['ledger', 'export'],
  ['notices', 'diff'],
].map((args) => [args.join(' '), args] as const);

describe('a command that only looks', () => {
  it.each(COMMANDS)('makes nothing where dejiren was never started: %s', async (_name, args) => {
    const { code, output } = await run(...args);
    expect(readdirSync(folder)).toEqual([]);
    expect(code).toBe(args[0] === 'ledger' ? 1 : 0);
    if (args[0] !== 'notices') expect(output).toContain('first start creates');
    expect(output).not.toContain('did not start');
  });

  it('does not seal what is not there either', async () => {
    expect(await run('ledger', 'seal')).toMatchObject({
      code: 1,
      output: expect.stringContaining('first start creates'),
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each(COMMANDS)('leaves everything as it is where dejiren does not run: %s', async (_name, args) => {
    await (await start()).end();
    const before = filesOf(folder);
    expect((await run(...args)).code).toBe(0);
    expect(filesOf(folder)).toEqual(before);
  });

  it('leaves everything as it is after dejiren was killed, and reads what stands in the log alone', async () => {
    await (await start()).end('SIGKILL');
    const before = filesOf(folder);
    for (const [, args] of COMMANDS) expect((await run(...args)).code).toBe(0);
    // The index of the log is shared memory: whoever reads marks in it where they are.
    const lasting = (file: string): boolean => !file.includes('dejiren.db-shm');
    expect(filesOf(folder).filter(lasting)).toEqual(before.filter(lasting));
  });

  it('reads beside a running dejiren, whose files stay as they are', async () => {
    const program = await start();
    const before = readdirSync(data()).sort();
    for (const [, args] of COMMANDS) expect((await run(...args)).code).toBe(0);
    expect(readdirSync(data()).sort()).toEqual(before);
    await program.end();
  });

  it('brings no database of an earlier version up to date, and says who does', async () => {
    await (await start()).end();
    const database = new DatabaseSync(path());
    withoutTriggers(database, () => setBack(database, 2));
    database.close();
    const before = filesOf(folder);
    expect(await run('ledger', 'verify')).toMatchObject({
      code: 1,
      output: expect.stringContaining('earlier version'),
    });
    expect(await run('doctor')).toMatchObject({ code: 0, output: expect.stringContaining('the next start') });
    expect(filesOf(folder)).toEqual(before);
    await (await start()).end();
    expect(await run('ledger', 'verify')).toMatchObject({ code: 0, output: expect.stringContaining('intact') });
  });

  it('tells a table that is not dejiren’s', async () => {
    await (await start()).end();
    const database = new DatabaseSync(path());
    database.exec('CREATE TABLE more (one TEXT)');
    database.close();
    expect(await run('ledger', 'verify')).toMatchObject({
      code: 1,
      output: expect.stringContaining('tables, indexes, triggers or views of the database are not those'),
    });
    expect(await run('doctor')).toMatchObject({ code: 1, output: expect.stringContaining('schema-changed') });
  });

  it('tells a key that is gone or empty, and makes none', async () => {
    await (await start()).end();
    rmSync(join(data(), 'secret'));
    for (const words of ['missing', 'empty']) {
      expect(await run('ledger', 'verify')).toMatchObject({ code: 1, output: expect.stringContaining(words) });
      expect(await run('doctor')).toMatchObject({ code: 1, output: expect.stringContaining(words) });
      writeFileSync(join(data(), 'secret'), '');
    }
  });

  it('reads a head that was stored with what npm prints before it', async () => {
    await (await start()).end();
    const { output } = await run('ledger', 'head');
    writeFileSync(join(folder, 'head.json'), `\n> dejiren@0.1.0 dejiren\n> node dist/main.js ledger head\n\n${output}`);
    expect(await run('ledger', 'verify', '--head', 'head.json')).toMatchObject({
      code: 0,
      output: expect.stringContaining('in the chain (meets)'),
    });
  });
});

describe('a second process on one data folder', () => {
  it('says in one line that it shares it, as long as the first is there', async () => {
    const first = await start();
    expect(first.output()).not.toContain('Shared');
    const second = await start();
    expect(second.output().match(/^.*Shared.*$/gmu)).toHaveLength(1);
    await first.end('SIGKILL');
    await second.end('SIGKILL');
    const third = await start();
    expect(third.output()).not.toContain('Shared');
    await third.end();
  });
});
