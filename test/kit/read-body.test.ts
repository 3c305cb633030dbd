import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { readBytes, readJson, readRequest, readText } from '../../src/kit/read-body';

/** A body in pieces that tells how many were taken, and whether it was told that no more are wanted. */
function bodyOf(...pieces: readonly string[]) {
  const seen = { taken: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = pieces[seen.taken];
        if (piece === undefined) return controller.close();
        seen.taken += 1;
        controller.enqueue(Buffer.from(piece));
      },
      cancel() {
        seen.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { body, seen };
}

describe('a body that was asked for', () => {
  it('is read whole, up to its bound and not a byte beyond', async () => {
    expect(await readBytes(bodyOf('ab', 'cd').body, 4)).toEqual(Buffer.from('abcd'));
    expect(await readBytes(bodyOf().body, 0)).toEqual(Buffer.alloc(0));
    expect(await readBytes(null, 4)).toEqual(Buffer.alloc(0));
  });

  it('is given up at its bound: no more is taken, and its source hears of it', async () => {
    const { body, seen } = bodyOf('ab', 'cde', 'never', 'never');
    expect(await readBytes(body, 4)).toBeUndefined();
    expect(seen).toEqual({ taken: 2, cancelled: true });
  });

  it('is text by UTF-8, with letters that are cut between two pieces', async () => {
    const [first, second] = [Buffer.from('あ').subarray(0, 1), Buffer.from('あ').subarray(1)];
    const pieces = (async function* () {
      yield first;
      yield second;
    })();
    expect(await readText(pieces, 3)).toBe('あ');
    expect(await readText(bodyOf('ab', 'cde').body, 4)).toBeUndefined();
  });

  it('is JSON, or rejects', async () => {
    expect(await readJson(bodyOf('{"a":', '1}').body, 7)).toEqual({ a: 1 });
    await expect(readJson(bodyOf('{"a":', '1}').body, 6)).rejects.toThrow(RangeError);
    await expect(readJson(bodyOf('<html>').body, 100)).rejects.toThrow(SyntaxError);
    await expect(readJson(null, 100)).rejects.toThrow(SyntaxError);
  });

  it('rejects where it breaks off', async () => {
    const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error('reset')) });
    await expect(readBytes(broken, 4)).rejects.toThrow('reset');
  });
});

describe('the body of a request', () => {
  let server: http.Server;
  let address: AddressInfo;
  const sizes: (number | undefined)[] = [];
  beforeEach(async () => {
    sizes.length = 0;
    server = http.createServer((request, response) => {
      void readRequest(request, 4).then((body) => {
        sizes.push(body?.length);
        response.writeHead(body === undefined ? 413 : 200).end();
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    address = server.address() as AddressInfo;
  });
  afterEach(() => server.close());
  const post = (body: string | Buffer<ArrayBuffer>) =>
    fetch(`http://127.0.0.1:${address.port}/`, { method: 'POST', body, headers: { connection: 'close' } });

  it('is read up to its bound', async () => {
    expect((await post('abcd')).status).toBe(200);
    expect((await post('')).status).toBe(200);
    expect(sizes).toEqual([4, 0]);
  });

  it('that is too large is let through and dropped, so that the refusal is read', async () => {
    expect((await post(Buffer.alloc(1024 * 1024))).status).toBe(413);
  });

  it('is hung up on where it goes on for ever', async () => {
    await expect(post(Buffer.alloc(40 * 1024 * 1024))).rejects.toThrow();
    expect(sizes).toEqual([undefined]);
  });
});
