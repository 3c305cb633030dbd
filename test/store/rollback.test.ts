import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { sealText } from '../../src/model/text';
import { createSqliteStore } from '../../src/store/sqlite/store';
import { StoreError } from '../../src/store/store-error';
import { aNotice, consentBench, quietLog, SECRET, someone } from '../support/consent';
import { setBack, withoutTriggers } from '../support/old-database';

const other = { ...someone, id: 'U-OTHER' };
const origin = { surface: 'command', language: 'en' } as const;
const TABLES = ['subjects', 'standings', 'ledger_head'] as const;

type Bench = ReturnType<typeof consentBench>;

/** Somebody agreed to both vendors, and withdrew from one; with what the file said of them before they withdrew. */
async function withdrawn(wish: Parameters<typeof consentBench>[0] = {}) {
  const bench = consentBench(wish);
  const type = (words: string, who = someone) => bench.handler.run(who, sealText(words), origin);
  await type('on all', other);
  await type('on all');
  const before = held(bench.path);
  await type('off one');
  return { ...bench, type, before };
}

function held(path: string): ReadonlyMap<string, readonly Record<string, unknown>[]> {
  const database = new DatabaseSync(path, { readOnly: true });
  const tables = new Map(TABLES.map((table) => [table, database.prepare(`SELECT * FROM ${table}`).all()]));
  database.close();
  return tables;
}

function alter(path: string, change: string | ((database: DatabaseSync) => void)): void {
  const database = new DatabaseSync(path);
  withoutTriggers(database, () => (typeof change === 'string' ? database.exec(change) : change(database)));
  database.close();
}

/** Puts rows back as they were. */
const putBack =
  (before: Awaited<ReturnType<typeof withdrawn>>['before'], ...tables: readonly (typeof TABLES)[number][]) =>
  (database: DatabaseSync): void => {
    for (const table of tables)
      for (const row of before.get(table) ?? []) {
        const values = Object.values(row) as SQLInputValue[];
        database.prepare(`INSERT OR REPLACE INTO ${table} VALUES (${values.map(() => '?').join()})`).run(...values);
      }
  };

const CUT = 'DELETE FROM ledger WHERE seq = (SELECT max(seq) FROM ledger)';

/** What somebody with the file can put back of an agreement that was withdrawn. */
const rollbacks: readonly (readonly [string, (ledger: Awaited<ReturnType<typeof withdrawn>>) => void])[] = [
  ['the standing', ({ path, before }) => alter(path, putBack(before, 'standings'))],
  [
    'the standing and the person, with the seal',
    ({ path, before }) => alter(path, putBack(before, 'standings', 'subjects')),
  ],
  [
    'the same, with the row taken out',
    ({ path, before }) =>
      alter(path, (database) => {
        putBack(before, 'standings', 'subjects')(database);
        database.exec(CUT);
      }),
  ],
  [
    'the same, with the row given to nobody',
    ({ path, before }) =>
      alter(path, (database) => {
        putBack(before, 'standings', 'subjects')(database);
        database.exec("UPDATE ledger SET subject = 'nobody' WHERE event = 'withdrawn'");
      }),
  ],
  [
    'a seal of nothing',
    ({ path }) => alter(path, "UPDATE standings SET event = 'granted'; UPDATE subjects SET seal = NULL"),
  ],
  ['an expiry far away', ({ path }) => alter(path, 'UPDATE standings SET valid_until = 9007199254740000')],
  ['another vendor', ({ path }) => alter(path, "UPDATE OR REPLACE standings SET vendor = 'one' WHERE vendor = 'two'")],
];

async function ask(bench: Pick<Bench, 'gate'>, vendor = 'one'): Promise<string> {
  return (await bench.gate.check(someone, vendor, 'C1')).decision.kind;
}

