import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '../log/log';
import type { HttpRoute } from '../model/adapter';
import { openSecret, type Secret } from '../model/secret';
import { createGuesses, type Guesses } from './guesses';

export interface OperatorDoorParts {
  readonly token: string;
  readonly log: Log;
  readonly now: () => number;
  readonly guesses?: Guesses;
}

/**
 * Lets routes answer only whoever has the operator's token: as `Authorization: Bearer`, or as the password of HTTP
 * Basic, which browsers ask for. Everybody else gets a bare 401, and whoever guessed too often a 429 before the guess is
 * looked at. Behind a proxy every client has the proxy's address, and shares its guesses.
 */
export function createOperatorDoor({ token, log, now, guesses = createGuesses(now) }: OperatorDoorParts) {
  const expected = digest(token);
  return (route: HttpRoute): HttpRoute => ({
    ...route,
    handle(request, response) {
      const given = tokenOf(request);
      if (given === undefined) return refuse(response);
      const address = request.socket.remoteAddress ?? '';
      const waitMs = guesses.waitOf(address);
      if (waitMs > 0) return refuseForNow(response, waitMs);
      if (timingSafeEqual(digest(given), expected)) {
        guesses.right(address);
        return route.handle(request, response);
      }
      const isLast = guesses.wrong(address);
      log.warn('operator-refused', { path: route.path, code: isLast ? 'throttled' : 'wrong-token' });
      refuse(response);
    },
  });
}

/** Routes for operators behind their door; none of them without a token. */
export function operatorRoutes(
  token: Secret | undefined,
  log: Log,
  routes: readonly HttpRoute[],
): readonly HttpRoute[] {
  if (token === undefined) return [];
  return routes.map(createOperatorDoor({ token: openSecret(token), log, now: () => performance.now() }));
}

/** `GET /metrics`, in the text format of Prometheus. */
export function createMetricsRoute(metrics: { text(): Promise<string>; readonly contentType: string }): HttpRoute {
  return {
    method: 'GET',
    path: '/metrics',
    async handle(_request, response) {
      const body = Buffer.from(await metrics.text());
      response.writeHead(200, { 'content-type': metrics.contentType, 'content-length': body.length }).end(body);
    },
  };
}

function tokenOf({ headers }: IncomingMessage): string | undefined {
  const [scheme = '', value = ''] = (headers.authorization ?? '').split(' ', 2);
  if (/^bearer$/iu.test(scheme)) return value;
  if (!/^basic$/iu.test(scheme)) return undefined;
  return Buffer.from(value, 'base64').toString('utf8').split(':').slice(1).join(':');
}

function refuse(response: ServerResponse): void {
  response.writeHead(401, { 'www-authenticate': 'Basic realm="dejiren", charset="UTF-8"', 'content-length': 0 }).end();
}

function refuseForNow(response: ServerResponse, waitMs: number): void {
  response.writeHead(429, { 'retry-after': String(Math.ceil(waitMs / 1_000)), 'content-length': 0 }).end();
}

/** Of one length whatever was given, so that the comparison tells nothing. */
function digest(words: string): Buffer {
  return createHash('sha256').update(words).digest();
}
