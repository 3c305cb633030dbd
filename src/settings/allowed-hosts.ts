import { SLACK_HOSTS, TEAMS_FILE_HOSTS } from '../egress/hosts';
import { ENTRA_HOSTS } from '../vendors/kit/entra-token';
import { routesOf, VENDOR_MODULES, vendorsIn } from '../vendors/registry';
import type { Settings, TeamsSettings } from './settings';

/**
 * Every host that dejiren may call under these settings, and no other: the vendors that are set up, the platforms
 * that are, and what `DEJIREN_EGRESS_HOSTS` adds.
 */
export function allowedHosts({ vendors, slack, teams, egressHosts }: Settings): readonly string[] {
  const local = vendors.default === 'auto' ? VENDOR_MODULES : [];
  return [
    ...routesOf(vendors.setUp).map(({ endpoint }) => endpoint),
    ...vendorsIn(vendors.setUp).flatMap(({ module, settings }) => module.furtherHosts?.(settings) ?? []),
    ...local.flatMap(({ localSearch }) => localSearch?.hosts ?? []),
    ...(slack === undefined ? [] : SLACK_HOSTS),
    ...(teams === undefined ? [] : teamsHosts(teams)),
    ...egressHosts,
  ];
}

function teamsHosts({ access, serviceHosts, graphUrl }: TeamsSettings): readonly string[] {
  if (access.kind === 'loopback') return serviceHosts;
  const asked = access.credential.kind === 'managed-identity' ? ENTRA_HOSTS : [new URL(access.loginUrl).host];
  const graph = graphUrl === undefined ? [] : [new URL(graphUrl).host];
  return [...serviceHosts, ...TEAMS_FILE_HOSTS, ...asked, ...graph, new URL(access.openIdUrl).host];
}
