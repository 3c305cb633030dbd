import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSecret, type Secret } from './secret-value';
import { SettingsError } from './settings';

const FILE = 'secret';

/**
 * The key of everything that is stored instead of a platform's ids: `DEJIREN_SECRET`, or the one in the data folder
 * (mode 0600), which is made where there is no database yet. Throws a `SettingsError` where the folder cannot be used,
 * and where the key of the database is gone: under another one nobody's agreement or withdrawal would be found.
 */
export function dataKey(dataDir: string, databasePath: string, given: Secret | undefined): Uint8Array {
  if (given !== undefined) return Buffer.from(openSecret(given), 'utf8');
  const path = join(dataDir, FILE);
  try {
    // In this order: another start makes the key before the database.
    if (hasContent(databasePath) && !existsSync(path))
      throw new SettingsError([
        {
          name: 'DEJIREN_SECRET',
          problem: `is missing, and so is the key of the database in ${path}; restore it from a backup, or move the database away to begin anew`,
          example: 'the secret that this database was made with',
        },
      ]);
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    chmodSync(dataDir, 0o700);
    try {
      writeFileSync(path, randomBytes(32).toString('base64'), { flag: 'wx', mode: 0o600 });
    } catch (error) {
      if (!(typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST')) throw error;
      chmodSync(path, 0o600);
    }
    const key = readFileSync(path, 'utf8').trim();
    if (key.length >= 32) return Buffer.from(key, 'utf8');
  } catch (error) {
    if (error instanceof SettingsError) throw error;
    throw new SettingsError([
      {
        name: 'DEJIREN_DATA_DIR',
        problem: 'cannot be written',
        example: 'a folder that this user owns, like ./.dejiren',
      },
    ]);
  }
  throw new SettingsError([
    {
      name: 'DEJIREN_SECRET',
      problem: 'the key in the data folder is too short; restore it from a backup',
      example: ENVIRONMENT_EXAMPLE,
    },
  ]);
}

/** Whether there is a key already, so that asking for it makes none. */
export function hasDataKey(dataDir: string, given: Secret | undefined): boolean {
  return given !== undefined || existsSync(join(dataDir, FILE));
}

function hasContent(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

const ENVIRONMENT_EXAMPLE = 'the output of: openssl rand -base64 32';
