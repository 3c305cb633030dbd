import fc from 'fast-check';
import { eventFrame } from '../../../src/prove/doubles/bedrock/event-stream';
import { wholeFrames } from '../../../src/vendors/bedrock/event-frames';

async function* piecesOf(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function whole(bytes: Buffer, size = bytes.length): Promise<Buffer> {
  const passed: Uint8Array[] = [];
  for await (const piece of wholeFrames(piecesOf(bytes, size))) passed.push(piece);
  return Buffer.concat(passed);
}

const stream = Buffer.concat(['one', 'two', ''].map((text) => eventFrame('contentBlockDelta', { delta: { text } })));

describe('an event stream', () => {
  it('goes on as it came, wherever its pieces are cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: stream.length }), async (size) => {
        expect(await whole(stream, size)).toEqual(stream);
      }),
    );
  });

  it('may be empty', async () => {
    expect(await whole(Buffer.alloc(0))).toEqual(Buffer.alloc(0));
  });

  it('that ends within a frame is truncated, wherever its pieces are cut', async () => {
    const last = eventFrame('messageStop', { stopReason: 'end_turn' });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: last.length - 1 }),
        fc.integer({ min: 1, max: stream.length }),
        async (kept, size) => {
          const cut = Buffer.concat([stream, last.subarray(0, kept)]);
          await expect(whole(cut, size)).rejects.toMatchObject({ category: 'truncated' });
        },
      ),
    );
  });

  it.each([
    ['4 GiB', 0xff_ff_ff_ff],
    ['more than 1 MiB', 1024 * 1024 + 1],
    ['less than an empty frame has', 15],
    ['no bytes', 0],
  ])('with a frame of %s is no event stream', async (_size, length) => {
    const bad = Buffer.alloc(64);
    bad.writeUInt32BE(length, 0);
    await expect(whole(Buffer.concat([stream, bad]))).rejects.toMatchObject({ category: 'protocol' });
  });
});