describe('an older state that somebody puts back', () => {
  it.each(rollbacks)('is noticed at the next question, while dejiren runs: %s', async (_name, put) => {
    const ledger = await withdrawn();
    expect(await ask(ledger, 'two')).toBe('allow');
    put(ledger);
    expect(await ask(ledger)).toBe('deny');
    expect(await ask(ledger, 'two')).toBe('deny');
    ledger.remove();
  });

  it('is noticed while dejiren runs even where all of it is put back, head and seals', async () => {
    const ledger = await withdrawn();
    alter(ledger.path, (database) => {
      putBack(ledger.before, ...TABLES)(database);
      database.exec(CUT);
    });
    expect(await ask(ledger)).toBe('deny');
    expect(await ask(ledger, 'two')).toBe('deny');
    ledger.remove();
  });

  it.each(rollbacks)('is noticed at the next question in a long ledger after a start: %s', async (_name, put) => {
    const ledger = await withdrawn();
    for (let turn = 0; turn < 110; turn += 1)
      for (const words of ['on one', 'off one']) await ledger.type(words, other);
    put(ledger);
    ledger.close();
    const again = consentBench({ folder: ledger.folder });
    expect(await ask(again)).toBe('deny');
    again.remove();
  });

  it.each(rollbacks)('is not taken over by what the person decides next: %s', async (_name, put) => {
    const ledger = await withdrawn();
    put(ledger);
    expect(await ledger.type('off two')).toEqual({ kind: 'refused', reason: 'ledger-unavailable' });
    ledger.close();
    const again = consentBench({ folder: ledger.folder });
    expect(await again.store.ledger.verify()).toMatchObject({ intact: false });
    again.remove();
  });

  it('is noticed of a notice: what a change means follows from what the notice says', async () => {
    const earlier = consentBench();
    await earlier.handler.run(someone, sealText('on one'), origin);
    earlier.close();
    const notices = [aNotice('one', {}, { region: 'us' })];
    const running = consentBench({ folder: earlier.folder, notices });
    expect((await running.gate.check(someone, 'one', 'C1')).decision).toEqual({
      kind: 'ask',
      reason: 'notice-changed',
    });
    running.close();
    for (const materialId of notices.map((notice) => notice.materialId)) {
      const again = consentBench({ folder: earlier.folder, notices });
      alter(earlier.path, `UPDATE notices SET material_id = '${materialId}'`);
      expect(await ask(again)).toBe('deny');
      again.remove();
    }
  });

  it('is noticed where somebody who withdrew is taken out and comes back as a stranger, notices shown or not', async () => {
    const ledger = await withdrawn({ policy: { mode: () => 'opt-out' } });
    alter(ledger.path, 'DELETE FROM standings; DELETE FROM subjects');
    expect(await ask(ledger)).toBe('ask');
    await ledger.handler.noticeShown(someone, aNotice('one'), origin);
    expect(await ask(ledger)).toBe('deny');
    ledger.remove();
  });

  it('is told once, with how and where', async () => {
    const ledger = await withdrawn();
    const told: unknown[] = [];
    const log = { ...quietLog, error: (...line: unknown[]) => void told.push(line) };
    const store = createSqliteStore({ path: ledger.path, secret: SECRET, log });
    alter(ledger.path, "UPDATE standings SET event = 'granted'");
    await expect(store.ledger.find(someone)).rejects.toMatchObject({ code: 'broken' });
    await expect(store.ledger.find(someone)).rejects.toMatchObject({ code: 'broken' });
    expect(told).toEqual([['ledger-broken', { code: 'state-differs', count: 5 }]]);
    store.close();
    ledger.remove();
  });
});

const schemas: readonly (readonly [string, string])[] = [
  [
    'a trigger that undoes withdrawals',
    `CREATE TRIGGER t AFTER INSERT ON standings WHEN NEW.event = 'withdrawn' BEGIN
       UPDATE standings SET event = 'granted' WHERE subject = NEW.subject; END`,
  ],
  [
    'a trigger that forgets what was taken once',
    'CREATE TRIGGER t AFTER INSERT ON inputs BEGIN DELETE FROM inputs; END',
  ],
  ['a trigger that keeps rows taken off', 'DROP TRIGGER ledger_keeps_its_rows'],
  [
    'a trigger of another meaning',
    "DROP TRIGGER ledger_keeps_its_rows; CREATE TRIGGER ledger_keeps_its_rows BEFORE DELETE ON ledger BEGIN SELECT 'append-only'; END",
  ],
  ['a table', 'CREATE TABLE more (one TEXT)'],
  ['a view', 'CREATE VIEW more AS SELECT * FROM standings'],
  ['an index', 'CREATE UNIQUE INDEX more ON standings (subject, vendor)'],
  ['an index taken off', 'DROP INDEX ledger_subject'],
  ['a column', 'ALTER TABLE standings ADD COLUMN more TEXT'],
  [
    'a rule taken off in the text of the schema',
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'UNIQUE', '') WHERE name = 'subjects'",
  ],
  [
    'a table without its key',
    'CREATE TABLE x AS SELECT * FROM standings; DROP TABLE standings; ALTER TABLE x RENAME TO standings',
  ],
  [
    'a view in the place of a table',
    `ALTER TABLE standings RENAME TO s0;
     CREATE VIEW standings AS SELECT subject, vendor, purpose, 'granted' AS event, notice_id, at, valid_until FROM s0`,
  ],
];

