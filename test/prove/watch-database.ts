import { DatabaseSync } from 'node:sqlite';
import type { Search, Sighting } from './search';

export interface RowFinding {
  readonly place: string;
  readonly sighting: Sighting;
}

/**
 * Every value of every table of a database, looked at by itself: a value that is packed, or torn over pages, is not
 * seen in the bytes of the file.
 */
export function lookIntoDatabase(path: string, search: Search): { findings: readonly RowFinding[]; rows: number } {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    const findings: RowFinding[] = [];
    let rows = 0;
    for (const { name } of tables) {
      const table = `"${String(name).replaceAll('"', '""')}"`;
      const statement = database.prepare(`SELECT * FROM ${table}`);
      statement.setReadBigInts(true);
      for (const row of statement.iterate()) {
        rows += 1;
        for (const [column, value] of Object.entries(row)) {
          const bytes = value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value));
          const sighting = search.in(bytes);
          if (sighting !== undefined) findings.push({ place: `${String(name)}.${column}`, sighting });
        }
      }
    }
    return { findings, rows };
  } finally {
    database.close();
  }
}
