/**
 * Hosts that dejiren may call without being told: the vendors that it has connectors for, and Slack.
 *
 * Sources: "Data residency", developers.openai.com/api/docs/guides/data-residency; "Using Socket Mode" and
 * "Handling user interaction", docs.slack.dev (`wss-*.slack.com`, `hooks.slack.com`).
 */
export const KNOWN_HOSTS: readonly string[] = [
  'api.openai.com',
  ...['us', 'eu', 'au', 'ca', 'jp', 'in', 'sg', 'kr', 'gb', 'ae'].map((region) => `${region}.api.openai.com`),
  'slack.com',
  '*.slack.com',
];

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443', 'ws:': '80', 'wss:': '443' };

/**
 * Whether an address may be called. An entry is a host (on any port), `host:port`, or `*.suffix` for every host
 * below it. Case and the brackets of IPv6 addresses do not matter. Anything but http, https, ws and wss is refused.
 */
export function hostAllowed(url: URL, entries: readonly string[]): boolean {
  const defaultPort = DEFAULT_PORTS[url.protocol];
  if (defaultPort === undefined || url.username !== '' || url.password !== '') return false;
  const host = bare(url.hostname);
  const port = url.port === '' ? defaultPort : url.port;
  return entries.some((entry) => {
    const wanted = bare(entry);
    if (wanted.startsWith('*.')) return host.endsWith(wanted.slice(1));
    return wanted === host || wanted === `${host}:${port}` || entry.toLowerCase() === `[${host}]:${port}`;
  });
}

function bare(host: string): string {
  const lower = host.trim().toLowerCase().replace(/\.$/u, '');
  return /^\[[^\]]*\]$/u.test(lower) ? lower.slice(1, -1) : lower;
}
