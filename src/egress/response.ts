import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { Outgoing } from './outgoing';
import { unpacked } from './unpacked';

/** Answers up to this many bytes are read whole before the `Response` is made: most of Slack's. */
const SMALL_BYTES = 64 * 1024;
/** More than any answer has; what is larger is cut off with an error. */
const MAX_BYTES = 64 * 1024 * 1024;
/** Chunks that may wait for a slow reader; then the socket is left unread. */
const WAITING_CHUNKS = 16;
/** Milliseconds that a stream which nobody reads any more may take to end by itself, and so save its socket. */
const GRACE_MS = 50;
/**
 * Milliseconds for which what a stream brings is gathered into one piece: the cost of a vendor's deltas is by the
 * piece, and no chat shows words more often than this.
 */
const GATHER_MS = 40;
/** Pieces that go on at once before that: the vendor's opening events, and the first words. */
const PROMPT_PIECES = 8;
const NO_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

type Chunk = Buffer<ArrayBuffer>;

/**
 * Makes a `Response` of what a server sent. A body that ends early fails with a `TypeError`, as `fetch` does, and
 * one that the signal cuts off with the signal's reason.
 */
export async function toResponse(message: IncomingMessage, outgoing: Outgoing): Promise<Response> {
  const { url, method, signal } = outgoing;
  const status = message.statusCode ?? 0;
  const headers = new Headers();
  for (let index = 0; index + 1 < message.rawHeaders.length; index += 2)
    headers.append(message.rawHeaders[index] ?? '', message.rawHeaders[index + 1] ?? '');
  const hasBody = !NO_BODY.has(status) && method !== 'HEAD';
  const content = hasBody ? unpacked(message) : message;
  if (status < 200 || status > 599 || content === undefined) {
    message.destroy();
    throw new TypeError('fetch failed');
  }
  if (content !== message) for (const name of ['content-encoding', 'content-length']) headers.delete(name);
  const broken = (): unknown => (signal?.aborted ? signal.reason : new TypeError('terminated'));
  let body: Chunk | ReadableStream<Uint8Array<ArrayBuffer>> | null = null;
  if (!hasBody) message.resume();
  else if (isSmall(headers, outgoing)) body = await readSmall(content, broken);
  else body = streamOf(content, [], broken);
  const response = new Response(body, { status, statusText: message.statusMessage ?? '', headers });
  Object.defineProperty(response, 'url', { value: url.href });
  return response;
}

/**
 * JSON is read whole by every caller: nothing is lost by waiting for it, also where its length is not told. Servers
 * that were asked for events may send them under that name.
 */
function isSmall(headers: Headers, { headers: asked }: Outgoing): boolean {
  const length = headers.get('content-length');
  return length === null
    ? asked.accept !== 'text/event-stream' && /^application\/json\b/iu.test(headers.get('content-type') ?? '')
    : Number(length) <= SMALL_BYTES;
}

/** The whole body; where it turns out not to be small, what came so far and the rest as a stream. */
function readSmall(message: Readable, broken: () => unknown): Promise<Chunk | ReadableStream<Uint8Array<ArrayBuffer>>> {
  return new Promise((resolve, reject) => {
    const chunks: Chunk[] = [];
    let bytes = 0;
    const take = (chunk: Chunk): void => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes <= SMALL_BYTES) return;
      leave();
      message.pause();
      resolve(streamOf(message, chunks, broken));
    };
    const finish = (): void => {
      // It closes next, which is no failure: an error made for each answer costs more than reading it.
      message.off('close', fail);
      const [only] = chunks;
      resolve(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks));
    };
    const fail = (): void => reject(broken());
    const leave = (): void => {
      message.off('data', take).off('end', finish).off('error', fail).off('close', fail);
    };
    message.on('data', take).on('end', finish).on('error', fail).on('close', fail);
  });
}

function streamOf(
  message: Readable,
  before: readonly Chunk[],
  broken: () => unknown,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let ended = false;
  let bytes = 0;
  let pending: Chunk[] = [];
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start(controller) {
        const fail = (): void => {
          if (ended) return;
          ended = true;
          controller.error(broken());
        };
        let gathering: NodeJS.Timeout | undefined;
        let gathered = 0;
        let handed = 0;
        const handOn = (): void => {
          const pieces = pending;
          pending = [];
          gathered = 0;
          clearTimeout(gathering);
          gathering = undefined;
          const [only] = pieces;
          if (ended || only === undefined) return;
          controller.enqueue(pieces.length === 1 ? only : Buffer.concat(pieces));
          handed += 1;
          if (handed >= PROMPT_PIECES) gathering = setTimeout(handOn, GATHER_MS);
          if ((controller.desiredSize ?? 0) <= 0) message.pause();
        };
        for (const chunk of before) controller.enqueue(chunk);
        message.on('data', (chunk: Chunk) => {
          if (ended) return;
          bytes += chunk.length;
          if (bytes > MAX_BYTES) {
            message.destroy();
            fail();
            return;
          }
          gathered += chunk.length;
          if (pending.push(chunk) === 1 && gathering === undefined) queueMicrotask(handOn);
          else if (gathered >= SMALL_BYTES) handOn();
        });
        message.on('end', () => {
          handOn();
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
        const grace = setTimeout(() => message.destroy(), GRACE_MS);
        message.once('close', () => clearTimeout(grace));
        message.resume();
      },
    },
    { highWaterMark: WAITING_CHUNKS },
  );
}
