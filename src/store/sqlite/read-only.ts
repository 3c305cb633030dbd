import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { BrokenLedger } from '../../consent/chain/fault';
import { EMPTY } from '../../consent/chain/row';
import { verifyLedger } from '../../consent/chain/verify';
import { createSeals } from '../seals';
import type { ReadOnlyStore } from '../store';
import { StoreError } from '../store-error';
import { createSqliteAccess } from './access';
import { createSqliteAudit } from './audit';
import { MIGRATIONS } from './migrations';
import { createSqliteNotices, type SqliteNotices } from './notices';
import { storeErrorOf, versionOf } from './open';
import { asChainReader, createSqliteReader } from './reader';
import { schemaFits } from './schema';

/** How long a look waits for another process, in milliseconds: it is the only work of its own process. */
const BUSY_MS = 5_000;

const OLDER = new StoreError(
  'older-schema',
  'The database is from an earlier version. Start this version of dejiren once to upgrade it.',
);

/**
 * Opens the store to look at it, beside a running dejiren or without one: it makes and changes no file, and brings no
 * schema up to date. Undefined where there is no database. Rejects with a `StoreError` where it cannot be read, or where
 * another version wrote it.
 */
export async function openReadOnlySqliteStore(path: string, secret: Uint8Array): Promise<ReadOnlyStore | undefined> {
  if ((sizeOf(path) ?? 0) === 0) return undefined;
  let database: DatabaseSync | undefined;
  try {
    const inUse = isInUse(path);
    database = openAsItIs(path, inUse);
    if (versionOf(database) < MIGRATIONS.length) throw OLDER;
    return storeOver(database, secret, async () =>
      isInUse(path) && !inUse ? openReadOnlySqliteStore(path, secret) : undefined,
    );
  } catch (error) {
    database?.close();
    throw storeErrorOf(error);
  }
}

/**
 * Who reads a database with a write-ahead log makes the log, unless told that nobody writes. Nobody does where there is
 * no log: whoever has the database open has one. Source: "Read-Only Databases", sqlite.org/wal.html.
 */
function openAsItIs(path: string, inUse: boolean): DatabaseSync {
  const place = pathToFileURL(path);
  if (!inUse) place.searchParams.set('immutable', '1');
  return new DatabaseSync(place, { readOnly: true, timeout: BUSY_MS });
}

function isInUse(path: string): boolean {
  return sizeOf(`${path}-wal`) !== undefined;
}

function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}

/** `again`: the store opened anew, where somebody began to write it since: then what did not fit may have been half written. */
function storeOver(
  database: DatabaseSync,
  secret: Uint8Array,
  again: () => Promise<ReadOnlyStore | undefined>,
): ReadOnlyStore {
  const never = new AbortController().signal;
  const access = createSqliteAccess(database, never);
  // What is asked of tables that are not ours could not even be put to them: it is prepared when it is needed.
  const ours = schemaFits(database);
  const notices = <Result>(read: (from: SqliteNotices) => Result): Promise<Result> =>
    access.read(() => {
      if (!ours) throw new BrokenLedger('schema-changed', 0);
      return read(createSqliteNotices(database));
    });
  return {
    ledger: {
      async verify(signal = never) {
        if (!ours) return new BrokenLedger('schema-changed', 0).fault;
        const reader = asChainReader(createSqliteReader(database), database, access.read);
        const result = await verifyLedger(reader, { seals: createSeals(secret), known: EMPTY, signal });
        const anew = result.intact ? undefined : await again();
        if (anew === undefined) return result;
        return anew.ledger.verify(signal).finally(anew.close);
      },
      notice: (id) => notices((from) => from.get(id)),
      noticesAgreedTo: () => notices((from) => from.agreedTo()),
    },
    get audit() {
      return createSqliteAudit(database);
    },
    close: async () => database.close(),
  };
}
