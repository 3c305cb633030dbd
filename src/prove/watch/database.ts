import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Search, Sighting } from './search';

export interface RowFinding {
  readonly place: string;
  readonly sighting: Sighting;
}

export interface DatabaseLook {
  readonly findings: readonly RowFinding[];
  readonly rows: number;
  /** Databases that could not be read, and why. */
  readonly troubles: readonly string[];
}

/** What every file of SQLite begins with. Source: "Database File Format", sqlite.org/fileformat2.html. */
const MAGIC = 'SQLite format 3\0';

/** Looks into each of these files that is a database. */
export function lookIntoDatabases(paths: readonly string[], search: Search): DatabaseLook {
  const databases = paths.filter(isDatabase);
  const looked = databases.map((path): DatabaseLook => {
    try {
      return { ...lookIntoDatabase(path, search), troubles: [] };
    } catch (error) {
      const why = error instanceof Error ? error.message : 'an error';
      return { findings: [], rows: 0, troubles: [`the database “${basename(path)}” could not be read: ${why}`] };
    }
  });
  return {
    findings: looked.flatMap(({ findings }) => findings),
    rows: looked.reduce((sum, { rows }) => sum + rows, 0),
    troubles: [
      ...looked.flatMap(({ troubles }) => troubles),
      ...(databases.length === 0 ? ['the database was not found'] : []),
    ],
  };
}

function isDatabase(path: string): boolean {
  try {
    const file = openSync(path, 'r');
    try {
      const head = Buffer.alloc(MAGIC.length);
      readSync(file, head, 0, head.length, 0);
      return head.toString('latin1') === MAGIC;
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  }
}

/**
 * Every value of every table of a database, looked at by itself: a value that is packed, or torn over pages, is not
 * seen in the bytes of the file.
 */
function lookIntoDatabase(path: string, search: Search): Pick<DatabaseLook, 'findings' | 'rows'> {
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
