import { copyFileSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sealText } from '../../src/model/text';
import { createSqliteStore } from '../../src/store/sqlite/store';
import { consentBench, quietLog, SECRET, someone } from '../support/consent';
import { aTurn } from '../support/turns';

const origin = { surface: 'command', language: 'en' } as const;
const other = { ...someone, id: 'U-OTHER' };
const limits = { personPerHour: 9, tenantPerHour: 9 };
const UNWRITTEN = { kind: 'refused', reason: 'ledger-unavailable' };

type Bench = ReturnType<typeof consentBench>;

const away = ({ folder }: Bench): string => `${folder}-away`;

function moveAway(bench: Bench): void {
  renameSync(bench.folder, away(bench));
  mkdirSync(bench.folder);
}

const ways: readonly (readonly [string, (bench: Bench) => void])[] = [
  ['the folder is removed', ({ folder }) => rmSync(folder, { recursive: true })],
  ['the folder is moved', moveAway],
  [
    'a copy is put in the place of the file',
    ({ path }) => {
      copyFileSync(path, `${path}.copy`);
      renameSync(`${path}.copy`, path);
    },
  ],
  ['its log is removed', ({ path }) => rmSync(`${path}-wal`)],
];

describe('a database that is no more where it was opened', () => {
  const type = (bench: Bench, words: string, who = someone) => bench.handler.run(who, sealText(words), origin);

  it.each(ways)('takes nothing that would be lost with the process: %s', async (_name, way) => {
    const bench = consentBench();
    await type(bench, 'on one');
    way(bench);
    expect(await type(bench, 'off one')).toMatchObject(UNWRITTEN);
    expect(await type(bench, 'on one', other)).toMatchObject(UNWRITTEN);
    expect((await bench.gate.check(someone, 'one', 'C1')).decision.kind).toBe('deny');
    expect((await bench.gate.check(other, 'one', 'C1')).decision.kind).toBe('deny');
    await expect(bench.store.inputs.admit(aTurn({ id: '1' }), limits, 1)).rejects.toMatchObject({ code: 'moved' });
    expect(await bench.store.ready()).toBe(false);
    bench.remove();
    rmSync(away(bench), { recursive: true, force: true });
  });

  it('goes on where it is put back', async () => {
    const bench = consentBench();
    await type(bench, 'on one');
    moveAway(bench);
    expect(await type(bench, 'off one')).toMatchObject(UNWRITTEN);
    rmSync(bench.folder, { recursive: true });
    renameSync(away(bench), bench.folder);
    expect(await bench.store.ready()).toBe(true);
    expect(await type(bench, 'off one')).toMatchObject({ kind: 'withdrawn', already: false });
    bench.remove();
  });

  it('says so in the log, once', () => {
    const bench = consentBench();
    const said: unknown[] = [];
    const log = { ...quietLog, error: (...line: unknown[]) => void said.push(line) };
    const path = join(bench.folder, 'other.db');
    const store = createSqliteStore({ path, secret: SECRET, log });
    rmSync(path);
    return Promise.allSettled([store.ledger.find(someone), store.ledger.find(other)]).then((both) => {
      expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      expect(said).toEqual([['ledger-unreadable', { code: 'moved' }]]);
      store.close();
      bench.remove();
    });
  });
});
