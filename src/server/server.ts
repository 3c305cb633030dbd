import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { HttpRoute } from '../chat/adapter';
import type { Log } from '../log/log';

export interface ServerOptions {
  readonly host: string;
  readonly port: number;
  readonly routes: readonly HttpRoute[];
  /** Whether every configured platform and the store are ready. */
  readonly ready: () => boolean;
  readonly log: Log;
}

export interface Server {
  /** Resolves to the address it listens at. Throws a `ListenError` where the port cannot be had. */
  start(): Promise<{ readonly url: string; readonly port: number }>;
  /** Takes no more requests and closes idle connections; open ones are cut after `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/** The address cannot be listened at. */
export class ListenError extends Error {
  readonly code: 'in-use' | 'not-allowed' | 'unavailable';

  constructor(code: ListenError['code']) {
    super(`listen ${code}`);
    this.name = 'ListenError';
    this.code = code;
  }
}

const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
const MAX_CONNECTIONS = 4_096;

/** dejiren's one HTTP server: health, and the paths that adapters and pages bring along. */
export function createServer({ host, port, routes, ready, log }: ServerOptions): Server {
  const table = new Map<string, Map<string, HttpRoute['handle']>>();
  for (const { method, path, handle } of [...routes, ...health(ready)])
    table.set(path, (table.get(path) ?? new Map()).set(method, handle));

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const methods = table.get(path);
    const handle = methods?.get(request.method === 'HEAD' ? 'GET' : (request.method ?? ''));
    response.setHeader('x-content-type-options', 'nosniff');
    if (handle === undefined) return end(response, methods === undefined ? 404 : 405);
    try {
      await handle(request, response);
    } catch (error) {
      log.error('request-failed', { path, errorClass: error instanceof Error ? error.name : typeof error });
      if (!response.headersSent) end(response, 500);
      else response.destroy();
    }
  };

  const server = http.createServer(
    { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, maxHeaderSize: 32 * 1024 },
    (request, response) => void answer(request, response),
  );
  server.maxConnections = MAX_CONNECTIONS;
  server.on('clientError', (_error, socket) => socket.destroy());

  return {
    start: () =>
      new Promise((resolve, reject) => {
        server.once('error', (error) => reject(new ListenError(codeOf(error))));
        server.listen(port, host, () => {
          const address = server.address();
          const actual = typeof address === 'object' && address !== null ? address.port : port;
          resolve({ url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`, port: actual });
        });
      }),
    stop: (graceMs) =>
      new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), graceMs);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

function health(ready: () => boolean): readonly HttpRoute[] {
  return [
    { method: 'GET', path: '/healthz', handle: (_request, response) => end(response, 200) },
    { method: 'GET', path: '/readyz', handle: (_request, response) => end(response, ready() ? 200 : 503) },
  ];
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-length': 0 }).end();
}

function codeOf(error: Error): ListenError['code'] {
  const code = 'code' in error ? error.code : '';
  if (code === 'EADDRINUSE') return 'in-use';
  return code === 'EACCES' ? 'not-allowed' : 'unavailable';
}
