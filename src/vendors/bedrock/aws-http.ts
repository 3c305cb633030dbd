import type { HttpHandlerOptions, HttpRequest, HttpResponse, RequestHandler } from '@smithy/types';
import { isFailure } from '../../model/errors';
import { VendorError } from '../kit/vendor-error';
import { wholeFrames } from './event-frames';

/**
 * The way out of AWS's SDK: ours. The SDK hands it on to its clients of STS as well. What fails on the wire is a
 * `VendorError` here, where it is known: the SDK's decoder throws plain errors of its own. Streams are checked frame
 * by frame; any other body is read whole.
 */
export function awsHttpHandler(send: typeof fetch): RequestHandler<HttpRequest, HttpResponse, HttpHandlerOptions> {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    async handle({ method, body, ...request }, { abortSignal } = {}) {
      const signal = abortSignal instanceof AbortSignal ? abortSignal : undefined;
      const { host: _host, 'content-length': _length, ...headers } = request.headers;
      try {
        const response = await send(urlOf(request), {
          method,
          headers: { ...headers, 'user-agent': 'dejiren' },
          body: body === undefined ? null : asText(body),
          ...(signal !== undefined && { signal }),
        });
        const isStream = /^application\/vnd\.amazon\.eventstream\b/iu.test(response.headers.get('content-type') ?? '');
        return {
          response: {
            statusCode: response.status,
            reason: response.statusText,
            headers: Object.fromEntries(response.headers),
            body:
              isStream && response.body !== null
                ? wholeFrames(piecesOf(response.body, signal))
                : new Uint8Array(await response.arrayBuffer()),
          },
        };
      } catch (error) {
        throw wireErrorOf(error, signal);
      }
    },
  };
}

async function* piecesOf(body: AsyncIterable<Uint8Array>, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw wireErrorOf(error, signal);
  }
}

function wireErrorOf(error: unknown, signal: AbortSignal | undefined): VendorError {
  if (error instanceof VendorError) return error;
  if (signal?.aborted) return new VendorError('cancelled');
  return new VendorError(isFailure(error, 'egress') ? 'residency' : 'network');
}

function urlOf({ protocol, hostname, port, path, query }: Omit<HttpRequest, 'method' | 'body'>): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    [value].flat().map((one) => [name, ...(one === null ? [] : [one])].map(encodeURIComponent).join('=')),
  );
  return `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
}

/** Bodies are JSON, and forms for STS. */
function asText(body: unknown): string {
  if (typeof body === 'string') return body;
  // Not `Buffer.from(body)`: the SDK's bodies warn when they are asked for their value.
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  throw new TypeError('neither text nor bytes');
}
