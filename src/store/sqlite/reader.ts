import type { DatabaseSync } from 'node:sqlite';
import type { JudgedRow, PeopleSlice } from '../../consent/chain/replay';
import type { SealedHead } from '../../consent/chain/seals';
import type { ChainReader, Glance, ReadRow } from '../../consent/chain/verify';
import { LedgerError } from '../../consent/ledger-error';
import type { SqliteAccess } from './access';
import { atOnce } from './at-once';
import { readNotice } from './notices';
import { readHead, readPerson, readRow, readRows, readStanding, toBytes, toNumber, toText } from './rows';
import { schemaFits } from './schema';

/** Reads the chain and what stands beside it. What is read together is read by one call, or within {@link atOnce}. */
export interface SqliteReader {
  head(): SealedHead | undefined;
  /** Every row after one. */
  rowsAfter(seq: number): Iterable<ReadRow>;
  glance(seq: number): Glance;
  countPeople(): { readonly people: number; readonly unsealed: number };
  unsealed(): readonly string[];
  /** Everybody between two pseudonyms, both included. */
  people(first: string, last: string): PeopleSlice;
  peopleAfter(subject: string, most: number): (PeopleSlice & { readonly upTo: string }) | 'end';
  slice(seq: number, most: number): { readonly rows: readonly ReadRow[]; readonly head: SealedHead | undefined };
}

export function createSqliteReader(database: DatabaseSync): SqliteReader {
  const sql = {
    head: database.prepare('SELECT seq, hash, seal FROM ledger_head WHERE one = 1'),
    rowsAfter: database.prepare('SELECT * FROM ledger WHERE seq > ? ORDER BY seq LIMIT ?'),
    hashAt: database.prepare('SELECT hash FROM ledger WHERE seq = ?'),
    notices: database.prepare('SELECT id, material_id, vendor, body FROM notices'),
    count: database.prepare(`
      SELECT count(*) FILTER (WHERE seq > 0) AS people, count(*) FILTER (WHERE seal IS NULL) AS unsealed FROM subjects`),
    unsealed: database.prepare('SELECT subject FROM subjects WHERE seal IS NULL'),
    names: database.prepare(`
      SELECT subject FROM (SELECT DISTINCT subject FROM ledger WHERE subject > ?1 ORDER BY subject LIMIT ?2)
      UNION SELECT subject FROM (SELECT DISTINCT subject FROM standings WHERE subject > ?1 ORDER BY subject LIMIT ?2)
      UNION SELECT subject FROM (SELECT subject FROM subjects WHERE subject > ?1 ORDER BY subject LIMIT ?2)
      ORDER BY subject LIMIT ?2`),
    rowsOf: database.prepare(`
      SELECT l.*, coalesce(n.material_id, '') AS material_id
      FROM ledger l LEFT JOIN notices n ON n.id = l.notice_id
      WHERE l.subject BETWEEN ? AND ? ORDER BY l.subject, l.seq`),
    standings: database.prepare(`
      SELECT t.subject, t.vendor, t.purpose, t.event, t.notice_id, t.at, t.valid_until
      FROM standings t WHERE t.subject BETWEEN ? AND ? ORDER BY t.subject, t.vendor, t.purpose`),
    people: database.prepare(`
      SELECT subject, lookup, key, vendor AS chosen, seq, seal FROM subjects WHERE subject BETWEEN ? AND ?`),
  };
  const head = (): SealedHead | undefined => readHead(sql.head.get());

  function noticesFit(): boolean {
    try {
      for (const row of sql.notices.iterate()) readNotice(row);
      return true;
    } catch (error) {
      if (error instanceof LedgerError) return false;
      throw error;
    }
  }

  function glance(seq: number): Glance {
    if (!schemaFits(database)) return { schemaFits: false };
    const hash = sql.hashAt.get(seq)?.hash;
    return {
      schemaFits: true,
      hash: hash === undefined ? undefined : String(hash),
      noticesFit: noticesFit(),
      head: head(),
    };
  }

  function people(first: string, last: string): PeopleSlice {
    const rows = sql.rowsOf.all(first, last).map((raw): JudgedRow => {
      return { row: readRow(raw), materialId: toText(raw.material_id) };
    });
    const stored = Map.groupBy(sql.standings.all(first, last), ({ subject }) => toText(subject));
    const standings = new Map([...stored].map(([subject, ofPerson]) => [subject, ofPerson.map(readStanding)]));
    const found = sql.people.all(first, last).map((row) => {
      return readPerson(row, toBytes(row.lookup), standings.get(toText(row.subject)) ?? []);
    });
    return { rows, standings, people: found };
  }

  return {
    head,
    rowsAfter: (seq) => readRows(sql.rowsAfter.iterate(seq, -1)),
    glance,
    countPeople() {
      const counted = sql.count.get();
      return { people: toNumber(counted?.people), unsealed: toNumber(counted?.unsealed) };
    },
    unsealed: () => sql.unsealed.all().map(({ subject }) => toText(subject)),
    people,
    peopleAfter(subject, most) {
      const names = sql.names.all(subject, most).map((row) => toText(row.subject));
      const [first, upTo] = [names[0], names.at(-1)];
      return first === undefined || upTo === undefined ? 'end' : { ...people(first, upTo), upTo };
    },
    slice: (seq, most) => ({ rows: [...readRows(sql.rowsAfter.all(seq, most))], head: head() }),
  };
}

/** The same for whoever waits where another process has the file. */
export function asChainReader(reader: SqliteReader, database: DatabaseSync, read: SqliteAccess['read']): ChainReader {
  const together = <Result>(work: () => Result): Promise<Result> => read(() => atOnce(database, work));
  return {
    glance: (seq) => together(() => reader.glance(seq)),
    rowsAfter: (seq, most) => together(() => reader.slice(seq, most)),
    peopleAfter: (subject, most) => together(() => reader.peopleAfter(subject, most)),
  };
}
