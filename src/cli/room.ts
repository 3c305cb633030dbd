import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Less is not enough for a database and its log. */
const LEAST_BYTES = 1024 * 1024;

/** Whether a file could be made or written at a path, told without making anything. */
export function roomFor(path: string): 'enough' | 'not-writable' | 'full' {
  let folder = dirname(resolve(path));
  while (!existsSync(folder)) folder = dirname(folder);
  try {
    if (!statSync(folder).isDirectory()) return 'not-writable';
    accessSync(folder, constants.W_OK | constants.X_OK);
    if (existsSync(path)) accessSync(path, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < LEAST_BYTES ? 'full' : 'enough';
  } catch {
    return 'not-writable';
  }
}
