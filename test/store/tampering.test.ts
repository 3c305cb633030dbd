import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { GENESIS, hashRow } from '../../src/consent/chain/row';
import { sealText } from '../../src/model/text';
import { compareHead, headDocument } from '../../src/proof/ledger-head';
import { deriveSigningKeys } from '../../src/proof/signing-keys';
import { pseudonymOf, sealOf } from '../../src/store/keys';
import { readHead, readRow } from '../../src/store/sqlite/rows';
import { createSqliteStore } from '../../src/store/sqlite/store';
import { consentBench, keys, quietLog, SECRET, START, someone } from '../support/consent';
import { setBack, withoutTriggers } from '../support/old-database';

const other = { ...someone, id: 'U-OTHER' };
const gone = { ...someone, id: 'U-GONE' };
const origin = { surface: 'command', language: 'en' } as const;

/**
 * The rows: 1 and 2 someone on one and two; 3 other on one; 4 gone on one; 5 gone erased; 6 someone off two. With the
 * head as it was stored elsewhere, signed, and what `subjects` held of the erased person.
 */
async function written() {
  const bench = consentBench();
  const type = (words: string, who = someone) => bench.handler.run(who, sealText(words), origin);
  await type('on all');
  await type('on one', other);
  await type('on one', gone);
  const copy = new DatabaseSync(bench.path);
  const erased = copy.prepare(`SELECT * FROM subjects WHERE subject = ${subjectAt(4)}`).get();
  copy.close();
  await type('erase confirm', gone);
  await type('off two');
  const result = await bench.store.ledger.verify();
  if (!result.intact) throw new Error(result.code);
  return { ...bench, head: await headDocument(result.head, keys, START, true), erased: Object.values(erased ?? {}) };
}
type Written = Awaited<ReturnType<typeof written>>;
type Edit = (database: DatabaseSync, ledger: Written) => void;

/** As an attacker with the file would: without the triggers. */
function edit(ledger: Written, change: Edit): void {
  const database = new DatabaseSync(ledger.path);
  withoutTriggers(database, () => change(database, ledger));
  database.close();
}

const sql =
  (words: string): Edit =>
  (database) =>
    database.exec(words);

const subjectAt = (seq: number): string => `(SELECT subject FROM ledger WHERE seq = ${seq})`;
const RESET_HEAD =
  'UPDATE ledger_head SET (seq, hash) = (SELECT seq, hash FROM ledger WHERE seq = (SELECT max(seq) FROM ledger))';
const COPY_LAST = `INSERT INTO ledger
  SELECT 7, at, subject, platform, tenant, event, vendor, purpose, notice_id, mode, surface, language, actor,
         valid_until, hash, hash FROM ledger WHERE seq = 6`;
/** What `standings` held before the last row. */
const STANDINGS_BACK = `UPDATE standings SET event = 'granted',
  (at, notice_id, valid_until) = (SELECT at, notice_id, valid_until FROM ledger WHERE seq = 2)
  WHERE subject = ${subjectAt(2)} AND vendor = 'two'`;

/** Gives every row the hash that follows from it, and the head the last one. */
const rehash: Edit = (database) => {
  const set = database.prepare('UPDATE ledger SET previous = ?, hash = ? WHERE seq = ?');
  let previous = GENESIS;
  for (const raw of database.prepare('SELECT * FROM ledger ORDER BY seq').all()) {
    const row = readRow({ ...raw, previous });
    previous = hashRow(row);
    set.run(row.previous, previous, row.seq);
  }
  database.exec(RESET_HEAD);
};

/** As somebody would who has the secret as well. */
const reseal: Edit = (database) => {
  const head = readHead(database.prepare('SELECT seq, hash FROM ledger_head').get());
  if (head === undefined) throw new Error('the ledger has no head');
  database.prepare('UPDATE ledger_head SET seal = ?').run(sealOf(SECRET, head));
  // People without a seal are sealed at the start, as they follow from the rows.
  database.exec('UPDATE subjects SET seal = NULL');
};

