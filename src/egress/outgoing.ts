/** A request as it goes to the wire: the body whole, since neither Slack nor the vendors take uploads in chunks. */
export interface Outgoing {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Reads the arguments of `fetch`. Strings and forms are taken as they are; rarer bodies through a `Request`. */
export function readOutgoing(input: string | URL | Request, init: RequestInit = {}): Outgoing | Promise<Outgoing> {
  const { body } = init;
  const plain = body === undefined || body === null || typeof body === 'string' || body instanceof URLSearchParams;
  if (input instanceof Request || !plain) return readRequest(new Request(input, { ...init, redirect: 'manual' }));
  const headers = plainHeaders(init.headers);
  if (body instanceof URLSearchParams) headers['content-type'] ??= 'application/x-www-form-urlencoded;charset=UTF-8';
  else if (typeof body === 'string') headers['content-type'] ??= 'text/plain;charset=UTF-8';
  return {
    url: new URL(input),
    method: (init.method ?? 'GET').toUpperCase(),
    headers,
    body: body === undefined || body === null ? undefined : String(body),
    signal: init.signal ?? undefined,
  };
}

async function readRequest(request: Request): Promise<Outgoing> {
  const body = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer());
  const { url, method, headers, signal } = request;
  return { url: new URL(url), method, headers: plainHeaders(headers), body, signal };
}

function plainHeaders(given: RequestInit['headers']): Record<string, string> {
  const headers: Record<string, string> = {};
  if (given === undefined || given === null) return headers;
  if (given instanceof Headers || Array.isArray(given) || Symbol.iterator in given)
    new Headers(given).forEach((value, name) => {
      headers[name] = value;
    });
  else for (const [name, value] of Object.entries(given)) headers[name.toLowerCase()] = String(value);
  return headers;
}
