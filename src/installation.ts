import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';
import type { Log } from './log/log';
import { deriveSigningKeys, type SigningKeys } from './proof/signing-keys';
import { dataKey, existingDataKey } from './settings/data-key';
import { loadSettings } from './settings/load-settings';
import type { Settings } from './settings/settings';
import { openReadOnlyStore, type ReadOnlyStore } from './store/sqlite/read-only';
import { openSqliteStore, type Store } from './store/sqlite/store';

/** Throws a `SettingsError` where they do not fit. */
export function readSettings(): Settings {
  return loadSettings({
    environment: process.env,
    workingDir: process.cwd(),
    readFile: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined),
  });
}

/** Opens the store to serve; the key and the database are made where there is none. */
export function openStore(settings: Settings, log: Log): Promise<Store> {
  return openSqliteStore({ path: settings.databasePath, secret: secretOf(settings), log });
}

/** What receipts, exports and heads are signed with. */
export function signingKeysOf(settings: Settings): SigningKeys {
  return deriveSigningKeys(secretOf(settings), settings.signingKey);
}

/** What a command that only looks needs to know of an installation. */
export interface Installation {
  readonly settings: Settings;
  readonly secret: Uint8Array;
  readonly keys: SigningKeys;
}

/** What was installed here, for whoever only looks: undefined where dejiren was never started. */
export function installationOf(settings: Settings): Installation | undefined {
  const { dataDir, databasePath, signingKey } = settings;
  const secret = existingDataKey(dataDir, databasePath, settings.secret);
  return secret && { settings, secret, keys: deriveSigningKeys(secret, signingKey) };
}

/** Gives the store to look at, and closes it; undefined where nothing was ever written. */
export async function looking<Result>(
  installation: Installation | undefined,
  look: (store: ReadOnlyStore | undefined, installation: Installation | undefined) => Promise<Result>,
): Promise<Result> {
  const store = installation && openReadOnlyStore(installation.settings.databasePath, installation.secret);
  try {
    return await look(store, installation);
  } finally {
    store?.close();
  }
}

function secretOf({ dataDir, databasePath, secret }: Settings): Uint8Array {
  return dataKey(dataDir, databasePath, secret);
}
