import type { IncomingMessage } from 'node:http';

/** The platforms' largest payloads are far below it. */
const MAX_BODY_BYTES = 1024 * 1024;
/** Beyond this the sender is hung up on. */
const MAX_DROPPED_BYTES = 16 * MAX_BODY_BYTES;

/**
 * Undefined for a body that is too large. What is over the size is let through and dropped, up to a bound: a socket
 * closed while the sender still writes would be reset, and the refusal never read.
 */
export function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
      else chunks = [];
      if (bytes > MAX_DROPPED_BYTES) request.destroy();
    });
    request.on('end', () => resolve(bytes > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('close', () => resolve(undefined));
  });
}
