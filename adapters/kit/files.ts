import { readBytes } from '../../src/kit/read-body';
import type { FileReading } from '../../src/model/adapter';
import { Bytes } from '../../src/model/bytes';

/** A file that cannot be read, and why. */
export function unavailable(reason: Extract<FileReading, { kind: 'unavailable' }>['reason']): FileReading {
  return { kind: 'unavailable', reason };
}

/**
 * Reads the bytes that a platform answers with, at most so many, into memory. Never rejects: what `get` rejects with,
 * an abort above all, is a failure.
 *
 * @example
 * readFileFrom(() => fetch(url, { signal }), maxBytes);
 */
export async function readFileFrom(get: () => Promise<Response>, maxBytes: number): Promise<FileReading> {
  try {
    const response = await get();
    if (!response.ok) {
      await response.body?.cancel();
      return unavailable('not-permitted');
    }
    const bytes = await readBytes(response.body, maxBytes);
    return bytes === undefined ? unavailable('too-large') : { kind: 'read', bytes: new Bytes(bytes) };
  } catch {
    return unavailable('failed');
  }
}
