import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createUnzip, createZstdDecompress } from 'node:zlib';

/** `deflate` means what zlib writes: RFC 9110, section 8.4.1.2. */
const UNPACK: Readonly<Record<string, () => Transform>> = {
  gzip: createUnzip,
  'x-gzip': createUnzip,
  deflate: createUnzip,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};

/**
 * The body of an answer as it was before it was packed: proxies pack what nobody asked them to. Undefined where it is
 * packed in a way that is not known. What cannot be unpacked, or ends early, fails as a stream of Node's does.
 */
export function unpacked(message: IncomingMessage): Readable | undefined {
  const coding = message.headers['content-encoding']?.trim().toLowerCase() ?? '';
  if (coding === '' || coding === 'identity') return message;
  const unpack = Object.hasOwn(UNPACK, coding) ? UNPACK[coding]?.() : undefined;
  if (unpack === undefined) return undefined;
  return pipeline(message, unpack, () => {
    // Whoever reads the stream hears of it there.
  });
}
