import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sealText } from '../../src/model/text';
import { lookupOf, turnPersonOf } from '../../src/store/keys';
import { createSqliteStore } from '../../src/store/sqlite/store';
import { StoreError } from '../../src/store/store-error';
import { consentBench, quietLog, someone } from '../support/consent';
import { withoutTriggers } from '../support/old-database';
import { aTurn } from '../support/turns';

const secret = Buffer.alloc(32, 3);
const origin = { surface: 'command', language: 'en' } as const;
const folderOf = (): string => mkdtempSync(join(tmpdir(), 'dejiren-'));

describe('a ledger file that somebody else wrote to', () => {
  const tamper: readonly (readonly [string, string])[] = [
    ['a row edited', "UPDATE ledger SET event = 'withdrawn' WHERE seq = 2"],
    ['a row edited with its own hash', "UPDATE ledger SET language = 'ja', hash = 'f00' WHERE seq = 2"],
    ['a row removed', 'DELETE FROM ledger WHERE seq = 2'],
    [
      'rows swapped',
      'UPDATE ledger SET seq = -1 WHERE seq = 2; UPDATE ledger SET seq = 2 WHERE seq = 3; UPDATE ledger SET seq = 3 WHERE seq = -1',
    ],
    ['the newest rows cut off', 'DELETE FROM ledger WHERE seq > 2'],
    ['the head edited', "UPDATE ledger_head SET hash = 'f00'"],
    [
      'a row added',
      'INSERT INTO ledger SELECT seq + 10, at, subject, platform, tenant, event, vendor, purpose, notice_id, mode, surface, language, actor, valid_until, previous, hash FROM ledger WHERE seq = 1',
    ],
    ['a value of another kind', "UPDATE ledger SET mode = 'opt-out', surface = 'nowhere' WHERE seq = 1"],
  ];

  async function written(
    commands: readonly string[] = ['on one', 'on two', 'off one', 'on one'],
  ): Promise<ReturnType<typeof consentBench>> {
    const bench = consentBench();
    for (const words of commands) await bench.handler.run(someone, sealText(words), origin);
    bench.close();
    return bench;
  }

  function edit(path: string, sql: string): void {
    const database = new DatabaseSync(path);
    withoutTriggers(database, () => database.exec(sql));
    database.close();
  }

  it.each(tamper)('is found out, and then nothing is allowed any more: %s', async (_name, sql) => {
    const { path, folder } = await written();
    edit(path, sql);
    const again = consentBench({ folder });
    expect(await again.store.ledger.verify()).toMatchObject({ intact: false });
    expect((await again.gate.check(someone, 'two', 'C1')).decision).toEqual({
      kind: 'deny',
      reason: 'ledger-unavailable',
    });
    expect(await again.handler.run(someone, sealText('on'), origin)).toEqual({
      kind: 'refused',
      reason: 'ledger-unavailable',
    });
    again.remove();
  });

  it.each(tamper)('is found out at the start already where it is among the newest rows: %s', async (_name, sql) => {
    const { path, folder } = await written();
    edit(path, sql);
    const again = consentBench({ folder });
    expect((await again.gate.check(someone, 'two', 'C1')).decision.kind).toBe('deny');
    again.remove();
  });

  const beside: readonly (readonly [string, string, string])[] = [
    ['a grant lengthened', 'UPDATE standings SET valid_until = 9007199254740000', 'state-differs'],
    ['a withdrawal undone', "UPDATE standings SET event = 'granted' WHERE vendor = 'two'", 'state-differs'],
    ['a withdrawal removed', "DELETE FROM standings WHERE vendor = 'two'", 'state-differs'],
    [
      'an agreement made up',
      "INSERT INTO standings SELECT subject, vendor, 'training', 'granted', notice_id, at, 9007199254740000 FROM standings WHERE vendor = 'one'",
      'state-differs',
    ],
    ['a standing that is none', "UPDATE standings SET event = 'anything'", 'state-differs'],
    ['a change made to look as one of wording', "UPDATE notices SET material_id = 'f00'", 'notice-changed'],
    [
      'another text put under what was agreed to',
      "UPDATE notices SET body = replace(body, 'Not used', 'Used')",
      'notice-changed',
    ],
    ['a notice that is no notice', "UPDATE notices SET body = '{}'", 'notice-changed'],
  ];

  function alter(path: string, sql: string): void {
    const database = new DatabaseSync(path);
    database.exec(sql);
    database.close();
  }

  it.each(beside)('is found out where only what stands beside the rows was changed: %s', async (_name, sql, code) => {
    const { path, folder } = await written(['on all', 'off two']);
    alter(path, sql);
    const again = consentBench({ folder });
    expect(await again.store.ledger.verify()).toMatchObject({ intact: false, code });
    expect((await again.gate.check(someone, 'one', 'C1')).decision.kind).toBe('deny');
    again.remove();
  });

  it.each(beside)('is found out at the start already, before anybody is answered: %s', async (_name, sql) => {
    const { path, folder } = await written(['on all', 'off two']);
    alter(path, sql);
    const again = consentBench({ folder });
    expect((await again.gate.check(someone, 'one', 'C1')).decision.kind).toBe('deny');
    again.remove();
  });

  it('is found out at the start in a long ledger too, as far as the newest rows tell', async () => {
    const { path, folder } = await written(['on one', 'off one']);
    const bench = consentBench({ folder });
    for (let turn = 0; turn < 110; turn += 1)
      for (const words of ['on one', 'off one']) await bench.handler.run(someone, sealText(words), origin);
    expect(await bench.store.ledger.verify()).toMatchObject({ intact: true, head: { seq: 222 } });
    bench.close();
    const whole = consentBench({ folder });
    expect((await whole.gate.check(someone, 'one', 'C1')).decision).toEqual({ kind: 'deny', reason: 'withdrawn' });
    whole.close();
    alter(path, "UPDATE standings SET event = 'granted', valid_until = 9007199254740000");
    const again = consentBench({ folder });
    expect((await again.gate.check(someone, 'one', 'C1')).decision.kind).toBe('deny');
    expect(await again.store.ledger.find(someone).catch((error: unknown) => String(error))).toContain('broken');
    again.remove();
  });

  it('is found out beside people who go on deciding', async () => {
    const { path, folder } = await written(['on all', 'off two']);
    const again = consentBench({ folder });
    expect(await again.store.ledger.verify()).toMatchObject({ intact: true });
    alter(path, "UPDATE standings SET event = 'granted' WHERE vendor = 'two'");
    const checking = again.store.ledger.verify();
    await again.handler.run({ ...someone, id: 'U2' }, sealText('on'), origin);
    expect(await checking).toMatchObject({ intact: false, code: 'state-differs' });
    again.remove();
  });

  it('is not taken for broken where people go on deciding while it is looked at', async () => {
    const bench = await crowd(250);
    const checking = bench.store.ledger.verify();
    let over = false;
    const settled = checking.finally(() => {
      over = true;
    });
    for (let index = 0; !over; index += 1) {
      const who = { ...someone, id: `U${index % 300}` };
      await bench.handler.run(who, sealText(['off', 'on two', 'erase confirm'][index % 3] ?? ''), origin);
      await new Promise(setImmediate);
    }
    expect(await settled).toMatchObject({ intact: true });
    expect(await bench.store.ledger.verify()).toMatchObject({ intact: true });
    bench.remove();
  });

  it('is looked at a few people at a time, so that others get their turn', async () => {
    const bench = await crowd(450);
    let rounds = 0;
    let over = false;
    const count = (): void => {
      rounds += 1;
      if (!over) setImmediate(count);
    };
    setImmediate(count);
    expect(await bench.store.ledger.verify()).toMatchObject({ intact: true, head: { seq: 450 } });
    over = true;
    expect(rounds).toBeGreaterThanOrEqual(5);
    bench.remove();
  });

  it('is found out where somebody without a row was given a standing', async () => {
    const { path, folder } = await written(['on one']);
    alter(
      path,
      "INSERT INTO standings SELECT 'zz-nobody', vendor, purpose, event, notice_id, at, valid_until FROM standings",
    );
    const again = consentBench({ folder });
    expect(await again.store.ledger.verify()).toMatchObject({ intact: false, code: 'state-differs' });
    again.remove();
  });

  async function crowd(people: number): Promise<ReturnType<typeof consentBench>> {
    const bench = consentBench();
    for (let index = 0; index < people; index += 1)
      await bench.handler.run({ ...someone, id: `U${index}` }, sealText('on one'), origin);
    return bench;
  }

  it('tells a table that is gone from a broken chain, and by nothing of what it holds', async () => {
    const { path, folder } = await written();
    const database = new DatabaseSync(path);
    const again = consentBench({ folder });
    database.exec('DROP TABLE notices');
    expect(await again.store.ledger.verify()).toMatchObject({ intact: false, code: 'schema-changed' });
    await expect(again.store.ledger.find(someone)).rejects.toMatchObject({ name: 'LedgerError' });
    database.close();
    again.remove();
  });

  it('is looked at all through, in slices that end when they are told to', async () => {
    const { folder } = await written();
    const again = consentBench({ folder });
    await expect(again.store.ledger.verify(AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
    expect((await again.gate.check(someone, 'two', 'C1')).decision.kind).toBe('allow');
    again.remove();
  });

  it('refuses to change or remove a row through the schema', async () => {
    const { path, folder } = await written();
    const database = new DatabaseSync(path);
    expect(() => database.exec("UPDATE ledger SET event = 'withdrawn'")).toThrow(/append-only/u);
    expect(() => database.exec('DELETE FROM ledger')).toThrow(/append-only/u);
    database.close();
    rmSync(folder, { recursive: true });
  });
});

describe('what is remembered of turns', () => {
  it('is gone after a day, however few questions are asked', async () => {
    const bench = consentBench();
    const day = 86_400_000;
    const limits = { personPerHour: 9, tenantPerHour: 9 };
    const admit = (id: string, at: number) => bench.store.inputs.admit(aTurn({ id }), limits, at);
    const kept = (): unknown[] => {
      const database = new DatabaseSync(bench.path);
      const counts = ['inputs', 'turn_counts'].map(
        (table) => database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n,
      );
      database.close();
      return counts;
    };
    await admit('1', day);
    await admit('2', day + 1);
    expect(kept()).toEqual([2, 2]);
    await admit('3', 2 * day + 2);
    expect(kept()).toEqual([1, 2]);
    bench.remove();
  });
});

describe('the bytes of the store', () => {
  it('hold no id of a person or a channel', async () => {
    const bench = consentBench();
    await bench.handler.run(someone, sealText('on'), origin);
    await bench.store.inputs.admit(
      aTurn({ id: 'TURN-ID-9', person: 'U-TURN-PERSON', conversation: 'C-CHANNEL-ID' }),
      { personPerHour: 9, tenantPerHour: 9 },
      1,
    );
    const bytes = Buffer.concat(['', '-wal'].map((end) => readFileSync(bench.path + end))).toString('latin1');
    for (const id of [someone.id, 'U-TURN-PERSON', 'C-CHANNEL-ID', 'TURN-ID-9']) expect(bytes).not.toContain(id);
    bench.remove();
  });

  it('hold no time of a message, which is its id in Slack', async () => {
    const bench = consentBench();
    const at = 1795850588.000123;
    const input = { id: 'message:C1:1795850588.000123', told: { clock: 'message', at, live: false } };
    await bench.handler.run(someone, sealText('on'), { ...origin, input });
    await bench.handler.run({ ...someone, id: 'U2' }, sealText('erase confirm'), { ...origin, input });
    const bytes = Buffer.concat(['', '-wal'].map((end) => readFileSync(bench.path + end)));
    const number = Buffer.alloc(8);
    for (const told of [at, Math.trunc(at * 1_000) / 1_000, Math.trunc(at)]) {
      number.writeDoubleBE(told);
      expect(bytes.includes(number)).toBe(false);
    }
    expect(bytes.includes('1795850588')).toBe(false);
    bench.remove();
  });

  it('hold nothing that leads to a person any more, once they are erased', async () => {
    const bench = consentBench();
    await bench.handler.run(someone, sealText('on'), origin);
    const database = new DatabaseSync(bench.path);
    const row = database.prepare('SELECT lookup, key FROM subjects').get();
    database.close();
    const everything = (): Buffer => Buffer.concat(['', '-wal'].map((end) => readFileSync(bench.path + end)));
    const traces = [row?.lookup, row?.key].map((value) => Buffer.from(value as Uint8Array));
    expect(traces.map((trace) => everything().includes(trace))).toEqual([true, true]);
    await bench.handler.run(someone, sealText('erase confirm'), origin);
    expect(traces.map((trace) => everything().includes(trace))).toEqual([false, false]);
    bench.remove();
  });

  it('hold nothing that the installation’s secret leads to either, whatever they were asked for before', async () => {
    const bench = consentBench();
    const type = (words: string) => bench.handler.run(someone, sealText(words), origin);
    for (const words of ['on all', 'vendor two', 'receipt', 'receipt two', 'export', 'off two']) await type(words);
    const turn = aTurn({ id: 'TURN-9', person: someone.id, tenant: someone.tenant });
    await bench.store.inputs.admit(turn, { personPerHour: 9, tenantPerHour: 9 }, Date.now());
    const subject = await bench.store.ledger.find(someone);
    const database = new DatabaseSync(bench.path);
    const row = database.prepare('SELECT lookup, key FROM subjects').get();
    database.close();
    const derived = [row?.key as Uint8Array, lookupOf(secret, someone), turnPersonOf(secret, someone)].map(Buffer.from);
    const traces = [
      ...[someone.id, subject?.pseudonyms.asker ?? '', subject?.pseudonyms.safetyId ?? ''].map((one) =>
        Buffer.from(one),
      ),
      ...derived.flatMap((one) => [
        one,
        ...(['hex', 'base64', 'base64url'] as const).map((form) => Buffer.from(one.toString(form))),
      ]),
    ];
    expect(row?.lookup).toEqual(new Uint8Array(lookupOf(secret, someone)));
    const found = (): number => {
      const bytes = Buffer.concat(['', '-wal', '-shm'].map((end) => readFileSync(bench.path + end)));
      return traces.filter((trace) => bytes.includes(trace)).length;
    };
    expect(found()).toBe(derived.length);
    await type('erase confirm');
    expect(found()).toBe(0);
    expect(await bench.store.ledger.verify()).toMatchObject({ intact: true });
    bench.remove();
  });

  it('are cleaned with the next write where somebody else was reading the file while a person was erased', async () => {
    const bench = consentBench();
    await bench.handler.run(someone, sealText('on'), origin);
    const reader = new DatabaseSync(bench.path);
    const key = Buffer.from(reader.prepare('SELECT key FROM subjects').get()?.key as Uint8Array);
    const left = (): boolean => ['', '-wal'].some((end) => readFileSync(bench.path + end).includes(key));
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM subjects').get();
    expect(await bench.handler.run(someone, sealText('erase confirm'), origin)).toEqual({ kind: 'erased' });
    expect(left()).toBe(true);
    reader.close();
    await bench.handler.run({ ...someone, id: 'U2' }, sealText('on'), origin);
    expect(left()).toBe(false);
    bench.remove();
  });

  it('are cleaned at the start where dejiren died before it could, right after somebody was erased', async () => {
    const bench = consentBench();
    await bench.handler.run(someone, sealText('on'), origin);
    const reader = new DatabaseSync(bench.path);
    const key = Buffer.from(reader.prepare('SELECT key FROM subjects').get()?.key as Uint8Array);
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM subjects').get();
    await bench.handler.run(someone, sealText('erase confirm'), origin);
    const folder = folderOf();
    const left = (): boolean =>
      ['', '-wal'].some((end) => readFileSync(join(folder, `dejiren.db${end}`)).includes(key));
    for (const end of ['', '-wal']) copyFileSync(bench.path + end, join(folder, `dejiren.db${end}`));
    expect(left()).toBe(true);
    const again = consentBench({ folder });
    expect(left()).toBe(false);
    expect(await again.store.ledger.verify()).toMatchObject({ intact: true, head: { seq: 2 } });
    again.remove();
    reader.close();
    bench.remove();
  });

  it('are for the owner of the process alone', () => {
    const folder = join(folderOf(), 'data');
    const store = createSqliteStore({ path: join(folder, 'dejiren.db'), secret, log: quietLog });
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const end of ['', '-wal']) expect(statSync(join(folder, `dejiren.db${end}`)).mode & 0o077).toBe(0);
    store.close();
  });
});

describe('the lock on the file', () => {
  /** From sqlite.org/src/file/src/os.h: SHARED_FIRST, which a connection holds while it is open. */
  const SHARED_FIRST = 0x4000_0002;
  const onLinux = existsSync('/proc/locks') ? it : it.skip;

  onLinux('is held by whoever has it open, so that no other program takes the log away as the last one', () => {
    const bench = consentBench();
    const { ino } = statSync(bench.path);
    const again = consentBench({ folder: bench.folder });
    const lines = readFileSync('/proc/locks', 'utf8').split('\n');
    const held = lines.filter((line) => line.includes(` ${process.pid} `) && line.includes(`:${ino} ${SHARED_FIRST} `));
    expect(held).toHaveLength(1);
    again.close();
    bench.remove();
  });
});

describe('a file that cannot be used', () => {
  const open = (path: string) => () => createSqliteStore({ path, secret, log: quietLog });
  const codeOf = (work: () => unknown): unknown => {
    try {
      work();
      return undefined;
    } catch (error) {
      return error instanceof StoreError ? error.code : error;
    }
  };

  it('is told by a code and advice, and by nothing of what it holds', () => {
    const path = join(folderOf(), 'dejiren.db');
    writeFileSync(path, 'CANARY: this is no database, and long enough to be read as the head of one. '.repeat(20));
    expect(codeOf(open(path))).toBe('not-a-database');
  });

  it('is refused when a newer dejiren wrote it', () => {
    const path = join(folderOf(), 'dejiren.db');
    const database = new DatabaseSync(path);
    database.exec('PRAGMA user_version = 999');
    database.close();
    expect(codeOf(open(path))).toBe('newer-schema');
  });

  it('is refused when it is another program’s database', () => {
    const path = join(folderOf(), 'dejiren.db');
    const database = new DatabaseSync(path);
    database.exec('CREATE TABLE other (one TEXT); PRAGMA user_version = 1');
    database.close();
    expect(codeOf(open(path))).toBe('not-a-database');
  });

  it('is refused when its pages are damaged', async () => {
    const bench = consentBench();
    for (let index = 0; index < 50; index += 1)
      await bench.handler.run({ ...someone, id: `U${index}` }, sealText('on'), origin);
    bench.close();
    const bytes = readFileSync(bench.path);
    for (let page = 4_096; page < bytes.length; page += 4_096) bytes.fill('CANARY', page, page + 200);
    writeFileSync(bench.path, bytes);
    expect(codeOf(open(bench.path))).toBe('not-a-database');
    rmSync(bench.folder, { recursive: true });
  });

  it('is refused while another process keeps it to itself', () => {
    const path = join(folderOf(), 'dejiren.db');
    open(path)().close();
    const database = new DatabaseSync(path);
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    expect(codeOf(open(path))).toBe('locked');
    database.close();
    expect(codeOf(() => open(path)().close())).toBeUndefined();
  });

  it('is told by a code too where a turn cannot be taken', async () => {
    const bench = consentBench();
    const limits = { personPerHour: 9, tenantPerHour: 9 };
    const database = new DatabaseSync(bench.path);
    database.exec('DROP TABLE inputs');
    database.close();
    await expect(bench.store.inputs.admit(aTurn({ id: '1' }), limits, 1)).rejects.toMatchObject({ name: 'StoreError' });
    bench.close();
    await expect(bench.store.inputs.admit(aTurn({ id: '1' }), limits, 1)).rejects.toMatchObject({ name: 'StoreError' });
    rmSync(bench.folder, { recursive: true });
  });

  it('is refused when its folder cannot be made', () => {
    const file = join(folderOf(), 'file');
    writeFileSync(file, '');
    expect(codeOf(open(join(file, 'below', 'dejiren.db')))).toBe('not-writable');
  });
});
