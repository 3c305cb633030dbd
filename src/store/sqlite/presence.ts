import { DatabaseSync } from 'node:sqlite';
import { isLocked } from './access';
import { forOwnerAlone } from './open';

/** Holds a mark, as long as this process lives, by which others see that the database is in use. */
export interface Presence {
  /** Whether another process had the database in use when this one came; `unknown` where no mark can be made. */
  readonly others: 'there' | 'none' | 'unknown';
  close(): void;
}

/**
 * The mark is a lock on an empty file beside the database, which the system lets go of however the process ends. Whoever
 * comes asks for it alone; who gets it only together with others is not the first. It is a database of its own, since
 * the ledger's locks let many in, and nothing is ever written to it.
 */
export function markPresence(path: string): Presence {
  let file: DatabaseSync | undefined;
  try {
    file = forOwnerAlone(() => new DatabaseSync(`${path}-in-use`));
    const others = isAlone(file) ? 'none' : 'there';
    // A transaction that has read keeps its lock until it ends: sqlite.org/lockingv3.html.
    file.exec('BEGIN; SELECT count(*) FROM sqlite_schema');
    return { others, close: () => file?.close() };
  } catch (error) {
    file?.close();
    // Locked: another start asks for it alone at this moment.
    return { others: isLocked(error) ? 'there' : 'unknown', close() {} };
  }
}

function isAlone(file: DatabaseSync): boolean {
  try {
    file.exec('BEGIN EXCLUSIVE; ROLLBACK');
    return true;
  } catch (error) {
    if (isLocked(error)) return false;
    throw error;
  }
}
