import type { DatabaseSync } from 'node:sqlite';

/** Reads several tables as they are at one moment: another process may be writing. */
export function atOnce<Result>(database: DatabaseSync, read: () => Result): Result {
  if (database.isTransaction) return read();
  database.exec('BEGIN');
  try {
    return read();
  } finally {
    database.exec('COMMIT');
  }
}
