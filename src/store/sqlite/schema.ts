import { DatabaseSync } from 'node:sqlite';
import { BrokenLedger } from '../../consent/chain/fault';
import { MIGRATIONS } from './migrations';

/**
 * Whether the tables, indexes and triggers of a database are those that the migrations make, and no others: a view or a
 * trigger that somebody added could change what is read or written behind our back.
 */
export function schemaFits(database: DatabaseSync): boolean {
  const expected = new Set(expectedSchema());
  const found = schemaOf(database).filter((one) => !STATISTICS.includes(one));
  return found.length === expected.size && found.every((one) => expected.has(one));
}

/** What `ANALYZE` makes, which changes no answer: sqlite.org/fileformat2.html, section 2.6. */
const STATISTICS = [
  'table|sqlite_stat1|sqlite_stat1|CREATE TABLE sqlite_stat1(tbl,idx,stat)',
  'table|sqlite_stat4|sqlite_stat4|CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)',
];

let expected: readonly string[] | undefined;

function expectedSchema(): readonly string[] {
  if (expected !== undefined) return expected;
  const database = new DatabaseSync(':memory:');
  for (const step of MIGRATIONS) database.exec(step);
  expected = schemaOf(database);
  database.close();
  return expected;
}

function schemaOf(database: DatabaseSync): readonly string[] {
  return database
    .prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema')
    .all()
    .map(({ type, name, tbl_name, sql }) => [type, name, tbl_name, plain(String(sql ?? ''))].join('|'));
}

/** Releases of SQLite quote and space names differently where they write a statement anew after a change. */
function plain(sql: string): string {
  return sql
    .replaceAll('"', '')
    .replace(/\s+/gu, ' ')
    .replace(/ ?([(),]) ?/gu, '$1')
    .trim();
}

/** Looks whether the schema is dejiren's own each time that it changed. */
export interface SchemaGuard {
  /** A number that changes with every change of the schema, whoever makes it. */
  version(): unknown;
  /** Somebody found that the schema of this number fits. */
  fitsAt(version: unknown): void;
  /**
   * Throws a `BrokenLedger` where the schema does not fit: a trigger that somebody added while this runs would act on
   * what is written. `seq`: where the chain stands.
   */
  check(seq: number): void;
}

export function createSchemaGuard(database: DatabaseSync): SchemaGuard {
  const sql = database.prepare('PRAGMA schema_version');
  const version = (): unknown => sql.get()?.schema_version;
  let known: unknown;
  return {
    version,
    fitsAt(found) {
      known = found;
    },
    check(seq) {
      const found = version();
      if (found === known) return;
      if (!schemaFits(database)) throw new BrokenLedger('schema-changed', seq);
      known = found;
    },
  };
}
