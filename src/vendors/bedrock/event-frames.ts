import { VendorError } from '../kit/vendor-error';

/** Bytes of one frame. The protocol allows 16 MiB; what a model says in one event is far below this. */
const MAX_FRAME_BYTES = 1024 * 1024;
/** Prelude and checksum of an empty one. */
const MIN_FRAME_BYTES = 16;
const LENGTH_BYTES = 4;

/**
 * Passes on the pieces of an event stream of AWS as they come. A frame of an impossible length is `protocol`: the
 * SDK's decoder believes the length and sets aside up to 4 GiB for it. An end within a frame is `truncated`.
 * Source: "Amazon Event Stream Specification", smithy.io/2.0/aws/amazon-eventstream.html.
 */
export async function* wholeFrames(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let length = 0;
  let lengthBytes = 0;
  let left = 0;
  for await (const piece of pieces) {
    let at = 0;
    while (at < piece.length) {
      if (left > 0) {
        const step = Math.min(left, piece.length - at);
        at += step;
        left -= step;
        continue;
      }
      length = length * 256 + (piece[at] ?? 0);
      at += 1;
      lengthBytes += 1;
      if (lengthBytes < LENGTH_BYTES) continue;
      if (length < MIN_FRAME_BYTES || length > MAX_FRAME_BYTES) throw new VendorError('protocol');
      left = length - LENGTH_BYTES;
      length = 0;
      lengthBytes = 0;
    }
    yield piece;
  }
  if (left > 0 || lengthBytes > 0) throw new VendorError('truncated');
}
