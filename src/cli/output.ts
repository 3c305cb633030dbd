import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { field } from '../kit/field';
import { DejirenError } from '../model/errors';

/** A file could not be read or made. `advice` is a whole sentence for the operator. */
export class FileError extends DejirenError<'file', 'failed'> {
  constructor(advice: string) {
    super('FileError', 'file', 'failed', advice);
  }
}

/**
 * Gives words to `print`, or to a file that is made for it (mode 0600): one that is there already is never written to,
 * and one that cannot be written whole is taken away again. Rejects with a `FileError` where it cannot be made.
 */
export async function toOutput(
  path: string | undefined,
  print: (line: string) => void,
  lines: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  if (path === undefined) {
    for await (const line of lines) print(line);
    return;
  }
  const file = create(path);
  let whole = false;
  try {
    for await (const line of lines) write(file, `${line}\n`, path);
    sync(file, path);
    whole = true;
  } finally {
    closeSync(file);
    if (!whole) rmSync(path, { force: true });
  }
  print(`Written to ${path}.`);
}

function write(file: number, words: string, path: string): void {
  const bytes = Buffer.from(words);
  try {
    // On a disk that is nearly full a part may be written without an error.
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
  } catch {
    throw new FileError(`${path} could not be written completely. Is the disk full?`);
  }
}

function sync(file: number, path: string): void {
  try {
    fsyncSync(file);
  } catch (error) {
    // A pipe or a device has nothing to sync.
    if (field(error, 'code') !== 'EINVAL')
      throw new FileError(`${path} could not be written completely. Is the disk full?`);
  }
}

function create(path: string): number {
  try {
    return openSync(path, 'wx', 0o600);
  } catch (error) {
    const exists = field(error, 'code') === 'EEXIST';
    throw new FileError(
      exists ? `${path} already exists, so nothing was written. Choose another file.` : `${path} cannot be written.`,
    );
  }
}
