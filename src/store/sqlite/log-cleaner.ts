import type { DatabaseSync } from 'node:sqlite';

/** Takes what was erased out of the write-ahead log. */
export interface LogCleaner {
  /** Something was erased, in a transaction that is not committed yet. */
  erased(): void;
  committed(): void;
}

const AGAIN_MS = 1_000;

/**
 * A key that was destroyed is overwritten in the file by secure_delete, and in the log only by truncating it. That
 * cannot be done while another process reads or writes, and nobody waits for it here: it is tried again with the next
 * write, and every second. It is done at once as well, since a process that died right after an erasure could not.
 */
export function createLogCleaner(database: DatabaseSync, closing: AbortSignal): LogCleaner {
  const truncate = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)');
  let left = true;
  let again: NodeJS.Timeout | undefined;

  function clean(): void {
    clearTimeout(again);
    if (closing.aborted) return;
    try {
      left = truncate.get()?.busy !== 0;
    } catch {
      // What was committed stays committed, and is answered as such.
      left = true;
    }
    if (left) again = setTimeout(clean, AGAIN_MS).unref();
  }

  closing.addEventListener('abort', () => clearTimeout(again), { once: true });
  clean();
  return {
    erased() {
      left = true;
    },
    committed() {
      if (left) clean();
    },
  };
}
