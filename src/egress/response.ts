import type { IncomingMessage } from 'node:http';

/** Answers up to this many bytes are read whole before the `Response` is made: most of Slack's. */
const SMALL_BYTES = 64 * 1024;
const NO_BODY: ReadonlySet<number> = new Set([101, 204, 205, 304]);

/** Makes a `Response` of what a server sent. A body that ends early fails with a `TypeError`, as `fetch` does. */
export async function toResponse(message: IncomingMessage, signal: AbortSignal | undefined): Promise<Response> {
  const status = message.statusCode ?? 0;
  const headers = new Headers();
  for (let index = 0; index + 1 < message.rawHeaders.length; index += 2)
    headers.append(message.rawHeaders[index] ?? '', message.rawHeaders[index + 1] ?? '');
  if (status < 200 || status > 599) {
    message.destroy();
    throw new TypeError('invalid status');
  }
  const init = { status, headers };
  if (NO_BODY.has(status)) {
    message.resume();
    return new Response(null, init);
  }
  const length = Number(message.headers['content-length'] ?? Number.NaN);
  const body = length <= SMALL_BYTES ? await readWhole(message, signal) : streamOf(message, signal);
  return new Response(body, init);
}

function readWhole(message: IncomingMessage, signal: AbortSignal | undefined): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    message.on('close', () => {
      if (!message.complete) reject(signal?.aborted === true ? signal.reason : new TypeError('terminated'));
    });
    message.on('error', () => reject(signal?.aborted === true ? signal.reason : new TypeError('terminated')));
  });
}

function streamOf(message: IncomingMessage, signal: AbortSignal | undefined): ReadableStream<Uint8Array<ArrayBuffer>> {
  let ended = false;
  return new ReadableStream(
    {
      start(controller) {
        const fail = (): void => {
          if (ended) return;
          ended = true;
          controller.error(signal?.aborted === true ? signal.reason : new TypeError('terminated'));
        };
        message.on('data', (chunk: Buffer) => {
          if (ended) return;
          controller.enqueue(new Uint8Array(chunk));
          if ((controller.desiredSize ?? 0) <= 0) message.pause();
        });
        message.on('end', () => {
          if (ended) return;
          ended = true;
          controller.close();
        });
        message.on('error', fail);
        message.on('close', fail);
      },
      pull() {
        message.resume();
      },
      cancel() {
        ended = true;
        message.destroy();
      },
    },
    { highWaterMark: 64 },
  );
}
