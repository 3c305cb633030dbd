import type { DatabaseSync } from 'node:sqlite';
import type { FollowedChain } from '../../consent/chain/follow';
import type { StoredStanding } from '../../consent/chain/project';
import type { Seals, StoredPerson } from '../../consent/chain/seals';
import type { ConsentPerson } from '../../consent/consent';
import { lookupOf } from '../keys';
import { newPerson } from '../person';
import { atOnce } from './at-once';
import type { SqliteChain } from './chain';
import { readPerson, readStanding, toNumber } from './rows';

/**
 * People and how they stand, in their tables. What the file says of somebody counts only as far as the chain that was
 * followed bears it out: otherwise the methods throw a `BrokenLedger`.
 */
export interface SqlitePeople {
  /** Undefined for a person without a record. */
  find(person: ConsentPerson): StoredPerson | undefined;
  /** The same as `find`; where there is no record, one that is not written down yet. */
  findOrMake(person: ConsentPerson): StoredPerson;
  /** Writes down how somebody stands after a row about them. The person is to be put as well. */
  putStanding(person: StoredPerson, standing: StoredStanding): void;
  /** Seals somebody as they are now, and writes it down. */
  put(person: StoredPerson): void;
  /** Destroys somebody's key, and forgets how they stood. */
  drop(person: StoredPerson): void;
}

export function createSqlitePeople(
  database: DatabaseSync,
  secret: Uint8Array,
  seals: Seals,
  chain: Pick<SqliteChain, 'follow'> & { readonly followed: FollowedChain },
): SqlitePeople {
  const { followed } = chain;
  const sql = {
    find: database.prepare(`
      SELECT s.key, s.subject, s.vendor AS chosen, s.seq, s.seal, t.vendor, t.purpose, t.event, t.notice_id, t.at,
             t.valid_until, h.seq AS head_seq, h.hash AS head_hash
      FROM subjects s LEFT JOIN ledger_head h ON h.one = 1 LEFT JOIN standings t ON t.subject = s.subject
      WHERE s.lookup = ? ORDER BY t.vendor, t.purpose`),
    put: database.prepare(`
      INSERT INTO subjects (lookup, key, subject, vendor, seq, seal) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (lookup) DO UPDATE SET vendor = excluded.vendor, seq = excluded.seq, seal = excluded.seal`),
    drop: database.prepare('DELETE FROM subjects WHERE lookup = ?'),
    putStanding: database.prepare(`
      INSERT OR REPLACE INTO standings (subject, vendor, purpose, event, notice_id, at, valid_until)
      VALUES (?, ?, ?, ?, ?, ?, ?)`),
    dropStandings: database.prepare('DELETE FROM standings WHERE subject = ?'),
    count: database.prepare('SELECT count(*) AS people FROM subjects WHERE seq > 0'),
  };

  function find(person: ConsentPerson): StoredPerson | undefined {
    const lookup = lookupOf(secret, person);
    let rows = sql.find.all(lookup);
    // What another process appended since is followed first, so that both are of one moment.
    if (rows[0] !== undefined && !followed.isAt({ seq: rows[0].head_seq, hash: rows[0].head_hash }))
      rows = atOnce(database, () => {
        chain.follow();
        return sql.find.all(lookup);
      });
    const [first] = rows;
    if (first === undefined) return undefined;
    const found = readPerson(first, lookup, first.event === null ? [] : rows.map(readStanding));
    followed.believe(found);
    return found;
  }

  return {
    find,
    findOrMake(person) {
      const found = find(person);
      if (found !== undefined) return found;
      followed.believeCount(toNumber(sql.count.get()?.people));
      return newPerson(secret, person);
    },
    putStanding({ subject }, { vendor, purpose, event, noticeId, at, validUntil }) {
      sql.putStanding.run(subject, vendor, purpose, event, noticeId, at, validUntil);
    },
    put(person) {
      const { lookup, key, subject, chosen, seq } = person;
      sql.put.run(lookup, key, subject, chosen, seq, seals.ofPerson(person));
    },
    drop({ lookup, subject }) {
      sql.dropStandings.run(subject);
      sql.drop.run(lookup);
    },
  };
}
