import type { IncomingMessage } from 'node:http';

/** Headers of which a request has one: of two, a gateway in front might have looked at the other. */
const SINGLE: ReadonlySet<string> = new Set([
  'authorization',
  'content-length',
  'content-type',
  'host',
  'origin',
  'transfer-encoding',
]);

const HOST = /^(?:\[[0-9a-f:.]+\]|[^\s,/\\?#@:[\]]+)(?::\d{1,5})?$/iu;
const ABSOLUTE = /^https?:\/\/(?<authority>[^/?#]*)(?<rest>.*)/iu;

/**
 * The path that a request asks for, without its query. Undefined for a request that two programs could read in two
 * ways: a header twice, a host that is none, a target for another host than `Host` names. RFC 9112, 3.2 and 6.3.
 */
export function pathOf({ url = '/', rawHeaders, headers }: IncomingMessage): string | undefined {
  if (namesTwice(rawHeaders)) return undefined;
  const { host } = headers;
  if (host !== undefined && host !== '' && !HOST.test(host)) return undefined;
  const { authority, rest = '' } = ABSOLUTE.exec(url)?.groups ?? {};
  if (authority === undefined) return withoutQuery(url);
  if (authority.toLowerCase() !== host?.toLowerCase()) return undefined;
  return rest.startsWith('/') ? withoutQuery(rest) : '/';
}

function namesTwice(rawHeaders: readonly string[]): boolean {
  const seen = new Set<string>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    if (!SINGLE.has(name)) continue;
    if (seen.has(name)) return true;
    seen.add(name);
  }
  return false;
}

function withoutQuery(target: string): string {
  return target.split('?', 1)[0] ?? '/';
}
