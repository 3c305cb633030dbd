import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { MIGRATIONS } from '../../src/store/sqlite/migrations';

/** The triggers that keep the ledger's rows, as dejiren makes them. */
const TRIGGERS = MIGRATIONS[0]?.match(/CREATE TRIGGER.*?END;/gsu) ?? [];

/** Edits as whoever has the file would: with the triggers out of the way, and back afterwards. */
export function withoutTriggers(database: DatabaseSync, change: () => void): void {
  database.exec('DROP TRIGGER IF EXISTS ledger_is_append_only; DROP TRIGGER IF EXISTS ledger_keeps_its_rows');
  change();
  const names = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all();
  for (const trigger of TRIGGERS)
    if (!names.some(({ name }) => trigger.includes(` ${String(name)} `))) database.exec(trigger);
}

/** Makes of a database what an earlier version would have written: its tables, and what they held then. */
export function setBack(database: DatabaseSync, version: number): void {
  const tables = tablesOf(database);
  const held = tables.map((table) => ({ table, rows: database.prepare(`SELECT * FROM ${table}`).all() }));
  for (const table of tables) database.exec(`DROP TABLE ${table}`);
  for (const step of MIGRATIONS.slice(0, version)) database.exec(step);
  for (const { table, rows } of held) {
    const columns = database
      .prepare(`SELECT name FROM pragma_table_info('${table}')`)
      .all()
      .map(({ name }) => String(name));
    if (columns.length === 0) continue;
    const put = database.prepare(`INSERT INTO ${table} (${columns.join()}) VALUES (${columns.map(() => '?').join()})`);
    for (const row of rows) put.run(...columns.map((name) => row[name] as SQLInputValue));
  }
  database.exec(`PRAGMA user_version = ${version}`);
}

function tablesOf(database: DatabaseSync): readonly string[] {
  return database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .all()
    .map(({ name }) => String(name));
}
