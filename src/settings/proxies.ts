import type { ProxyAddresses } from '../egress/exchange';
import { hostAllowed } from '../kit/hosts';
import { openSecret, Secret } from '../model/secret';
import type { ProxySettings, SettingFault, Settings } from './settings';

type Given = Readonly<Record<string, string | undefined>>;

const NAMES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'] as const;

/**
 * The proxy of the usual variables, for what goes out through dejiren's own way out: the one of `https_proxy` or
 * `HTTPS_PROXY` for https, of `http_proxy` or `HTTP_PROXY` for http, but for the hosts of `no_proxy`. A proxy whose
 * host is not in `DEJIREN_EGRESS_HOSTS` is not used. Source: "Built-in proxy support", nodejs.org/api/http.
 */
export function proxyOf(given: Given, egressHosts: readonly string[]): ProxySettings | undefined {
  const of = (name: 'HTTP_PROXY' | 'HTTPS_PROXY'): Secret | undefined => {
    const address = (given[name.toLowerCase()] ?? given[name] ?? '').trim();
    return address !== '' && isAllowed(address, egressHosts) ? new Secret(address) : undefined;
  };
  const [http, https] = [of('HTTP_PROXY'), of('HTTPS_PROXY')];
  if (http === undefined && https === undefined) return undefined;
  return { http, https, except: (given.no_proxy ?? given.NO_PROXY ?? '').trim() };
}

/** The proxy's addresses, for the way out. */
export function openProxy({ proxy }: Pick<Settings, 'proxy'>): ProxyAddresses | undefined {
  const open = (address: Secret | undefined): string | undefined => address && openSecret(address);
  return proxy && { http: open(proxy.http), https: open(proxy.https), except: proxy.except };
}

/**
 * Node can be told to route the rest of the process through the proxies of these variables; then each of them must
 * be allowed.
 */
export function foreignProxies(given: Given, egressHosts: readonly string[]): SettingFault[] {
  const heeded = given.NODE_USE_ENV_PROXY === '1' || /--use-env-proxy\b/u.test(given.NODE_OPTIONS ?? '');
  if (!heeded) return [];
  return NAMES.filter((name) => {
    const address = given[name]?.trim() ?? '';
    return address !== '' && !isAllowed(address, egressHosts);
  }).map((name) => ({
    name,
    problem: 'points to a proxy that is not in DEJIREN_EGRESS_HOSTS, and NODE_USE_ENV_PROXY makes Node use it',
    example: 'add its host to DEJIREN_EGRESS_HOSTS, or remove NODE_USE_ENV_PROXY',
  }));
}

/** A proxy may be told with a name and a password; other addresses may not. */
function isAllowed(address: string, egressHosts: readonly string[]): boolean {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/u.test(url.protocol)) return false;
  const bare = new URL(url.href);
  bare.username = '';
  bare.password = '';
  return hostAllowed(bare, egressHosts);
}
