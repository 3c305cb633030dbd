import type { HttpRoute } from '../model/adapter';

/** How long others may keep the keys, in seconds: a new one is there before anything old is gone. */
const MAX_AGE_SECONDS = 3_600;

/** `GET /.well-known/jwks.json`: the public keys of receipts, exports and heads (RFC 7517). Open to everybody. */
export function createJwksRoute(keys: readonly object[]): HttpRoute {
  const body = Buffer.from(JSON.stringify({ keys }, null, 2));
  return {
    method: 'GET',
    path: '/.well-known/jwks.json',
    handle: (_request, response) => {
      response
        .writeHead(200, {
          'content-type': 'application/jwk-set+json',
          'cache-control': `public, max-age=${MAX_AGE_SECONDS}`,
          'content-length': body.length,
        })
        .end(body);
    },
  };
}
