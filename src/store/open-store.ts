import type { Log } from '../log/log';
import { openReadOnlySqliteStore } from './sqlite/read-only';
import { openSqliteStore } from './sqlite/store';
import type { ReadOnlyStore, Store } from './store';

export interface StoreOptions {
  /** The SQLite file. */
  readonly path: string;
  /** The key of everything that is stored instead of a platform's ids. */
  readonly secret: Uint8Array;
}

/**
 * Opens the store to serve, and makes it where there is none. Rejects with a `StoreError` where it cannot be used.
 *
 * @example
 * const store = await openStore({ path: settings.databasePath, secret, log });
 */
export function openStore(options: StoreOptions & { readonly log: Log }): Promise<Store> {
  return openSqliteStore(options);
}

/**
 * Opens the store to look at it, and makes nothing: undefined where nothing was ever written. Rejects with a `StoreError`
 * where it cannot be read.
 */
export function openReadOnlyStore({ path, secret }: StoreOptions): Promise<ReadOnlyStore | undefined> {
  return openReadOnlySqliteStore(path, secret);
}
