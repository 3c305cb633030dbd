import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { answer, type Refusal, type Script, type StreamedAnswer } from './vendor-script';

/** What one request brought, as it stood on the wire. */
export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawBody: string;
  /** The caller's port: the same for two requests means the same connection. */
  readonly port: number | undefined;
  /** Resolves when the exchange is over: whether the caller hung up before the answer was whole. */
  readonly over: Promise<'answered' | 'hung-up'>;
  readonly isOver: () => boolean;
}

/** A vendor on loopback: its protocol over the real wire, strict, scripted per request. */
export interface FakeVendor {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** `127.0.0.1:PORT`, for an egress allow-list. */
  readonly host: string;
  /** Those that asked for an answer, and those that were refused. */
  readonly requests: readonly FakeRequest[];
  /** Connections accepted so far. */
  connections(): number;
  /** The next requests are answered by these, in this order; then the usual answer comes again. */
  script(...scripts: readonly Script[]): void;
  /** The usual answer, for requests without a script. */
  usually(script: Script): void;
  /** Answers by what was asked, before any script; undefined leaves it to them. */
  choose(choice: (rawBody: string) => Script | undefined): void;
  close(): Promise<void>;
}

/** What a vendor makes of a request: a refusal, its own answer to something else, or a streamed answer. */
export type Judgement =
  | Refusal
  | { readonly kind: 'other'; answer(response: ServerResponse): void }
  | { readonly kind: 'stream'; answer(response: ServerResponse, script: StreamedAnswer): Promise<void> | void };

export interface VendorServerOptions {
  /** `id` is new for every request: 32 hexadecimal digits. */
  judge(request: IncomingMessage, rawBody: string, id: string): Judgement;
  refuse(response: ServerResponse, refusal: Refusal, id: string): void;
  readonly port?: number;
  /** `false` for benchmarks: requests are not kept. */
  readonly remembersRequests?: boolean;
  /** Bytes of a body; more is refused with 413. */
  readonly maxBodyBytes?: number;
}

export async function startVendorServer(options: VendorServerOptions): Promise<FakeVendor> {
  const { maxBodyBytes = 10 * 1024 * 1024 } = options;
  const requests: FakeRequest[] = [];
  const queue: Script[] = [];
  const sockets = new Set<Socket>();
  let usual: Script = answer(['Hello', ' from', ' the fake.']);
  let choice: (rawBody: string) => Script | undefined = () => undefined;
  let connections = 0;
  let count = 0;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const rawBody = await readBody(request, maxBodyBytes);
    const id = (++count).toString(16).padStart(32, '0');
    if (options.remembersRequests !== false)
      requests.push({
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        rawBody: rawBody ?? '',
        port: request.socket.remotePort,
        over: new Promise((resolve) => {
          response.once('close', () => resolve(response.writableFinished ? 'answered' : 'hung-up'));
        }),
        isOver: () => response.closed,
      });
    const judged: Judgement =
      rawBody === undefined
        ? { kind: 'refusal', status: 413, message: 'Body too large.' }
        : options.judge(request, rawBody, id);
    if (judged.kind === 'refusal') return options.refuse(response, judged, id);
    if (judged.kind === 'other') return judged.answer(response);

    const chosen = choice(rawBody ?? '') ?? queue.shift() ?? usual;
    switch (chosen.kind) {
      case 'none':
        if (chosen.how === 'reset') request.socket.resetAndDestroy();
        return;
      case 'raw':
        response.writeHead(200, { 'content-type': chosen.contentType });
        response.end(chosen.body);
        return;
      case 'refusal':
        return options.refuse(response, chosen, id);
      case 'answer':
        return judged.answer(response, chosen);
    }
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    origin: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    requests,
    connections: () => connections,
    script: (...scripts) => void queue.push(...scripts),
    usually(script) {
      usual = script;
    },
    choose(by) {
      choice = by;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** The body, or nothing when it is larger than the real API takes. */
async function readBody(request: IncomingMessage, maxBytes: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes <= maxBytes) chunks.push(chunk as Buffer);
  }
  return bytes <= maxBytes ? Buffer.concat(chunks).toString('utf8') : undefined;
}
