import { Readable } from 'node:stream';
import type { HttpHandlerOptions, HttpRequest, HttpResponse, RequestHandler } from '@smithy/types';

/**
 * The way out of AWS's SDK: ours. Nothing but what the request needs goes along in its headers; it is signed before,
 * and neither `host`, `content-length` nor `user-agent` is left to the SDK's choice.
 */
export function awsHttpHandler(send: typeof fetch): RequestHandler<HttpRequest, HttpResponse, HttpHandlerOptions> {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    async handle(request, { abortSignal } = {}) {
      const { protocol, hostname, port, path, method, body } = request;
      const authority = port === undefined ? hostname : `${hostname}:${port}`;
      const { host: _host, 'content-length': _length, ...headers } = request.headers;
      const response = await send(`${protocol}//${authority}${path}`, {
        method,
        headers: { ...headers, 'user-agent': 'dejiren' },
        body: body === undefined ? null : asText(body),
        ...(abortSignal instanceof AbortSignal && { signal: abortSignal }),
      });
      return {
        response: {
          statusCode: response.status,
          reason: response.statusText,
          headers: Object.fromEntries(response.headers),
          body: response.body === null ? Readable.from([]) : Readable.fromWeb(response.body),
        },
      };
    },
  };
}

/** Bodies are JSON. */
function asText(body: unknown): string {
  if (typeof body === 'string') return body;
  // Not `Buffer.from(body)`: the SDK's bodies warn when they are asked for their value.
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  throw new TypeError('fetch failed');
}
