import { hostAllowed, KNOWN_HOSTS } from '../egress/hosts';
import { openAiRoute } from '../vendors/openai';
import { openAiCompatibleRoute } from '../vendors/openai-compatible';
import type { Environment, SettingName } from './environment';
import type { SettingFault, VendorSettings } from './settings';

/** Notes a fault of a setting; `example` where its own does not help. */
export type Fault = (name: SettingName, problem: string, example?: string) => void;

/** Every address that the settings name must be a known host or one of `DEJIREN_EGRESS_HOSTS`, loopback included. */
export function refuseForeignHosts(env: Environment, fault: Fault): void {
  const allowed = [...KNOWN_HOSTS, ...env.DEJIREN_EGRESS_HOSTS];
  for (const name of ['SLACK_API_URL', 'OPENAI_BASE_URL', 'OPENAI_COMPATIBLE_BASE_URL'] as const) {
    const address = env[name];
    if (address === undefined) continue;
    const url = new URL(address);
    if (url.username !== '' || url.password !== '') fault(name, 'must not carry a name or a password');
    else if (!hostAllowed(url, allowed))
      fault(
        name,
        'leads to a host that is neither a known one nor in DEJIREN_EGRESS_HOSTS',
        `DEJIREN_EGRESS_HOSTS=${url.host}`,
      );
  }
}

/** No vendor may be set up whose route cannot be proven to stay in `DEJIREN_RESIDENCY`. `preview` sends nothing. */
export function refuseUnprovenRegions(
  { DEJIREN_RESIDENCY: residency }: Environment,
  { openai, openaiCompatible }: Pick<VendorSettings, 'openai' | 'openaiCompatible'>,
  fault: Fault,
): void {
  if (residency === undefined) return;
  const ownOnly = residency === 'own-servers' || residency === 'this-machine';
  if (openai !== undefined && openAiRoute(openai).region !== residency)
    fault(
      'OPENAI_BASE_URL',
      `cannot be proven to stay in ${residency}`,
      ownOnly ? 'leave OPENAI_API_KEY out' : `https://${residency}.api.openai.com/v1`,
    );
  if (openaiCompatible === undefined) return;
  const { region } = openAiCompatibleRoute(openaiCompatible);
  if (region !== residency && !(region === 'this-machine' && residency === 'own-servers'))
    fault(
      'OPENAI_COMPATIBLE_BASE_URL',
      `cannot be proven to stay in ${residency}`,
      residency === 'this-machine' ? 'http://127.0.0.1:11434/v1' : 'DEJIREN_RESIDENCY=own-servers',
    );
}

const PROXIES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'] as const;

/**
 * dejiren's way out uses no proxy, whatever these variables say. Node can be told to route the rest of the process
 * through them; then a proxy is one more host that must be allowed.
 * Source: "Built-in proxy support", nodejs.org/api/http.
 */
export function foreignProxies(
  given: Readonly<Record<string, string | undefined>>,
  egressHosts: readonly string[],
): SettingFault[] {
  const heeded = given.NODE_USE_ENV_PROXY === '1' || /--use-env-proxy\b/u.test(given.NODE_OPTIONS ?? '');
  if (!heeded) return [];
  return PROXIES.filter((name) => {
    const address = given[name]?.trim() ?? '';
    if (address === '') return false;
    const url = URL.parse(address);
    return url === null || !hostAllowed(url, egressHosts);
  }).map((name) => ({
    name,
    problem: 'leads to a proxy that is not in DEJIREN_EGRESS_HOSTS, and NODE_USE_ENV_PROXY has Node follow it',
    example: 'leave NODE_USE_ENV_PROXY out: dejiren goes straight to its vendors',
  }));
}
