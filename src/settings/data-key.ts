import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openSecret } from '../model/secret';
import { type Settings, SettingsError } from './settings';
import { errnoOf, setAsideEmpty, writeOnce } from './write-once';

const FILE = 'secret';

type KeySettings = Pick<Settings, 'dataDir' | 'databasePath' | 'secret'>;

/**
 * The key of everything that is stored instead of a platform's ids: `DEJIREN_SECRET`, or the one in the data folder
 * (mode 0600), which is made where there is no database yet. Throws a `SettingsError` where the folder cannot be used,
 * and where the key of the database is gone: under another one nobody's agreement or withdrawal would be found.
 */
export function dataKey({ dataDir, databasePath, secret: given }: KeySettings): Uint8Array {
  if (given !== undefined) return Buffer.from(openSecret(given), 'utf8');
  const path = join(dataDir, FILE);
  try {
    const size = sizeOf(path);
    refuseLost(path, databasePath);
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    chmodSync(dataDir, 0o700);
    // A start on a full disk may have left one without a word in it, and nothing was ever stored under that.
    if (size === 0) setAsideEmpty(path);
    if (size) chmodSync(path, 0o600);
    else writeOnce(path, randomBytes(32).toString('base64'));
    return readKey(path);
  } catch (error) {
    if (error instanceof SettingsError) throw error;
    throw errnoOf(error) === 'ENOSPC'
      ? fault('DEJIREN_DATA_DIR', 'is on a disk that is full', 'a folder on a disk with a few megabytes free')
      : fault('DEJIREN_DATA_DIR', 'is not writable', 'a folder that this user owns, like ./.dejiren');
  }
}

/**
 * The same for commands that only read: nothing is created or changed. Undefined where there is no key yet, and no database
 * that needs one.
 */
export function existingDataKey({ dataDir, databasePath, secret: given }: KeySettings): Uint8Array | undefined {
  if (given !== undefined) return Buffer.from(openSecret(given), 'utf8');
  const path = join(dataDir, FILE);
  try {
    refuseLost(path, databasePath);
    return sizeOf(path) ? readKey(path) : undefined;
  } catch (error) {
    if (error instanceof SettingsError) throw error;
    throw fault('DEJIREN_DATA_DIR', 'is not readable', 'a folder that this user owns, like ./.dejiren');
  }
}

/** Under another key nobody's agreement or withdrawal would be found. Another start makes the key before the database. */
function refuseLost(path: string, databasePath: string): void {
  const [inUse, size] = [(sizeOf(databasePath) ?? 0) > 0, sizeOf(path)];
  if (inUse && !size)
    throw fault(
      'DEJIREN_SECRET',
      `is not set, and the key file of the database, ${path}, is ${size === 0 ? 'empty' : 'missing'}; restore it from a backup, or move the database away to start over`,
      'the secret that this database was created with',
    );
}

function readKey(path: string): Uint8Array {
  const key = readFileSync(path, 'utf8').trim();
  // A power cut may have left zeros where words were.
  if (key.length >= 32 && !key.includes('\0')) return Buffer.from(key, 'utf8');
  throw fault(
    'DEJIREN_SECRET',
    'the key in the data folder is too short or damaged; restore it from a backup',
    'the output of: openssl rand -base64 32',
  );
}

/** In bytes; undefined where there is no such file. */
function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}

function fault(name: string, problem: string, example: string): SettingsError {
  return new SettingsError([{ name, problem, example }]);
}
