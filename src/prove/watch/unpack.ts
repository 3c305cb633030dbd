import { brotliDecompressSync, constants, inflateRawSync, unzipSync, zstdDecompressSync } from 'node:zlib';

const MOST_BYTES = 16 * 1024 * 1024;
/** What has no mark can be made of almost anything. */
const MOST_UNMARKED_BYTES = 1024 * 1024;
const GZIP = Buffer.from([0x1f, 0x8b, 0x08]);
const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);

/** What is packed in these bytes, wherever in them it begins. */
export function unpacked(bytes: Buffer): readonly Buffer[] {
  const found: Buffer[] = [];
  const add = (unpack: () => Buffer): void => {
    try {
      const words = unpack();
      if (words.length > 0) found.push(words);
    } catch {
      // It was none.
    }
  };
  const part = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST_BYTES };
  for (const at of placesOf(bytes, GZIP)) add(() => unzipSync(bytes.subarray(at), part));
  for (const at of placesOf(bytes, ZSTD))
    add(() => zstdDecompressSync(bytes.subarray(at), { maxOutputLength: MOST_BYTES }));
  for (const at of placesOf(bytes, ZIP)) {
    const names = bytes.readUInt16LE(Math.min(at + 26, bytes.length - 2));
    const extra = bytes.readUInt16LE(Math.min(at + 28, bytes.length - 2));
    add(() => inflateRawSync(bytes.subarray(at + 30 + names + extra), part));
  }
  const [first = 0, second = 0] = bytes;
  if ((first & 0x0f) === 8 && ((first << 8) + second) % 31 === 0) add(() => unzipSync(bytes, part));
  return found;
}

/** What a whole file holds if it is Brotli, or deflated without a head: no mark tells either. */
export function unmarked(bytes: Buffer): readonly Buffer[] {
  const limit = { maxOutputLength: MOST_UNMARKED_BYTES };
  return [
    attempt(() => brotliDecompressSync(bytes, { ...limit, finishFlush: constants.BROTLI_OPERATION_FLUSH })),
    attempt(() => inflateRawSync(bytes, { ...limit, finishFlush: constants.Z_SYNC_FLUSH })),
  ];
}

function attempt(unpack: () => Buffer): Buffer {
  try {
    return unpack();
  } catch {
    return Buffer.alloc(0);
  }
}

/** Letters and digits alone: what is written with signs in between stands together here. */
export function squeezed(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replace(/[^A-Za-z0-9]+/gu, ''), 'latin1');
}

/** Shorter runs of Base64 hold no canary; longer text than this is not looked into for them. */
const RUN = /[A-Za-z0-9+/_-]{24,}/gu;
const MOST_TEXT_BYTES = 4 * 1024 * 1024;

/** What stands in Base64 there, decoded. */
export function decoded(bytes: Buffer): readonly Buffer[] {
  if (bytes.length > MOST_TEXT_BYTES) return [];
  return [...bytes.toString('latin1').matchAll(RUN)].map(([run]) => Buffer.from(run, 'base64'));
}

function placesOf(bytes: Buffer, magic: Buffer): readonly number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(magic); at >= 0 && places.length < 200; at = bytes.indexOf(magic, at + 1))
    places.push(at);
  return places;
}