const swapPeople =
  (...columns: readonly ('lookup' | 'key' | 'subject')[]): Edit =>
  (database) => {
    const [one = {}, two = {}] = database.prepare('SELECT * FROM subjects').all();
    const swapped = { ...one, ...Object.fromEntries(columns.map((name) => [name, two[name]])) };
    const back = { ...two, ...Object.fromEntries(columns.map((name) => [name, one[name]])) };
    database.exec('DELETE FROM subjects');
    const put = database.prepare('INSERT INTO subjects VALUES (?, ?, ?, ?, ?, ?)');
    for (const row of [swapped, back]) put.run(...(Object.values(row) as SQLInputValue[]));
  };

const personAnew: Edit = (database) => {
  const key = Buffer.alloc(32, 1);
  database
    .prepare(`UPDATE subjects SET key = ?, subject = ? WHERE subject = ${subjectAt(1)}`)
    .run(key, pseudonymOf(key, 'ledger'));
};

const bringBack: Edit = (database, { erased }) => {
  database.prepare('INSERT INTO subjects VALUES (?, ?, ?, ?, ?, ?)').run(...(erased as SQLInputValue[]));
};

const cutOff = sql(`DELETE FROM ledger WHERE seq = 6; ${RESET_HEAD}; ${STANDINGS_BACK}`);
const writtenAnew: Edit = (database, ledger) => {
  sql("UPDATE ledger SET event = 'granted', valid_until = 9007199254740000 WHERE seq = 6")(database, ledger);
  sql("UPDATE standings SET event = 'granted', valid_until = 9007199254740000 WHERE event = 'withdrawn'")(
    database,
    ledger,
  );
  rehash(database, ledger);
};

/** An agreement that nobody gave, as the program would have written it. */
const forgedAgreement: Edit = (database, ledger) => {
  sql(`${COPY_LAST}; UPDATE ledger SET event = 'granted', valid_until = 9007199254740000 WHERE seq = 7;
    UPDATE standings SET event = 'granted', valid_until = 9007199254740000 WHERE event = 'withdrawn'`)(
    database,
    ledger,
  );
  rehash(database, ledger);
};

/** What hangs together in itself: only the seal tells it, or, against whoever has the secret, a head stored elsewhere. */
const CONSISTENT: readonly (readonly [string, Edit, string])[] = [
  ['the newest row cut off with all that follows', cutOff, 'truncated'],
  ['all of it written anew with all that follows', writtenAnew, 'rewritten'],
];