describe('a schema that somebody changed', () => {
  const change = (path: string, words: string): void => {
    const database = new DatabaseSync(path, { defensive: false });
    database.exec(words);
    database.close();
  };

  it.each(schemas)('is found out at the start, and nothing is allowed: %s', async (_name, words) => {
    const ledger = await withdrawn();
    ledger.close();
    change(ledger.path, words);
    let again: Bench;
    try {
      again = consentBench({ folder: ledger.folder });
    } catch (error) {
      expect(['other-schema', 'not-a-database']).toContain(error instanceof StoreError ? error.code : error);
      return;
    }
    expect(await ask(again, 'two')).toBe('deny');
    expect(await again.store.ledger.verify()).toMatchObject({ intact: false, code: 'schema-changed' });
    again.remove();
  });

  // SQLite itself does not notice what is written into its schema behind its back, until it is opened again.
  const noticed = schemas.filter(([, words]) => !words.includes('writable_schema'));
  it.each(noticed)('lets nothing be written by a dejiren that was running all the while: %s', async (_name, words) => {
    const ledger = await withdrawn();
    change(ledger.path, words);
    expect(await ledger.type('off two')).toEqual({ kind: 'refused', reason: 'ledger-unavailable' });
    expect(await ask(ledger, 'two')).toBe('deny');
    ledger.remove();
  });

  it('is none where an operator had SQLite gather statistics', async () => {
    const ledger = await withdrawn();
    change(ledger.path, 'ANALYZE');
    expect(await ledger.store.ledger.verify()).toMatchObject({ intact: true });
    expect(await ledger.type('off two')).toMatchObject({ kind: 'withdrawn' });
    ledger.remove();
  });
});

describe('a database of an earlier version', () => {
  it.each([2, 3])('is brought up to date, and everybody stands as they did: version %s', async (version) => {
    const ledger = await withdrawn();
    await ledger.store.ledger.chooseVendor({ ...someone, id: 'U-CHOSE' }, 'two');
    ledger.close();
    alter(ledger.path, (database) => setBack(database, version));
    const again = consentBench({ folder: ledger.folder });
    expect([await ask(again), await ask(again, 'two')]).toEqual(['deny', 'allow']);
    expect((await again.store.ledger.find({ ...someone, id: 'U-CHOSE' }))?.vendor).toBe('two');
    expect(await again.store.ledger.verify()).toMatchObject({ intact: true, head: { seq: 5 } });
    await again.handler.run(someone, sealText('off two'), origin);
    expect(await ask(again, 'two')).toBe('deny');
    again.close();
    const later = consentBench({ folder: ledger.folder });
    expect(await later.store.ledger.verify()).toMatchObject({ intact: true, head: { seq: 6 } });
    later.remove();
  });

  it.each([2, 3])('is not taken over where somebody stands as their rows do not say: version %s', async (version) => {
    const ledger = await withdrawn();
    ledger.close();
    alter(ledger.path, (database) => {
      setBack(database, version);
      database.exec("UPDATE standings SET event = 'granted'");
    });
    const again = consentBench({ folder: ledger.folder });
    expect([await ask(again), await ask(again, 'two')]).toEqual(['deny', 'deny']);
    expect(await again.store.ledger.verify()).toMatchObject({ intact: false, code: 'state-differs' });
    again.remove();
  });

  it('lets an earlier dejiren that still runs on it write no decision: it would leave people without a seal', async () => {
    const ledger = await withdrawn();
    const earlier = new DatabaseSync(ledger.path);
    const setHead = earlier.prepare(
      "INSERT OR REPLACE INTO ledger_head (one, seq, hash, seal) VALUES (1, 9, 'f00', NULL)",
    );
    expect(() => setHead.run()).toThrow(/NOT NULL/u);
    earlier.close();
    ledger.remove();
  });
});
