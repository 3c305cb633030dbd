import type { DatabaseSync } from 'node:sqlite';
import { pause } from '../../kit/wait';
import type { Log } from '../../log/log';
import { isFailure } from '../../model/errors';
import type { Store } from '../store';
import { StoreError } from '../store-error';
import { PAUSES } from './access';
import { createSqliteAudit } from './audit';
import { createDatabaseFile } from './database-file';
import { createSqliteInputs } from './inputs';
import { createSqliteLedger } from './ledger';
import { openSqlite, storeErrorOf } from './open';
import { markPresence } from './presence';
import { schemaFits } from './schema';

export interface SqliteStoreOptions {
  readonly path: string;
  /** The key of everything that is stored instead of a platform's ids. */
  readonly secret: Uint8Array;
  readonly log: Log;
  /** Milliseconds from one look at the whole ledger to the next. */
  readonly verifyEveryMs?: number;
}

const VERIFY_EVERY_MS = 900_000;
/** After a look that failed: somebody may have kept the file to themselves for long. */
const LOOK_AGAIN_MS = 30_000;

/**
 * Opens the store in one SQLite file: the ledger with full durability, the turns on a second connection without.
 * The chain is followed at once, and everything is looked at in slices afterwards and every now and then; a ledger that
 * does not fit denies everything from then on. Waits for nobody: throws a `StoreError` where the file cannot be used now.
 */
export function createSqliteStore(options: SqliteStoreOptions): Store {
  const opened: DatabaseSync[] = [];
  const open = (durability: 'full' | 'normal'): DatabaseSync => {
    const database = openSqlite(options.path, durability);
    opened.push(database);
    return database;
  };
  try {
    return storeOver(open('full'), open('normal'), options);
  } catch (error) {
    const told = opened.some(isAnothers) ? OTHER_SCHEMA : storeErrorOf(error);
    for (const database of opened) database.close();
    throw told;
  }
}

/** Whether what failed could not even be asked of the tables, since they are others. */
function isAnothers(database: DatabaseSync): boolean {
  try {
    return !schemaFits(database);
  } catch {
    return false;
  }
}

const OTHER_SCHEMA = new StoreError(
  'other-schema',
  'The tables, indexes, triggers or views of the database are not those that dejiren created. Restore a backup.',
);

/** The same, waiting some seconds where another process keeps the file to itself, without standing still. */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  for (const ms of PAUSES)
    try {
      return createSqliteStore(options);
    } catch (error) {
      if (!isFailure(error, 'store', 'locked')) throw error;
      await pause(ms);
    }
  return createSqliteStore(options);
}

function storeOver(durable: DatabaseSync, quick: DatabaseSync, options: SqliteStoreOptions): Store {
  const { secret, log, verifyEveryMs = VERIFY_EVERY_MS } = options;
  const closing = new AbortController();
  const place = createDatabaseFile(options.path, () => log.error('ledger-unreadable', { code: 'moved' }));
  const ledger = createSqliteLedger({
    database: durable,
    secret,
    closing: closing.signal,
    place,
    onBroken: ({ code, seq }) => log.error('ledger-broken', { code, count: seq }),
  });
  const inputs = createSqliteInputs({ database: quick, secret, closing: closing.signal, place });

  /** Looks at all of it, and again after a while, until it is broken or closed. */
  const look = (): void => {
    if (closing.signal.aborted) return;
    ledger.verify(closing.signal).then(
      (result) => {
        ledger.setUnreadable(false);
        if (result.intact) setTimeout(look, verifyEveryMs).unref();
      },
      () => {
        if (closing.signal.aborted) return;
        ledger.setUnreadable(true);
        log.error('ledger-unreadable');
        setTimeout(look, Math.min(verifyEveryMs, LOOK_AGAIN_MS)).unref();
      },
    );
  };
  const audit = createSqliteAudit(durable);
  const presence = markPresence(options.path);
  if (presence.others === 'none') inputs.releaseAll();
  setImmediate(look);

  return {
    ledger,
    audit,
    inputs,
    shared: presence.others === 'there',
    async ready() {
      try {
        durable.prepare('SELECT 1').get();
        return place.isOurs();
      } catch {
        return false;
      }
    },
    async close() {
      closing.abort();
      inputs.close();
      quick.close();
      durable.close();
      presence.close();
    },
  };
}
