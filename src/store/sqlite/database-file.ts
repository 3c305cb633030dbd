import { statSync } from 'node:fs';
import { StoreError } from '../store-error';

/**
 * Holds a database to the files that it was opened on. Where somebody removes the folder while dejiren runs, or puts a
 * backup in its place, SQLite goes on writing to files that have no name any more: what is told as written then would
 * be gone with the process.
 *
 * SQLite looks for that itself only where it has no write-ahead log. It is told by the number that SQLite compares as
 * well, and without opening anything. Source: "How To Corrupt An SQLite Database File", section 2.4,
 * sqlite.org/howtocorrupt.html.
 */
export interface DatabaseFile {
  isOurs(): boolean;
  /** Throws a `StoreError` of the code `moved` where it is not. */
  check(): void;
}

/** Made after the database at the path was opened. `onMoved`: called once. */
export function createDatabaseFile(path: string, onMoved: () => void): DatabaseFile {
  const known = new Map<string, bigint>();
  let isTold = false;

  /** The log is made with the first read, and so is known from when it is seen first. */
  function isSame(file: string): boolean {
    const now = numberOf(file);
    const before = known.get(file);
    if (before !== undefined) return now === before;
    if (now !== undefined) known.set(file, now);
    return true;
  }

  const isOurs = (): boolean => isSame(path) && isSame(`${path}-wal`);
  isOurs();

  return {
    isOurs,
    check() {
      if (isOurs()) return;
      if (!isTold) onMoved();
      isTold = true;
      throw new StoreError(
        'moved',
        'The database file has been moved or replaced. Put it back, with the files beside it, or restart dejiren.',
      );
    },
  };
}

function numberOf(file: string): bigint | undefined {
  try {
    return statSync(file, { bigint: true, throwIfNoEntry: false })?.ino;
  } catch {
    return undefined;
  }
}
