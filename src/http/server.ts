import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { field } from '../kit/field';
import { errorFields } from '../log/error-fields';
import type { Log } from '../log/log';
import type { HttpRoute } from '../model/adapter';
import { DejirenError } from '../model/errors';
import { boundConnections, CONNECTION_BOUNDS, type ConnectionBounds } from './connections';
import { healthRoutes, type Readiness } from './health';
import { pathOf } from './request-head';

export interface ServerOptions {
  readonly host: string;
  readonly port: number;
  readonly routes: readonly HttpRoute[];
  /** How the store and every configured platform stand, for `/readyz`. */
  readonly readiness: () => readonly Readiness[];
  readonly log: Log;
  /** Where they differ from the usual. */
  readonly bounds?: Partial<ConnectionBounds>;
}

export interface Server {
  /** Resolves to the address it listens at. Throws a `ListenError` where the port cannot be had. */
  start(): Promise<{ readonly url: string; readonly port: number }>;
  /** Takes no more requests and closes idle connections; open ones are cut after `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/** The address cannot be listened at. */
export class ListenError extends DejirenError<'listen', 'in-use' | 'not-allowed' | 'unavailable'> {
  constructor(code: ListenError['code']) {
    const trouble = code === 'in-use' ? 'in use by another program' : 'not to be had';
    super('ListenError', 'listen', code, `the address is ${trouble}. Set HOST or PORT, for example PORT=3001.`);
  }
}

const MAX_HEADER_BYTES = 32 * 1024;
/** Longer than load balancers keep an idle connection (60 s is common), so that none sends into a closing one. */
const KEEP_ALIVE_MS = 65_000;
const SWEEP_MS = 50;

/** On every response; a page that needs more says so in its own. */
const SECURITY_HEADERS: readonly (readonly [string, string])[] = [
  ['content-security-policy', "default-src 'none'; frame-ancestors 'none'"],
  ['referrer-policy', 'no-referrer'],
  ['x-content-type-options', 'nosniff'],
];

/** dejiren's one HTTP server: health, and the paths that adapters and pages bring along. */
export function createServer({ host, port, routes, readiness, log, ...options }: ServerOptions): Server {
  const bounds = { ...CONNECTION_BOUNDS, ...options.bounds };
  const table = new Map<string, Map<string, HttpRoute['handle']>>();
  for (const { method, path, handle } of [...routes, ...healthRoutes(readiness)])
    table.set(path, (table.get(path) ?? new Map()).set(method, handle));

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = pathOf(request);
    if (path === undefined) {
      response.setHeader('connection', 'close');
      return end(response, 400);
    }
    const methods = table.get(path);
    const handle = methods?.get(request.method === 'HEAD' ? 'GET' : (request.method ?? ''));
    for (const [name, value] of SECURITY_HEADERS) response.setHeader(name, value);
    if (methods === undefined) return end(response, 404);
    if (handle === undefined) {
      response.setHeader('allow', [...methods.keys()].join(', '));
      return end(response, 405);
    }
    try {
      await handle(request, response);
    } catch (error) {
      log.error('request-failed', { path, ...errorFields(error) });
      if (response.headersSent) response.destroy();
      else end(response, 500);
    }
  };

  const server = http.createServer(
    {
      headersTimeout: bounds.headMs,
      requestTimeout: bounds.requestMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: bounds.headMs / 2,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    (request, response) => {
      connections.follow(request, response);
      void answer(request, response);
    },
  );
  const connections = boundConnections(server, log, bounds);

  return {
    start: () =>
      new Promise((resolve, reject) => {
        const refuse = (error: Error): void => reject(new ListenError(codeOf(error)));
        server.once('error', refuse);
        server.listen(port, host, () => {
          server.off('error', refuse);
          server.on('error', (error) => log.error('server-failed', { ...errorFields(error) }));
          const address = server.address();
          const actual = typeof address === 'object' && address !== null ? address.port : port;
          resolve({ url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`, port: actual });
        });
      }),
    stop: (graceMs) =>
      new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), graceMs);
        // A connection whose last answer was promised to stay open is idle only after that answer.
        const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
        server.close(() => {
          clearTimeout(cut);
          clearInterval(sweep);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-length': 0 }).end();
}

function codeOf(error: Error): ListenError['code'] {
  const code = field(error, 'code');
  if (code === 'EADDRINUSE') return 'in-use';
  return code === 'EACCES' ? 'not-allowed' : 'unavailable';
}
