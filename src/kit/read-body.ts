import type { IncomingMessage } from 'node:http';

/** The platforms' largest payloads are far below it. */
const MOST_REQUEST_BYTES = 1024 * 1024;
/** Bytes that are let through and dropped after a request's bound; then the sender is hung up on. */
const MOST_DROPPED_BYTES = 15 * 1024 * 1024;

/**
 * Reads the body of a request that came in. Resolves to undefined for a body that is larger than `mostBytes` (1 MiB by
 * default), or that broke off. What is over the size is let through and dropped, up to a bound: a socket closed while
 * the sender still writes would be reset, and the refusal never read.
 *
 * @example
 * const body = await readRequest(request);
 * if (body === undefined) return refuse(response, 413);
 */
export function readRequest(request: IncomingMessage, mostBytes = MOST_REQUEST_BYTES): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= mostBytes) chunks.push(chunk);
      else chunks = [];
      if (bytes > mostBytes + MOST_DROPPED_BYTES) request.destroy();
    });
    request.on('end', () => resolve(bytes > mostBytes ? undefined : Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('close', () => resolve(undefined));
  });
}

/**
 * Reads the body of an answer, or of anything else that comes in pieces. Resolves to undefined where it is larger than
 * `mostBytes`: the rest is not read, and its source is told so. Rejects where it breaks off.
 *
 * @example
 * const bytes = await readBytes(response.body, limits.fileBytes);
 * if (bytes === undefined) return { kind: 'unavailable', reason: 'too-large' };
 */
export async function readBytes(
  body: AsyncIterable<Uint8Array> | null,
  mostBytes: number,
): Promise<Buffer<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * The same as text, by UTF-8.
 *
 * @example
 * const html = await readText(response.body, PAGE_BYTES);
 */
export async function readText(body: AsyncIterable<Uint8Array> | null, mostBytes: number): Promise<string | undefined> {
  const bytes = await readBytes(body, mostBytes);
  return bytes?.toString('utf8');
}

/**
 * The same as JSON, unchecked. Rejects with a `RangeError` where it is larger, and with a `SyntaxError`, whose message
 * quotes the body, where it is no JSON.
 *
 * @example
 * const answer = schema.parse(await readJson(response.body, ANSWER_BYTES));
 */
export async function readJson(body: AsyncIterable<Uint8Array> | null, mostBytes: number): Promise<unknown> {
  const words = await readText(body, mostBytes);
  if (words === undefined) throw new RangeError('a body is too large');
  return JSON.parse(words);
}
