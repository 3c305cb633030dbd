import type { DatabaseSync } from 'node:sqlite';
import { field } from '../../kit/field';
import { pause } from '../../kit/wait';

/**
 * Reads and writes a database that other processes write too, without ever standing still for them: SQLite itself is
 * told not to wait, and what finds the file locked is tried again a little later, while other work goes on.
 *
 * What finds it free is done before the call returns. Rejects with SQLite's own error where the file stays locked for
 * some five seconds, and where `closing` is aborted.
 */
export interface SqliteAccess {
  read<Result>(work: () => Result): Promise<Result>;
  /** In one transaction; writes are done in the order in which they were asked for. `work` may be called again. */
  write<Result>(work: () => Result, end?: WriteEnd<Result>): Promise<Result>;
  /** At once or not at all: throws where the file is locked. */
  writeNow<Result>(work: () => Result): Result;
  /** Writes that wait for the file. */
  readonly waiting: number;
}

/** What is done when a write has ended, before its promise settles. */
export interface WriteEnd<Result> {
  committed(result: Result): void;
  rolledBack(): void;
}

export interface SqliteAccessOptions {
  readonly pauses?: readonly number[];
  /** Called before everything that is read or written, which is not done where it throws. */
  readonly check?: () => void;
}

/** Milliseconds from one attempt to the next: some five seconds in all. */
export const PAUSES: readonly number[] = [1, 2, 5, 10, 20, ...Array.from<number>({ length: 100 }).fill(50)];

export function createSqliteAccess(
  database: DatabaseSync,
  closing: AbortSignal,
  { pauses = PAUSES, check = () => {} }: SqliteAccessOptions = {},
): SqliteAccess {
  /** Settles when every write before has; undefined where none waits. */
  let queue: Promise<unknown> | undefined;
  let waiting = 0;

  async function retry<Result>(work: () => Result): Promise<Result> {
    for (const ms of pauses) {
      await pause(ms, closing, { idle: true });
      closing.throwIfAborted();
      const tried = attempt(work);
      if (tried !== LOCKED) return tried.result;
    }
    return work();
  }

  function transaction<Result>(work: () => Result, end: WriteEnd<Result> | undefined): Result {
    const result = commit(work, end);
    end?.committed(result);
    return result;
  }

  function commit<Result>(work: () => Result, end: WriteEnd<Result> | undefined): Result {
    database.exec('BEGIN IMMEDIATE');
    try {
      check();
      const result = work();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      end?.rolledBack();
      // SQLite has rolled back itself where the disk is full.
      if (database.isOpen && database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }

  return {
    async read(work) {
      const once = () => {
        check();
        return work();
      };
      const tried = attempt(once);
      return tried === LOCKED ? retry(once) : tried.result;
    },
    async write(work, end) {
      const once = () => transaction(work, end);
      if (queue === undefined) {
        const tried = attempt(once);
        if (tried !== LOCKED) return tried.result;
      }
      waiting += 1;
      const done = (queue ?? Promise.resolve()).then(() => retry(once));
      const settled = done
        .then(
          () => undefined,
          () => undefined,
        )
        .then(() => {
          waiting -= 1;
          if (queue === settled) queue = undefined;
        });
      queue = settled;
      return done;
    },
    writeNow: (work) => transaction(work, undefined),
    get waiting() {
      return waiting;
    },
  };
}

const LOCKED = Symbol('locked');

function attempt<Result>(work: () => Result): { readonly result: Result } | typeof LOCKED {
  try {
    return { result: work() };
  } catch (error) {
    if (isLocked(error)) return LOCKED;
    throw error;
  }
}

/** SQLITE_BUSY and SQLITE_LOCKED, sqlite.org/rescode.html. */
export function isLocked(error: unknown): boolean {
  const code = Number(field(error, 'errcode') ?? 0) & 0xff;
  return code === 5 || code === 6;
}
