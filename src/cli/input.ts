import { closeSync, openSync, readSync } from 'node:fs';
import { FileError } from './output';

/** More is no receipt, no head and no set of keys. */
const MOST_BYTES = 1024 * 1024;

/** Reads a small file whole; `-` is standard input. Throws a `FileError` where it cannot be read. */
export function readInput(path: string): string {
  try {
    const file = path === '-' ? 0 : openSync(path, 'r');
    const bytes = Buffer.alloc(MOST_BYTES + 1);
    let size = 0;
    for (let read = -1; read !== 0 && size < bytes.length; size += read)
      read = readSync(file, bytes, size, bytes.length - size, null);
    if (file !== 0) closeSync(file);
    if (size <= MOST_BYTES) return bytes.toString('utf8', 0, size);
  } catch {
    throw new FileError(`${path === '-' ? 'Standard input' : path} cannot be read.`);
  }
  throw new FileError(`${path === '-' ? 'Standard input' : path} is too large to be what is asked for.`);
}
