import { SLACK_HOSTS, TEAMS_FILE_HOSTS } from '../egress/hosts';
import { AWS_CREDENTIAL_HOSTS } from '../vendors/bedrock/client';
import { ENTRA_HOSTS } from '../vendors/kit/entra-token';
import { LOCAL_MODEL_HOSTS } from '../vendors/openai-compatible/local-model';
import { GOOGLE_TOKEN_HOSTS } from '../vendors/vertex-ai/google-token';
import { routesOf } from './routes-out';
import type { Settings, TeamsSettings } from './settings';

/**
 * Every host that dejiren may call under these settings, and no other: the vendors that are set up, the platforms
 * that are, and what `DEJIREN_EGRESS_HOSTS` adds.
 */
export function allowedHosts({ vendors, slack, teams, egressHosts }: Settings): readonly string[] {
  const azure = vendors['azure-openai'];
  return [
    ...routesOf(vendors).map(({ endpoint }) => endpoint),
    ...(azure !== undefined && azure.apiKey === undefined ? ENTRA_HOSTS : []),
    ...(vendors['vertex-ai'] === undefined ? [] : GOOGLE_TOKEN_HOSTS),
    ...(vendors.bedrock === undefined ? [] : AWS_CREDENTIAL_HOSTS),
    ...(vendors.default === 'auto' ? LOCAL_MODEL_HOSTS : []),
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
