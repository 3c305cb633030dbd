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
    if (response.ok) return await readUpTo(maxBytes, response);
    await response.body?.cancel();
    return unavailable('not-permitted');
  } catch {
    return unavailable('failed');
  }
}

async function readUpTo(maxBytes: number, response: Response): Promise<FileReading> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > maxBytes) return unavailable('too-large');
    chunks.push(chunk);
  }
  return { kind: 'read', bytes: new Bytes(Buffer.concat(chunks)) };
}
