import type { IncomingMessage } from 'node:http';

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);
const LOOPBACK_ADDRESS = /^(?:::ffff:)?127(?:\.\d{1,3}){3}$|^::1$/u;
const PROXY_HEADERS = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'] as const;

/** `open`: a page that a link may lead to. `own`: only the page itself, or another program, may ask for it. */
export type Reach = 'open' | 'own';

/**
 * Whether a request comes from this machine, through its own page or a program. The socket's address keeps other
 * machines out, the `Host` header keeps out foreign names that resolve to this machine (DNS rebinding), a proxy's
 * headers tell of a proxy that would let others in, and `Origin` with `Sec-Fetch-Site` keep out other sites in the
 * same browser.
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
