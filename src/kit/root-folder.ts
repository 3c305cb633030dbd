import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The nearest folder with a package.json, from a folder upwards: the same from `src` as from `dist`. There must be one.
 *
 * @example
 * const root = rootFolder(__dirname);
 */
export function rootFolder(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : rootFolder(dirname(folder));
}
