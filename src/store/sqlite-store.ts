import type { DatabaseSync } from 'node:sqlite';
import type { LedgerAudit } from '../consent/audit';
import type { Ledger } from '../consent/ledger';
import type { TurnRegister } from '../dispatch/admit';
import type { Log } from '../log/log';
import { createSqliteAudit } from './sqlite-audit';
import { createSqliteInputs } from './sqlite-inputs';
import { createSqliteLedger } from './sqlite-ledger';
import { openSqlite, storeErrorOf } from './sqlite-open';

/** What dejiren keeps, behind its ports. */
export interface Store {
  readonly ledger: Ledger;
  readonly audit: LedgerAudit;
  /** Of everything that a person did and that must have its effect once: questions, commands, presses. */
  readonly inputs: TurnRegister;
  /** Whether the store can be read now. */
  ready(): boolean;
  close(): void;
}

export interface SqliteStoreOptions {
  readonly path: string;
  /** The key of everything that is stored instead of a platform's ids. */
  readonly secret: Uint8Array;
  readonly log: Log;
  /** Milliseconds from one look at the whole ledger to the next. */
  readonly verifyEveryMs?: number;
}

const VERIFY_EVERY_MS = 900_000;

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
    for (const database of opened) database.close();
    throw storeErrorOf(error);
  }
}

function storeOver(durable: DatabaseSync, quick: DatabaseSync, options: SqliteStoreOptions): Store {
  const { secret, log, verifyEveryMs = VERIFY_EVERY_MS } = options;
  const closing = new AbortController();
  const ledger = createSqliteLedger({
    database: durable,
    secret,
    closing: closing.signal,
    onBroken: ({ code, seq }) => log.error('ledger-broken', { code, count: seq }),
  });
  const inputs = createSqliteInputs(quick, secret, closing.signal);

  /** Looks at all of it, and again after a while, until it is broken or closed. */
  const look = (): void => {
    if (closing.signal.aborted) return;
    ledger.verify(closing.signal).then(
      (result) => {
        if (result.intact) setTimeout(look, verifyEveryMs).unref();
      },
      () => {
        if (closing.signal.aborted) return;
        ledger.deny();
        log.error('ledger-unreadable');
      },
    );
  };
  setImmediate(look);

  return {
    ledger,
    audit: createSqliteAudit(durable),
    inputs,
    ready() {
      try {
        durable.prepare('SELECT 1').get();
        return true;
      } catch {
        return false;
      }
    },
    close() {
      closing.abort();
      inputs.close();
      quick.close();
      durable.close();
    },
  };
}
