import { randomBytes } from 'node:crypto';
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { ConsentPerson, Purpose } from '../../consent/consent';
import { type LedgerEntry, nextStanding, type Standing, type Subject } from '../../consent/ledger';
import { lookupOf, opensSubject, personSealOf, pseudonymOf, subjectOf } from '../keys';
import { atOnce } from './at-once';
import { BrokenLedger } from './broken';
import type { SqliteChain } from './chain';
import type { SqliteNotices } from './notices';
import { readPurpose, readStandingEvent, toBytes, toNumber, toText } from './rows';

type Row = Record<string, SQLOutputValue>;

/** How somebody stands with one vendor for one purpose. */
export interface StoredStanding extends Omit<Standing, 'materialId'> {
  readonly vendor: string;
  readonly purpose: Purpose;
}

/** Somebody as they are on record, with what was checked of it. */
export interface StoredPerson {
  readonly lookup: Uint8Array;
  readonly key: Uint8Array;
  readonly subject: string;
  /** The vendor that they chose; empty where they chose none. */
  readonly chosen: string;
  /** The newest row about them; 0 where there is none. */
  readonly seq: number;
  /** By vendor, then purpose. */
  readonly standings: readonly StoredStanding[];
}

/**
 * People and how they stand. What the file says of somebody counts only with the seal that this installation put on all
 * of it together, and only where the newest row that it follows from is the newest in the chain. Otherwise the methods
 * throw a `BrokenLedger`.
 */
export interface SqlitePeople {
  /** Undefined for a person without a record. */
  find(person: ConsentPerson): StoredPerson | undefined;
  /** Somebody as the ledger's callers know them. */
  subjectOf(stored: StoredPerson): Subject;
  /** The same as `find`; where there is no record, one that is not written down yet. */
  findOrMake(person: ConsentPerson): StoredPerson;
  /** Writes down what follows from a row about them. */
  apply(before: StoredPerson, entry: LedgerEntry, seq: number): StoredPerson;
  /** Seals somebody as they are now, and writes it down. */
  put(person: StoredPerson): void;
  /** Destroys somebody's key, and forgets how they stood. */
  drop(person: StoredPerson): void;
}

export function createSqlitePeople(
  database: DatabaseSync,
  secret: Uint8Array,
  chain: SqliteChain,
  notices: SqliteNotices,
): SqlitePeople {
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
    setStanding: database.prepare(`
      INSERT OR REPLACE INTO standings (subject, vendor, purpose, event, notice_id, at, valid_until)
      VALUES (?, ?, ?, ?, ?, ?, ?)`),
    dropStandings: database.prepare('DELETE FROM standings WHERE subject = ?'),
    count: database.prepare('SELECT count(*) AS people FROM subjects WHERE seq > 0'),
  };

  function find(person: ConsentPerson): StoredPerson | undefined {
    const lookup = lookupOf(secret, person);
    let rows = sql.find.all(lookup);
    // What another process appended since is followed first, so that both are of one moment.
    if (rows[0] !== undefined && !chain.isAt(rows[0].head_seq, rows[0].head_hash))
      rows = atOnce(database, () => {
        chain.follow();
        return sql.find.all(lookup);
      });
    const [first] = rows;
    if (first === undefined) return undefined;
    const found = readPerson(lookup, first, first.event === null ? [] : rows);
    check(found, first.seal);
    return found;
  }

  function check(person: StoredPerson, seal: SQLOutputValue | undefined): void {
    const { lookup, key, subject, seq } = person;
    if (!(seal instanceof Uint8Array) || !sealOfPerson(secret, person).equals(seal))
      throw new BrokenLedger(opensSubject(key, lookup, subject) ? 'state-differs' : 'subject-changed', seq);
    const newest = chain.newestOf(subject) ?? 0;
    if (newest !== seq) throw new BrokenLedger(newest === 0 ? 'subject-returned' : 'state-differs', newest || seq);
  }

  return {
    find,

    subjectOf({ key, subject, chosen, standings }) {
      const known = standings.map((stored) => ({ ...stored, materialId: notices.materialOf(stored.noticeId) }));
      return {
        id: subject,
        pseudonyms: {
          get asker() {
            return pseudonymOf(key, 'asker');
          },
          get safetyId() {
            return pseudonymOf(key, 'safety');
          },
        },
        vendor: chosen === '' ? undefined : chosen,
        get vendors() {
          return [...new Set(known.map(({ vendor }) => vendor))];
        },
        standing: (vendor, purpose) => known.find((one) => one.vendor === vendor && one.purpose === purpose),
      };
    },

    findOrMake(person) {
      const found = find(person);
      if (found !== undefined) return found;
      // Whoever was taken out of the file would come back as somebody who never withdrew.
      if (toNumber(sql.count.get()?.people) !== chain.people) throw new BrokenLedger('subject-missing', chain.head.seq);
      const lookup = lookupOf(secret, person);
      const key = randomBytes(32);
      return { lookup, key, subject: subjectOf(key, lookup), chosen: '', seq: 0, standings: [] };
    },

    apply(before, entry, seq) {
      const { vendor, purpose, noticeId } = entry;
      const standing = before.standings.find((one) => one.vendor === vendor && one.purpose === purpose);
      const known = standing && { ...standing, materialId: notices.materialOf(standing.noticeId) };
      const after = nextStanding(known, entry, notices.materialOf(noticeId));
      if (after === undefined) return { ...before, seq };
      const stored = { ...after, vendor, purpose };
      sql.setStanding.run(before.subject, vendor, purpose, after.event, after.noticeId, after.at, after.validUntil);
      const others = before.standings.filter((one) => one !== standing);
      return { ...before, seq, standings: [...others, stored].sort(inOrder) };
    },

    put(person) {
      const { lookup, key, subject, chosen, seq } = person;
      sql.put.run(lookup, key, subject, chosen, seq, sealOfPerson(secret, person));
    },

    drop({ lookup, subject }) {
      sql.dropStandings.run(subject);
      sql.drop.run(lookup);
    },
  };
}

/** The seal over all that is believed of somebody. The vendor that they chose is not in it: it is no consent. */
export function sealOfPerson(secret: Uint8Array, person: StoredPerson): Buffer {
  const { lookup, key, subject, seq, standings } = person;
  const state: (string | number)[] = [base64(lookup), base64(key), subject, seq];
  for (const { vendor, purpose, event, noticeId, at, validUntil } of standings)
    state.push(vendor, purpose, event, noticeId, at, validUntil);
  return personSealOf(secret, state);
}

/** Reads a person from a row of `subjects`, and the rows of their standings in order. */
export function readPerson(lookup: Uint8Array, first: Row, standings: readonly Row[]): StoredPerson {
  return {
    lookup,
    key: toBytes(first.key),
    subject: toText(first.subject),
    chosen: toText(first.chosen),
    seq: toNumber(first.seq),
    standings: standings.map(readStored),
  };
}

export function readStored(row: Row): StoredStanding {
  return {
    vendor: toText(row.vendor),
    purpose: readPurpose(row.purpose),
    event: readStandingEvent(row.event),
    noticeId: toText(row.notice_id),
    at: toNumber(row.at),
    validUntil: toNumber(row.valid_until),
  };
}

/** As the file has them: by the bytes of the vendor, then of the purpose. */
function inOrder(one: StoredStanding, other: StoredStanding): number {
  return compare(one.vendor, other.vendor) || compare(one.purpose, other.purpose);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