const BY_ITSELF: readonly (readonly [string, Edit, string])[] = [
  ['a field of a row', sql("UPDATE ledger SET event = 'granted' WHERE seq = 6"), 'row-changed'],
  ['a field with some hash', sql("UPDATE ledger SET language = 'ja', hash = 'f00' WHERE seq = 3"), 'row-changed'],
  ['a row in the middle taken out', sql('DELETE FROM ledger WHERE seq = 3'), 'row-missing'],
  ['the newest row cut off', sql('DELETE FROM ledger WHERE seq = 6'), 'head-differs'],
  [
    'the newest row cut off, with the head set back',
    sql(`DELETE FROM ledger WHERE seq = 6; ${RESET_HEAD}`),
    'head-differs',
  ],
  [
    'two rows swapped',
    sql(`UPDATE ledger SET seq = -1 WHERE seq = 2; UPDATE ledger SET seq = 2 WHERE seq = 3;
         UPDATE ledger SET seq = 3 WHERE seq = -1`),
    'chain-broken',
  ],
  ['a row put in', sql(COPY_LAST), 'row-changed'],
  ['a row put in, with a head that fits', sql(`${COPY_LAST}; ${RESET_HEAD}`), 'row-changed'],
  ['the words of a notice', sql("UPDATE notices SET body = replace(body, 'Not used', 'Used')"), 'notice-changed'],
  ['how somebody stands', sql("UPDATE standings SET event = 'granted' WHERE event = 'withdrawn'"), 'state-differs'],
  ['the head alone', sql("UPDATE ledger_head SET hash = 'f00'"), 'head-differs'],
  [
    'all of it, with hashes that fit, but not what follows',
    (database, ledger) => {
      sql("UPDATE ledger SET event = 'granted' WHERE seq = 6")(database, ledger);
      rehash(database, ledger);
    },
    'head-differs',
  ],
  ['two people, so that one has the agreements of the other', swapPeople('lookup'), 'subject-changed'],
  ['the same with their keys', swapPeople('key'), 'subject-changed'],
  ['the same with their pseudonyms', swapPeople('subject'), 'subject-changed'],
  [
    'a person taken out, to make them a stranger',
    sql(`DELETE FROM subjects WHERE subject = ${subjectAt(1)}`),
    'subject-missing',
  ],
  [
    'the key of a person',
    sql(`UPDATE subjects SET key = zeroblob(32) WHERE subject = ${subjectAt(1)}`),
    'subject-changed',
  ],
  [
    'where a person is found',
    sql(`UPDATE subjects SET lookup = zeroblob(32) WHERE subject = ${subjectAt(3)}`),
    'subject-changed',
  ],
  ['a person made anew under the same id', personAnew, 'subject-missing'],
  ['an erased person brought back from a copy', bringBack, 'subject-returned'],
  ['the row of an erasure taken out', sql('DELETE FROM ledger WHERE seq = 5'), 'row-missing'],
  [
    'the row of an erasure cut off with all that came after, and what follows set back',
    sql(`DELETE FROM ledger WHERE seq > 4; ${RESET_HEAD}; ${STANDINGS_BACK};
         INSERT INTO standings SELECT subject, vendor, purpose, event, notice_id, at, valid_until FROM ledger WHERE seq = 4`),
    'head-differs',
  ],
  ...CONSISTENT.map(([name, change]) => [name, change, 'head-differs'] as const),
  ['an agreement that nobody gave, with all that follows', forgedAgreement, 'head-differs'],
  ['the seal taken off', sql('UPDATE ledger_head SET seal = NULL'), 'head-unsealed'],
];

/** It looks like a ledger of an earlier version. */
const schemaSetBack: Edit = (database) => setBack(database, 1);
const AT_START: typeof BY_ITSELF = [
  ...BY_ITSELF,
  ['the seal taken off with the schema set back', schemaSetBack, 'head-unsealed'],
];

