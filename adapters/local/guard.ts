import type { IncomingMessage, ServerResponse } from 'node:http';

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);
const LOOPBACK_ADDRESS = /^(?:::ffff:)?127(?:\.\d{1,3}){3}$|^::1$/u;
const PROXY_HEADERS = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'] as const;

/** `open`: a page that a link may lead to. `own`: only the page itself may ask for it. */
export type Reach = 'open' | 'own';

/**
 * Whether a request comes from this machine, through its own page. The socket's address keeps other machines out,
 * the `Host` header keeps out foreign names that resolve to this machine (DNS rebinding), a proxy's headers tell
 * of a proxy that would let others in, and `Origin` with `Sec-Fetch-Site` keep out other sites in the same browser.
 */
export function mayEnter(request: IncomingMessage, reach: Reach): boolean {
  const { headers, socket } = request;
  if (!LOOPBACK_ADDRESS.test(socket.remoteAddress ?? '')) return false;
  if (PROXY_HEADERS.some((name) => headers[name] !== undefined)) return false;
  if (!isLoopbackHost(headers.host)) return false;
  if (reach === 'open') return true;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  return headers.origin === undefined || headers.origin === `http://${headers.host}`;
}

function isLoopbackHost(host: string | undefined): boolean {
  if (host === undefined) return false;
  const name = /^(\[[^\]]+\]|[^:]+)(?::\d{1,5})?$/u.exec(host)?.[1];
  return name !== undefined && LOOPBACK_NAMES.has(name.toLowerCase());
}

/** A bare 403: strangers learn nothing. */
export function refuseEntry(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(403, { 'content-length': 0, connection: 'close' });
  response.end();
  request.resume();
}

/**
 * On every response. The page runs its own script and style and nothing else: no inline code, no HTML from
 * strings (trusted types), no image but its own icon, no frame around it, nothing cached.
 */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
