import { deriveSigningKeys, type SigningKeys } from '../proof/signing-keys';
import { existingDataKey } from '../settings/data-key';
import type { Settings } from '../settings/settings';
import { openReadOnlyStore } from '../store/open-store';
import type { ReadOnlyStore } from '../store/store';

/** What a command that only looks needs to know of an installation. */
export interface Installation {
  readonly settings: Settings;
  readonly secret: Uint8Array;
  readonly keys: SigningKeys;
}

/** What was installed here, for whoever only looks: undefined where dejiren was never started. */
export function installationOf(settings: Settings): Installation | undefined {
  const secret = existingDataKey(settings);
  return secret && { settings, secret, keys: deriveSigningKeys(secret, settings.signingKey) };
}

/** Gives the store to look at, and closes it; undefined where nothing was ever written. */
export async function looking<Result>(
  installation: Installation | undefined,
  look: (store: ReadOnlyStore | undefined, installation: Installation | undefined) => Promise<Result>,
): Promise<Result> {
  const store =
    installation &&
    (await openReadOnlyStore({ path: installation.settings.databasePath, secret: installation.secret }));
  try {
    return await look(store, installation);
  } finally {
    await store?.close();
  }
}