describe('a ledger that somebody edited', () => {
  it.each(AT_START)('is found out, and nothing is allowed any more: %s', async (_name, change, code) => {
    const ledger = await written();
    ledger.close();
    edit(ledger, change);
    const again = consentBench({ folder: ledger.folder });
    expect(await again.store.ledger.verify()).toMatchObject({ intact: false, code });
    for (const vendor of ['one', 'two'])
      expect((await again.gate.check(someone, vendor, 'C1')).decision).toEqual({
        kind: 'deny',
        reason: 'ledger-unavailable',
      });
    again.remove();
  });

  it.each(AT_START)('is found out at the start already, before anybody is answered: %s', async (_name, change) => {
    const ledger = await written();
    ledger.close();
    edit(ledger, change);
    const again = consentBench({ folder: ledger.folder });
    expect((await again.gate.check(someone, 'one', 'C1')).decision.kind).toBe('deny');
    again.remove();
  });

  it.each(BY_ITSELF)(
    'is found out by a dejiren that was running all the while, which denies everything from then on: %s',
    async (_name, change) => {
      const ledger = await written();
      const allowed = async () => (await ledger.gate.check(someone, 'one', 'C1')).decision.kind;
      expect(await allowed()).toBe('allow');
      edit(ledger, change);
      expect(await ledger.store.ledger.verify()).toMatchObject({ intact: false });
      expect(await allowed()).toBe('deny');
      expect(await ledger.handler.run(someone, sealText('receipt'), origin)).toEqual({
        kind: 'refused',
        reason: 'ledger-unavailable',
      });
      ledger.remove();
    },
  );

  it.each(CONSISTENT)(
    'and sealed with the secret is found out by a head stored elsewhere: %s',
    async (_name, change, finding) => {
      const ledger = await written();
      ledger.close();
      edit(ledger, change);
      edit(ledger, reseal);
      const again = consentBench({ folder: ledger.folder });
      expect(await again.store.ledger.verify()).toMatchObject({ intact: true });
      expect((await compareHead(ledger.head, keys, again.store.audit.hashAt)).finding).toBe(finding);
      again.remove();
    },
  );

  it.each(CONSISTENT)(
    'and sealed with the secret is found out by a dejiren that was running all the while: %s',
    async (_name, change) => {
      const ledger = await written();
      edit(ledger, change);
      edit(ledger, reseal);
      expect(await ledger.store.ledger.verify()).toMatchObject({ intact: false, code: 'head-differs' });
      ledger.remove();
    },
  );

  it('is not sealed by what a running dejiren writes next: nothing is written any more', async () => {
    const ledger = await written();
    edit(ledger, forgedAgreement);
    expect(await ledger.handler.run(other, sealText('off'), origin)).toEqual({
      kind: 'refused',
      reason: 'ledger-unavailable',
    });
    expect((await ledger.gate.check(someone, 'two', 'C1')).decision.kind).toBe('deny');
    ledger.remove();
  });

  it('is taken over from an earlier version by who has the secret, once everything else fits, and not before', async () => {
    const ledger = await written();
    ledger.close();
    edit(ledger, schemaSetBack);
    const again = consentBench({ folder: ledger.folder });
    expect((await again.gate.check(someone, 'one', 'C1')).decision.kind).toBe('deny');
    expect(await again.store.ledger.seal()).toMatchObject({ intact: true, head: { seq: 6 } });
    expect((await again.gate.check(someone, 'one', 'C1')).decision.kind).toBe('allow');
    expect(await again.store.ledger.seal()).toMatchObject({ intact: true });
    again.close();
    edit(ledger, sql("UPDATE ledger_head SET seal = NULL; UPDATE standings SET event = 'granted'"));
    const broken = consentBench({ folder: ledger.folder });
    expect(await broken.store.ledger.seal()).toMatchObject({ intact: false, code: 'state-differs' });
    broken.remove();
  });

  it('is looked at again and again while dejiren runs', async () => {
    const ledger = await written();
    ledger.close();
    const told: unknown[] = [];
    let tell = (): void => {};
    const found = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const log = {
      ...quietLog,
      error(event: string, fields?: object) {
        told.push([event, fields]);
        tell();
      },
    };
    const store = createSqliteStore({ path: ledger.path, secret: SECRET, log, verifyEveryMs: 5 });
    expect(await store.ledger.verify()).toMatchObject({ intact: true });
    edit(ledger, swapPeople('lookup'));
    await found;
    expect(told).toEqual([['ledger-broken', { code: 'subject-changed', count: 6 }]]);
    await expect(store.ledger.find(someone)).rejects.toMatchObject({ code: 'broken' });
    store.close();
    consentBench({ folder: ledger.folder }).remove();
  });

  it('may have another vendor chosen for somebody: that is no consent, and nothing goes that they did not agree to', async () => {
    const ledger = await written();
    ledger.close();
    edit(ledger, sql("UPDATE subjects SET vendor = 'two'"));
    const again = consentBench({ folder: ledger.folder });
    expect(await again.store.ledger.verify()).toMatchObject({ intact: true });
    expect(await again.gate.check(other, undefined, 'C1')).toMatchObject({ vendor: 'two', decision: { kind: 'ask' } });
    expect(await again.gate.check(someone, undefined, 'C1')).toMatchObject({
      vendor: 'two',
      decision: { kind: 'deny', reason: 'withdrawn' },
    });
    again.remove();
  });

  it('knows people of a ledger from before pseudonyms were bound to where they are found', async () => {
    const bench = consentBench();
    const key = Buffer.alloc(32, 5);
    const subject = pseudonymOf(key, 'ledger');
    await bench.handler.run(someone, sealText('on one'), origin);
    bench.close();
    edit({ ...bench, head: '', erased: [] }, (database, ledger) => {
      for (const table of ['ledger', 'standings']) database.prepare(`UPDATE ${table} SET subject = ?`).run(subject);
      database.prepare('UPDATE subjects SET key = ?, subject = ?').run(key, subject);
      rehash(database, ledger);
      reseal(database, ledger);
    });
    const again = consentBench({ folder: bench.folder });
    expect(await again.store.ledger.verify()).toMatchObject({ intact: true });
    expect((await again.gate.check(someone, 'one', 'C1')).decision.kind).toBe('allow');
    await again.handler.run(someone, sealText('erase confirm'), origin);
    expect(await again.store.ledger.verify()).toMatchObject({ intact: true, head: { seq: 2 } });
    again.remove();
  });
});

