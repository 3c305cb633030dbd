import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteStore } from '../../src/store/sqlite/store';
import { aNotice, quietLog, START, someone } from '../support/consent';
import { runProgram, startProgram } from '../support/program';

describe('the notices, from the command line', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dejiren-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const run = (words: string) => runProgram({ folder, args: words.split(' ') });

  it('are checked without asking anybody where dejiren itself is every source', async () => {
    const { code, output } = await run('notices check');
    expect([code, output.trim()]).toEqual([0, '0 unchanged, 0 changed, 0 not checked, 0 without a quote.']);
    const json = await run('notices check --json');
    expect([json.code, JSON.parse(json.output)]).toEqual([0, []]);
  });

  it('are compared with those that people agreed to, or with one that is told by its number', async () => {
    expect(await run('notices diff')).toEqual({ code: 0, output: 'Nobody has agreed to a notice yet.\n' });
    await (await startProgram({ folder, env: { DEJIREN_NOTICE_CHECK: 'false' } })).end();
    const agreed = aNotice('preview', {}, { region: 'us' });
    const store = createSqliteStore({
      path: join(folder, '.dejiren', 'dejiren.db'),
      secret: readFileSync(join(folder, '.dejiren', 'secret')),
      log: quietLog,
    });
    const entry = { at: START, event: 'granted', vendor: 'preview', purpose: 'use', noticeId: agreed.id } as const;
    const how = { mode: 'opt-in', surface: 'command', language: 'en', validUntil: START } as const;
    await store.ledger.append(someone, [{ ...entry, ...how }], [agreed]);
    store.close();
    for (const words of ['notices diff', `notices diff --since ${agreed.id.slice(0, 12)}`]) {
      const { code, output } = await run(words);
      expect(code).toBe(0);
      expect(output).toContain(`notice ${agreed.id.slice(0, 12)} →`);
      expect(output).toContain('people are asked again');
      expect(output).toContain('    - us\n    + this-machine');
    }
    const strange = await run('notices diff --since 00000000');
    expect([strange.code, strange.output]).toEqual([1, 'No notice that was served begins with 00000000.\n']);
  });

  it('tell what they do not know', async () => {
    const { code, output } = await run('notices');
    expect(code).toBe(2);
    expect(output).toContain('notices check');
  });
});
