import { closeSync, openSync, writeSync } from 'node:fs';

/** A file could not be read or made. `advice` is a whole sentence for the operator. */
export class FileError extends Error {
  readonly advice: string;

  constructor(advice: string) {
    super('file');
    this.name = 'FileError';
    this.advice = advice;
  }
}

/**
 * Gives words to `print`, or to a file that is made for it (mode 0600): one that is there already is never written to.
 * Throws a `FileError` where it cannot be made.
 */
export function toOutput(path: string | undefined, print: (line: string) => void, lines: Iterable<string>): void {
  if (path === undefined) {
    for (const line of lines) print(line);
    return;
  }
  const file = create(path);
  try {
    for (const line of lines) writeSync(file, `${line}\n`);
  } finally {
    closeSync(file);
  }
  print(`Written to ${path}.`);
}

function create(path: string): number {
  try {
    return openSync(path, 'wx', 0o600);
  } catch (error) {
    const exists = typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST';
    throw new FileError(
      exists ? `${path} is there already, and nothing was written. Name another file.` : `${path} cannot be written.`,
    );
  }
}
