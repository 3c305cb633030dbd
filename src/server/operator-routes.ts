import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpRoute } from '../chat/adapter';

/**
 * Lets a route answer only whoever has the operator's token: as `Authorization: Bearer`, or as the password of HTTP
 * Basic, which browsers ask for. Everybody else gets a bare 401.
 */
export function forOperator(token: string, route: HttpRoute): HttpRoute {
  const expected = digest(token);
  return {
    ...route,
    handle(request, response) {
      if (timingSafeEqual(digest(tokenOf(request) ?? ''), expected)) return route.handle(request, response);
      refuse(response);
    },
  };
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

/** Of one length whatever was given, so that the comparison tells nothing. */
function digest(words: string): Buffer {
  return createHash('sha256').update(words).digest();
}
