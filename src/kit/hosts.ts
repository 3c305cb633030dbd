const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443', 'ws:': '80', 'wss:': '443' };

/**
 * Whether an address may be called. An entry is a host (on any port), `host:port`, or `*.suffix` for every host
 * below it; a star elsewhere stands for a part of one label. Case and the brackets of IPv6
 * addresses do not matter. Anything but http, https, ws and wss is refused, and so are addresses that carry a name and
 * a password.
 */
export function hostAllowed(url: URL, entries: readonly string[]): boolean {
  return createHostList(entries)(url);
}

/** {@link hostAllowed} for many addresses and one list. */
export function createHostList(entries: readonly string[]): (url: URL) => boolean {
  const normal = entries.map(bare).filter((entry) => entry !== '');
  const exact = new Set(normal.filter((entry) => !entry.includes('*')));
  const suffixes = normal.filter((entry) => /^\*\.[^*]+$/u.test(entry)).map((entry) => entry.slice(1));
  const patterns = normal.filter((entry) => /[^*]\*|\*[^.*]/u.test(entry)).map(patternOf);
  return (url) => {
    const defaultPort = DEFAULT_PORTS[url.protocol];
    if (defaultPort === undefined || url.username !== '' || url.password !== '') return false;
    const host = bare(url.hostname);
    const port = url.port === '' ? defaultPort : url.port;
    return (
      exact.has(host) ||
      exact.has(host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`) ||
      suffixes.some((suffix) => host.endsWith(suffix) && host.length > suffix.length) ||
      patterns.some((pattern) => pattern.test(host))
    );
  };
}

/** Whether a host is this machine by its name or its address. */
export function isLoopback(host: string): boolean {
  return /^(127(\.\d+){3}|localhost|::1)$/u.test(host);
}

function patternOf(entry: string): RegExp {
  const parts = entry.split('*').map((part) => part.replace(/[^\w-]/gu, String.raw`\$&`));
  return new RegExp(`^${parts.join('[a-z0-9-]+')}$`, 'u');
}

function bare(host: string): string {
  const lower = host.trim().toLowerCase();
  if (lower.startsWith('[') && lower.endsWith(']')) return lower.slice(1, -1);
  return lower.endsWith('.') ? lower.slice(0, -1) : lower;
}
