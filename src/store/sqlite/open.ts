import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { field } from '../../kit/field';
import { StoreError } from '../store-error';
import { MIGRATIONS } from './migrations';

/**
 * Opens the database file, made with mode 0600 in a folder with mode 0700 where it is missing, and brings its
 * schema up to date. It waits for no other process, now or later (`sqlite-access.ts`): throws a `StoreError` of
 * the code `locked` where one holds the file.
 *
 * Only SQLite opens the file. POSIX drops all of a process's locks on a file when it closes any descriptor of it, and
 * without its lock a running dejiren would lose its write-ahead log to the next program that closes the database.
 * Source: "How To Corrupt An SQLite Database File", section 2.2, sqlite.org/howtocorrupt.html.
 *
 * `full` loses nothing on power loss (`synchronous=FULL`); `normal` may lose the last moments, and never the file.
 * Source: "PRAGMA synchronous", sqlite.org/pragma.html.
 */
export function openSqlite(path: string, durability: 'full' | 'normal'): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    return forOwnerAlone(() => {
      makeRoom(path);
      database = new DatabaseSync(path, { timeout: 0 });
      database.exec('PRAGMA journal_mode = WAL');
      database.exec(`PRAGMA synchronous = ${durability}`);
      database.exec('PRAGMA secure_delete = ON');
      database.exec('PRAGMA temp_store = MEMORY');
      migrate(database);
      return database;
    });
  } catch (error) {
    database?.close();
    throw storeErrorOf(error);
  }
}

/** What SQLite makes meanwhile is for the owner alone. Nothing else runs before the mask is back. */
export function forOwnerAlone<Result>(make: () => Result): Result {
  const mask = process.umask(0o077);
  try {
    return make();
  } finally {
    process.umask(mask);
  }
}

/** Makes the folder, and closes to others what is there already. */
function makeRoom(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    for (const end of ['', '-wal', '-shm']) {
      const mode = statSync(path + end, { throwIfNoEntry: false })?.mode ?? 0;
      if ((mode & 0o077) !== 0) chmodSync(path + end, 0o600);
    }
  } catch {
    throw new StoreError('not-writable', 'The data folder is not writable. Check DEJIREN_DATA_DIR and its owner.');
  }
}

/** How many steps of the schema were taken. Throws a `StoreError` where it is more than this version knows. */
export function versionOf(database: DatabaseSync): number {
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
  if (version <= MIGRATIONS.length) return version;
  throw new StoreError(
    'newer-schema',
    'The database is from a newer version of dejiren. Run that version, or restore a backup.',
  );
}

function migrate(database: DatabaseSync): void {
  if (versionOf(database) === MIGRATIONS.length) return;
  database.exec('BEGIN EXCLUSIVE');
  try {
    // Another start may have been quicker.
    for (const step of MIGRATIONS.slice(versionOf(database))) database.exec(step);
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    database.exec('COMMIT');
  } catch (error) {
    // SQLite has rolled back itself where the disk is full.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/**
 * What an operator is told of a fault of SQLite's: nothing of its own words.
 * Result codes: "Result and Error Codes", sqlite.org/rescode.html.
 */
export function storeErrorOf(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const code = Number(field(error, 'errcode') ?? 0) & 0xff;
  switch (code) {
    case 5:
    case 6:
      return new StoreError(
        'locked',
        'Another process has locked the database. Stop it, or use another DEJIREN_DATA_DIR.',
      );
    // Somebody else's tables (1), a damaged page (11), no database at all (26).
    case 1:
    case 11:
    case 26:
      return new StoreError(
        'not-a-database',
        'The database file is damaged, or is not a database. Restore a backup, or move the file away.',
      );
    case 8:
    case 14:
      return new StoreError('not-writable', 'The database file is not writable. Check its owner and mode.');
    case 13:
      return new StoreError('disk-full', 'The disk is full. Free some space, then restart dejiren.');
    default:
      return new StoreError(
        'unavailable',
        'The database cannot be opened. Check the data folder and the free disk space.',
      );
  }
}
