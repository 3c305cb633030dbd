import { closeSync, openSync, readSync } from 'node:fs';
import { FileError } from './output';

/** No receipt, head or key set is larger. */
const MOST_BYTES = 1024 * 1024;

/**
 * Reads a small file whole; `-` is standard input. What a shell or npm put around the words is left out. Throws a
 * `FileError` where it cannot be read.
 */
export function readInput(path: string): string {
  try {
    const file = path === '-' ? 0 : openSync(path, 'r');
    const bytes = Buffer.alloc(MOST_BYTES + 1);
    let size = 0;
    for (let read = -1; read !== 0 && size < bytes.length; size += read)
      read = readSync(file, bytes, size, bytes.length - size, null);
    if (file !== 0) closeSync(file);
    if (size <= MOST_BYTES) return plainWords(bytes.subarray(0, size));
  } catch {
    throw new FileError(`${path === '-' ? 'Standard input' : path} cannot be read.`);
  }
  throw new FileError(`${path === '-' ? 'Standard input' : path} is too large to be a receipt, a head or a key set.`);
}

/** UTF-8, or what PowerShell writes: UTF-16 with a byte order mark. Lines that npm prints before a script are left out. */
export function plainWords(bytes: Buffer): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const words = new TextDecoder(utf16 ? 'utf-16le' : 'utf-8').decode(bytes);
  return words.replace(NPM_BANNER, '');
}

/** An empty line, then `> dejiren@0.1.0 dejiren` and `> node dist/main.js …`, for each script. */
const NPM_BANNER = /^(?:\s*> [^\n]*\n)+\s*/u;
