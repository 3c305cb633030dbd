import { DatabaseSync } from 'node:sqlite';
import { sealText } from '../../src/model/text';
import { createSqliteAccess } from '../../src/store/sqlite/access';
import { createSqliteStore, openSqliteStore } from '../../src/store/sqlite/store';
import { collect } from '../support/collect';
import { consentBench, quietLog, SECRET, someone } from '../support/consent';
import { aTurn } from '../support/turns';

const origin = { surface: 'command', language: 'en' } as const;
const other = { ...someone, id: 'U-OTHER' };
const limits = { personPerHour: 9, tenantPerHour: 9 };

/** A ledger that another process keeps from being written. */
async function locked() {
  const bench = consentBench();
  const type = (words: string, who = someone) => bench.handler.run(who, sealText(words), origin);
  await type('on all');
  await type('on all', other);
  const holder = new DatabaseSync(bench.path);
  holder.exec('BEGIN IMMEDIATE');
  return { ...bench, type, let: () => holder.exec('COMMIT'), holder };
}

const rounds = async (count: number): Promise<void> => {
  for (let round = 0; round < count; round += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('a file that another process is writing', () => {
  it('keeps nobody else waiting: what can be read is read, and other work goes on', async () => {
    const ledger = await locked();
    const written = ledger.type('off one');
    await rounds(20);
    expect((await ledger.gate.check(other, 'one', 'C1')).decision.kind).toBe('allow');
    ledger.let();
    expect(await written).toMatchObject({ kind: 'withdrawn', already: false });
    ledger.holder.close();
    ledger.remove();
  });

  it('has what somebody is having written come before what is read of them', async () => {
    const ledger = await locked();
    const written = ledger.type('off one');
    await rounds(5);
    let asked: string | undefined;
    const asking = ledger.gate.check(someone, 'one', 'C1').then(({ decision }) => {
      asked = decision.kind;
    });
    await rounds(20);
    expect(asked).toBeUndefined();
    ledger.let();
    await Promise.all([written, asking]);
    expect(asked).toBe('deny');
    ledger.holder.close();
    ledger.remove();
  });

  it('is written in the order in which it was asked for', async () => {
    const ledger = await locked();
    const all = [
      ledger.type('off one'),
      ledger.type('off two', other),
      ledger.type('off two'),
      ledger.type('off one', other),
    ];
    await rounds(5);
    ledger.let();
    await Promise.all(all);
    const rows = (await collect(ledger.store.audit.rows(99)))
      .slice(-4)
      .map(({ event, vendor }) => `${event} ${vendor}`);
    expect(rows).toEqual(['withdrawn one', 'withdrawn two', 'withdrawn two', 'withdrawn one']);
    expect(await ledger.store.ledger.verify()).toMatchObject({ intact: true, head: { seq: 8 } });
    ledger.holder.close();
    ledger.remove();
  });

  it('has answers end when a withdrawal is asked for, and again when it is acknowledged', async () => {
    const ledger = await locked();
    ledger.events.length = 0;
    const written = ledger.type('off one');
    await rounds(10);
    const before = ledger.events.length;
    expect(before).toBeGreaterThan(0);
    ledger.let();
    await written;
    expect(ledger.events.length).toBeGreaterThanOrEqual(before + 2);
    ledger.holder.close();
    ledger.remove();
  });

  it('takes a question once it is free, and once only', async () => {
    const ledger = await locked();
    const admit = () => ledger.store.inputs.admit(aTurn({ id: '1' }), limits, 1);
    const both = Promise.all([admit(), admit()]);
    await rounds(10);
    ledger.let();
    expect(await both).toEqual(['admitted', 'duplicate']);
    ledger.holder.close();
    ledger.remove();
  });

  it('fails what waits when dejiren ends', async () => {
    const ledger = await locked();
    const written = ledger.type('off one');
    const taken = ledger.store.inputs.admit(aTurn({ id: '1' }), limits, 1);
    const refused = expect(taken).rejects.toMatchObject({ name: 'StoreError' });
    await rounds(5);
    ledger.close();
    expect(await written).toEqual({ kind: 'refused', reason: 'ledger-unavailable' });
    await refused;
    ledger.holder.close();
  });

  it('is waited for at the start as well', async () => {
    const ledger = await locked();
    ledger.close();
    ledger.holder.exec('ROLLBACK; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    const options = { path: ledger.path, secret: SECRET, log: quietLog };
    expect(() => createSqliteStore(options)).toThrow(expect.objectContaining({ code: 'locked' }));
    const opening = openSqliteStore(options);
    await rounds(5);
    ledger.holder.close();
    const store = await opening;
    expect((await store.ledger.find(someone))?.standing('one', 'use')?.event).toBe('granted');
    store.close();
  });

  it('is given up after some attempts, and what came later is tried all the same', async () => {
    const database = new DatabaseSync(':memory:');
    const access = createSqliteAccess(database, new AbortController().signal, { pauses: [1, 1] });
    let free = false;
    let attempts = 0;
    const lockedNow = (): string => {
      attempts += 1;
      if (free) return 'written';
      throw Object.assign(new Error(), { errcode: 5 });
    };
    const first = access.write(lockedNow);
    const second = access.write(() => 'later');
    await expect(first).rejects.toMatchObject({ errcode: 5 });
    expect(attempts).toBe(4);
    expect(await second).toBe('later');
    free = true;
    expect(await access.write(lockedNow)).toBe('written');
    expect(access.waiting).toBe(0);
  });
});
