import type { IncomingMessage, ServerResponse } from 'node:http';

/** A bare 403: strangers learn nothing. */
export function refuseEntry(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(403, { 'content-length': 0, connection: 'close' });
  response.end();
  request.resume();
}

/**
 * On every response. The page runs its own script, style and fonts and nothing else: no inline code or style, no HTML
 * from strings but what DOMPurify cleaned (trusted types), no image but its own icon, no frame around it, nothing cached.
 */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types dompurify',
  ].join('; '),
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