describe('a head that was stored', () => {
  const headOf = async (signed: boolean) => {
    const ledger = await written();
    const result = await ledger.store.ledger.verify();
    if (!result.intact) throw new Error(result.code);
    const document = await headDocument(result.head, keys, START, signed);
    await ledger.handler.run(other, sealText('off'), origin);
    return { ledger, document };
  };

  it.each([true, false])('is met by the ledger that went on from it (signed: %s)', async (signed) => {
    const { ledger, document } = await headOf(signed);
    const found = await compareHead(`\n${document}\n`, keys, ledger.store.audit.hashAt);
    expect(found).toMatchObject({ finding: 'meets', head: { seq: 6 }, signed });
    ledger.remove();
  });

  it.each([true, false])('of another installation is told from a ledger written anew (signed: %s)', async (signed) => {
    const { ledger } = await headOf(signed);
    const strange = await headDocument(
      { seq: 1, hash: 'a'.repeat(64) },
      deriveSigningKeys(Buffer.alloc(32, 8), 1),
      START,
      signed,
    );
    expect((await compareHead(strange, keys, ledger.store.audit.hashAt)).finding).toBe('other-installation');
    ledger.remove();
  });

  it('holds after the key got another number', async () => {
    const { ledger, document } = await headOf(true);
    const later = deriveSigningKeys(SECRET, 3);
    expect((await compareHead(document, later, ledger.store.audit.hashAt)).finding).toBe('meets');
    ledger.remove();
  });

  it('is not taken once it was changed, nor is anything else', async () => {
    const { ledger, document } = await headOf(true);
    const [head = '', , signature = ''] = document.split('.');
    const body = Buffer.from('{"@type":"LedgerHead"}').toString('base64url');
    const findingOf = async (words: string) => (await compareHead(words, keys, ledger.store.audit.hashAt)).finding;
    expect(await findingOf(`${head}.${body}.${signature}`)).toBe('signature');
    const receipt = await ledger.handler.run(someone, sealText('receipt'), origin);
    if (receipt.kind !== 'receipt') throw new Error(receipt.kind);
    expect(await findingOf(receipt.signed?.jws ?? '')).toBe('malformed');
    for (const words of ['', '{}', 'words', '{"seq":1}']) expect(await findingOf(words)).toBe('malformed');
    ledger.remove();
  });

  it('of an empty ledger is met by whatever came after', async () => {
    const empty = await headDocument({ seq: 0, hash: GENESIS }, keys, START, false);
    const { ledger } = await headOf(false);
    expect((await compareHead(empty, keys, ledger.store.audit.hashAt)).finding).toBe('meets');
    ledger.remove();
  });
});
