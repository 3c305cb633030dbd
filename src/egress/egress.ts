import http from 'node:http';
import https from 'node:https';
import { hostAllowed } from './hosts';
import { toResponse } from './response';

/** Sends every request that leaves the process. */
export interface Egress {
  /**
   * `fetch` over keep-alive sockets, for the SDKs. Refuses hosts outside the allow-list with an
   * `EgressRefusedError` before a byte is sent, and never follows a redirect.
   */
  readonly fetch: typeof fetch;
  /** Closes idle sockets. */
  close(): void;
}

/** A request was not sent, or its answer not followed. `host` is the one that was refused. */
export class EgressRefusedError extends Error {
  readonly code: 'host-not-allowed' | 'redirect';
  readonly host: string;

  constructor(code: EgressRefusedError['code'], host: string) {
    super(`egress refused: ${code}`);
    this.name = 'EgressRefusedError';
    this.code = code;
    this.host = host;
  }
}

const CONNECT_MS = 10_000;
const IDLE_SOCKET_MS = 60_000;
const MAX_HEADER_BYTES = 64 * 1024;

/**
 * The one way out of the process, over `node:http` and `node:https`. The global `fetch` would follow redirects and
 * costs several times the CPU a call (`docs/performance.md`).
 */
export function createEgress(options: { readonly hosts: readonly string[] }): Egress {
  const settings = { keepAlive: true, maxSockets: 1_024, maxFreeSockets: 256, timeout: IDLE_SOCKET_MS } as const;
  const agents = { 'http:': new http.Agent(settings), 'https:': new https.Agent(settings) };

  async function send(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    const request = input instanceof Request ? new Request(input, init) : undefined;
    const url = new URL(request?.url ?? String(input));
    if ((url.protocol !== 'http:' && url.protocol !== 'https:') || !hostAllowed(url, options.hosts))
      throw new EgressRefusedError('host-not-allowed', url.hostname);
    const signal = request?.signal ?? init.signal ?? undefined;
    signal?.throwIfAborted();
    const { headers, body } = await bodyOf(request, init);
    const response = await exchange(url, request?.method ?? init.method ?? 'GET', headers, body, signal);
    const status = response.statusCode ?? 0;
    if (status >= 300 && status < 400 && status !== 304) {
      response.destroy();
      throw new EgressRefusedError('redirect', url.hostname);
    }
    return toResponse(response, signal);
  }

  function exchange(
    url: URL,
    method: string,
    headers: Record<string, string>,
    body: Uint8Array | string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<http.IncomingMessage> {
    return new Promise((resolve, reject) => {
      const secure = url.protocol === 'https:';
      const outgoing = (secure ? https : http).request(url, {
        method,
        headers,
        agent: secure ? agents['https:'] : agents['http:'],
        maxHeaderSize: MAX_HEADER_BYTES,
        ...(signal !== undefined && { signal }),
      });
      const connecting = setTimeout(() => outgoing.destroy(new TypeError('connect timeout')), CONNECT_MS);
      outgoing.on('socket', (socket) => {
        if (!socket.connecting) clearTimeout(connecting);
        else socket.once(secure ? 'secureConnect' : 'connect', () => clearTimeout(connecting));
      });
      outgoing.on('response', (response) => {
        clearTimeout(connecting);
        resolve(response);
      });
      outgoing.on('error', (error) => {
        clearTimeout(connecting);
        reject(signal?.aborted === true ? signal.reason : error);
      });
      outgoing.end(body);
    });
  }

  return {
    fetch: send,
    close() {
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  };
}

/** The body as bytes, with its length: Slack and the vendors take no chunked uploads from the SDKs used here. */
async function bodyOf(
  request: Request | undefined,
  init: RequestInit,
): Promise<{ headers: Record<string, string>; body: Uint8Array | string | undefined }> {
  const plain =
    request === undefined && (typeof init.body === 'string' || init.body === undefined || init.body === null);
  const headers: Record<string, string> = {};
  if (plain) {
    new Headers(init.headers).forEach((value, name) => {
      headers[name] = value;
    });
    const body = typeof init.body === 'string' ? init.body : undefined;
    if (body !== undefined) headers['content-length'] = String(Buffer.byteLength(body));
    return { headers, body };
  }
  const { method, headers: given, body: content } = init;
  const whole =
    request ??
    new Request('http://body.invalid', {
      method: method ?? 'POST',
      ...(given !== undefined && { headers: given }),
      ...(content !== undefined && content !== null && { body: content }),
    });
  const body = new Uint8Array(await whole.arrayBuffer());
  whole.headers.forEach((value, name) => {
    headers[name] = value;
  });
  if (body.length > 0) headers['content-length'] = String(body.length);
  return { headers, body: body.length > 0 ? body : undefined };
}
