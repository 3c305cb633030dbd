import { TEAMS_GOVERNMENT_SERVICE_HOSTS, TEAMS_SERVICE_HOSTS } from '../egress/hosts';
import { Secret } from '../model/secret';
import type { Fault } from '../model/settings-part';
import type { Environment } from './environment';
import type { TeamsSettings } from './settings';

/** Settings that ask for Teams. */
export const TEAMS_NAMES = ['MicrosoftAppId', 'MicrosoftAppPassword', 'DEJIREN_TEAMS_CERTIFICATE'] as const;

export const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '[::1]'] as const;

type Authenticated = Extract<TeamsSettings['access'], { kind: 'authenticated' }>;

/** What of Teams is set up. `readFile` gives undefined for a file that cannot be read. */
export function teamsOf(
  env: Environment,
  fault: Fault,
  readFile: (path: string) => string | undefined,
): TeamsSettings | undefined {
  const { MicrosoftAppId: appId, DEJIREN_TEAMS_INSECURE_LOOPBACK: insecure } = env;
  const isMeant = TEAMS_NAMES.some((name) => env[name] !== undefined);
  if (insecure) {
    if (isMeant) fault('DEJIREN_TEAMS_INSECURE_LOOPBACK', 'must not be true while a bot is set up', 'leave it out');
    if (!isLoopback(env.HOST))
      fault('HOST', 'must be a loopback address, since Teams runs without authentication', '127.0.0.1');
    if (env.DEJIREN_TEAMS_HISTORY)
      fault('DEJIREN_TEAMS_HISTORY', 'must not be true without a bot: nothing would let it read', 'false');
    return {
      appId: 'dejiren',
      access: { kind: 'loopback' },
      tenants: undefined,
      serviceHosts: LOOPBACK_HOSTS,
      graphUrl: undefined,
    };
  }
  if (!isMeant) return undefined;
  if (appId === undefined) {
    fault('MicrosoftAppId', 'is missing, while other settings of Teams are there');
    return undefined;
  }
  const isMultiTenant = env.MicrosoftAppType === 'MultiTenant';
  const tenant = env.MicrosoftAppTenantId;
  if (tenant === undefined && !isMultiTenant) fault('MicrosoftAppTenantId', 'is missing: the bot is of one tenant');
  const credential = credentialOf(env, fault, readFile);
  const tenants =
    env.DEJIREN_TEAMS_TENANTS.length > 0 ? env.DEJIREN_TEAMS_TENANTS : tenant === undefined ? [] : [tenant];
  if (tenants.length === 0)
    fault('DEJIREN_TEAMS_TENANTS', 'is missing: a bot of many tenants needs those that may ask');
  if (credential === undefined) return undefined;
  const loginUrl =
    env.ToChannelFromBotLoginUrl ?? `https://login.microsoftonline.com/${isMultiTenant ? 'botframework.com' : tenant}`;
  return {
    appId,
    access: {
      kind: 'authenticated',
      credential,
      loginUrl,
      scope: `${env.ToChannelFromBotOAuthScope.replace(/\/\.default$/u, '')}/.default`,
      openIdUrl: env.ToBotFromChannelOpenIdMetadataUrl,
      issuer: env.ToBotFromChannelTokenIssuer,
    },
    tenants,
    serviceHosts: [
      ...(isGovernment(loginUrl) ? TEAMS_GOVERNMENT_SERVICE_HOSTS : TEAMS_SERVICE_HOSTS),
      ...env.DEJIREN_TEAMS_SERVICE_HOSTS,
    ],
    graphUrl: graphUrlOf(env, loginUrl, fault),
  };
}

/** A bot of the US government's cloud gets its tokens there. */
function isGovernment(loginUrl: string): boolean {
  return new URL(loginUrl).hostname.endsWith('.us');
}

/** Source: "National cloud deployments", learn.microsoft.com/graph. */
function graphUrlOf(env: Environment, loginUrl: string, fault: Fault): string | undefined {
  const { DEJIREN_TEAMS_HISTORY: isOn, DEJIREN_TEAMS_GRAPH_URL: given } = env;
  if (!isOn) {
    if (given !== undefined)
      fault('DEJIREN_TEAMS_HISTORY', 'must be true while DEJIREN_TEAMS_GRAPH_URL is there: nothing is read otherwise');
    return undefined;
  }
  return given ?? (isGovernment(loginUrl) ? 'https://graph.microsoft.us' : 'https://graph.microsoft.com');
}

export function isLoopback(host: string): boolean {
  return /^(127(\.\d+){3}|localhost|::1)$/u.test(host);
}

function credentialOf(
  env: Environment,
  fault: Fault,
  readFile: (path: string) => string | undefined,
): Authenticated['credential'] | undefined {
  const { MicrosoftAppPassword: secret, DEJIREN_TEAMS_CERTIFICATE: path } = env;
  if (env.MicrosoftAppType === 'UserAssignedMSI') {
    if (secret !== undefined || path !== undefined)
      fault('MicrosoftAppType', 'must not be UserAssignedMSI beside a secret or a certificate', 'SingleTenant');
    return { kind: 'managed-identity' };
  }
  if (path !== undefined) {
    const pem = readFile(path) ?? '';
    const certificate = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/u.exec(pem)?.[0];
    const privateKey = /-----BEGIN (?:RSA )?PRIVATE KEY-----[\s\S]+?-----END (?:RSA )?PRIVATE KEY-----/u.exec(pem)?.[0];
    if (certificate !== undefined && privateKey !== undefined)
      return { kind: 'certificate', certificate, privateKey: new Secret(privateKey) };
    fault('DEJIREN_TEAMS_CERTIFICATE', 'must name a PEM file with a certificate and its private key');
    return undefined;
  }
  if (secret !== undefined) return { kind: 'secret', secret };
  fault('MicrosoftAppPassword', 'is missing: the bot needs it, DEJIREN_TEAMS_CERTIFICATE, or a managed identity');
  return undefined;
}
