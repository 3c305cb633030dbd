import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { field } from '../kit/field';

/**
 * Makes a file (mode 0600) that is there whole or not at all, whatever ends the process or the disk, and outlives a
 * power cut. Where another process was quicker, its file stays. Throws as `node:fs` does.
 */
export function writeOnce(path: string, words: string): void {
  const draft = draftOf(path);
  try {
    const file = openSync(draft, 'wx', 0o600);
    try {
      writeFileSync(file, words);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    putInPlace(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
  syncFolder(dirname(path));
  syncFolder(dirname(dirname(path)));
}

/** Takes an empty file out of the way of {@link writeOnce}, and nothing that got content meanwhile. */
export function setAsideEmpty(path: string): void {
  const aside = draftOf(path);
  try {
    renameSync(path, aside);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return;
    throw error;
  }
  try {
    if (statSync(aside).size > 0) putInPlace(aside, path);
  } finally {
    rmSync(aside, { force: true });
  }
}

/** The code of an error of `node:fs`, e.g. `ENOSPC`. */
export function errnoOf(error: unknown): unknown {
  return field(error, 'code');
}

/** A link never replaces what is there. Where the file system has none, a name that is free is taken. */
function putInPlace(draft: string, path: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return;
    if (!NO_LINKS.includes(errnoOf(error))) throw error;
    if (!existsSync(path)) renameSync(draft, path);
  }
}

const NO_LINKS: readonly unknown[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'EMLINK'];

function draftOf(path: string): string {
  return `${path}.${randomBytes(6).toString('hex')}`;
}

/** A new name in a folder outlives a power cut once the folder is synced; not every system lets one. */
function syncFolder(path: string): void {
  try {
    const folder = openSync(path, 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  } catch {
    // Then the file stands as it would without.
  }
}
