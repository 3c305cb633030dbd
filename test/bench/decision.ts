import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { standingsAfter } from '../../src/consent/chain/project';
import { createConsentGate } from '../../src/consent/gate';
import { createNotice } from '../../src/consent/notice';
import { keyedHash, lookupOf, subjectOf } from '../../src/store/keys';
import { createSeals } from '../../src/store/seals';
import { createSqliteChain } from '../../src/store/sqlite/chain';
import { createDatabaseFile } from '../../src/store/sqlite/database-file';
import { createSqliteLedger } from '../../src/store/sqlite/ledger';
import { createSqliteNotices } from '../../src/store/sqlite/notices';
import { openSqlite } from '../../src/store/sqlite/open';
import { createSqlitePeople } from '../../src/store/sqlite/people';
import { createSqliteReader } from '../../src/store/sqlite/reader';

const SECRET = Buffer.alloc(32, 7);
const LOOKUPS = 20_000;
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const person = (index: number) => ({ platform: 'slack', tenant: 'T1', id: `U${index}`, membership: 'member' as const });

const notice = createNotice({
  vendor: 'openai',
  vendorName: 'OpenAI',
  route: { vendor: 'openai', endpoint: 'api.openai.com', region: 'global', model: 'm', sharesForTraining: false },
  statements: [
    {
      key: 'training',
      value: 'no',
      text: { en: 'No.', ja: 'いいえ。' },
      source: { title: 't', url: '' },
      checkedOn: '2026-01-01',
      reviewBy: '2999-01-01',
    },
  ],
});

/** What the ledger would write for each of so many people who agree, in one transaction. */
function writePeople(database: DatabaseSync, count: number): void {
  const seals = createSeals(SECRET);
  const chain = createSqliteChain(database, seals, createSqliteReader(database));
  const notices = createSqliteNotices(database);
  const people = createSqlitePeople(database, SECRET, seals, chain);
  database.exec('BEGIN');
  notices.serve(notice, 1);
  for (let index = 1; index < count; index += 1) {
    const who = person(index);
    const lookup = lookupOf(SECRET, who);
    const key = keyedHash(SECRET, 'bench', [String(index)]);
    const subject = subjectOf(key, lookup);
    const entry = {
      at: 1,
      event: 'granted',
      vendor: 'openai',
      purpose: 'use',
      noticeId: notice.id,
      mode: 'opt-in',
      surface: 'command',
      language: 'en',
      validUntil: 9_007_199_254_740_000,
    } as const;
    const { platform, tenant } = who;
    const seq = chain.append({ ...entry, subject, platform, tenant, actor: 'self' });
    const { next, standings } = standingsAfter([], entry, notices.materialOf);
    const stored = { lookup, key, subject, chosen: '', seq, standings };
    people.putStanding(stored, next);
    people.put(stored);
    chain.followed.committed();
  }
  database.exec('COMMIT');
}

/**
 * Microseconds for one decision, from the person's id to the verdict, over a real file with so many people in it;
 * `lookup`: the middle of a bare look-up of one row in the same file, which tells how fast the machine is now.
 */
export async function measureDecisions(sizes: readonly number[]) {
  const results: { people: number; p50: number; p99: number; lookup: number }[] = [];
  for (const people of sizes) {
    const folder = mkdtempSync(join(tmpdir(), 'dejiren-decision-'));
    const database = openSqlite(join(folder, 'd.db'), 'full');
    writePeople(database, people);
    const ledger = createSqliteLedger({
      database,
      secret: SECRET,
      closing: new AbortController().signal,
      place: createDatabaseFile(join(folder, 'd.db'), () => {}),
      onBroken: ({ code }) => {
        throw new Error(code);
      },
    });
    const gate = createConsentGate({
      ledger,
      notices: new Map([['openai', notice]]),
      policy: {
        mode: () => 'opt-in',
        blocks: () => false,
        residency: () => 'proven',
        vendor: () => undefined,
        externalsAdmitted: false,
        grantDays: 365,
      },
      defaultVendor: 'openai',
      now: () => 1_000,
      log: quiet,
    });
    const times: number[] = [];
    const lookups: number[] = [];
    const bare = database.prepare('SELECT key FROM subjects WHERE lookup = ?');
    for (let round = -2_000; round < LOOKUPS; round += 1) {
      const who = person(1 + (Math.abs(round * 7_919 + 1_000_003) % (people - 1)));
      const start = process.hrtime.bigint();
      const { decision } = await gate.check(who, 'openai', 'C1');
      const took = Number(process.hrtime.bigint() - start) / 1_000;
      if (decision.kind !== 'allow') throw new Error('a person who agreed was not allowed');
      const lookup = lookupOf(SECRET, who);
      const again = process.hrtime.bigint();
      bare.get(lookup);
      if (round >= 0) lookups.push(Number(process.hrtime.bigint() - again) / 1_000);
      if (round >= 0) times.push(took);
    }
    for (const measured of [times, lookups]) measured.sort((one, other) => one - other);
    results.push({
      people,
      p50: times[Math.floor(LOOKUPS * 0.5)] ?? Number.NaN,
      p99: times[Math.floor(LOOKUPS * 0.99)] ?? Number.NaN,
      lookup: lookups[Math.floor(LOOKUPS * 0.5)] ?? Number.NaN,
    });
    database.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return results;
}
