import { z } from 'zod';
import { isLoopback } from '../../src/kit/hosts';
import { Secret } from '../../src/model/secret';
import { flag, GUID_EXAMPLE, guid, hosts, secret, url, word } from '../../src/model/setting-schemas';
import { type Fault, type SettingsAround, setting, settingsPart, type ValuesOf } from '../../src/model/settings-part';

/**
 * Where activities come from, and answers go: in the public cloud, the US government's GCC included, and in its GCC High
 * and DoD. Source: "Service URL validation", microsoft.github.io/teams-sdk.
 */
const SERVICE_HOSTS = [
  'smba.trafficmanager.net',
  'smba.onyx.prod.teams.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  '*.botframework.com',
] as const;
const GOVERNMENT_SERVICE_HOSTS = ['smba.infra.gov.teams.microsoft.us', 'smba.infra.dod.teams.microsoft.us'] as const;
const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '[::1]'] as const;

/** Settings that ask for a bot. */
export const BOT_NAMES = ['MicrosoftAppId', 'MicrosoftAppPassword', 'DEJIREN_TEAMS_CERTIFICATE'] as const;

/** Microsoft’s own names, where it has named the setting. */
const NAMES = {
  MicrosoftAppId: setting(guid.optional(), 'must be the Microsoft App ID of the bot', GUID_EXAMPLE),
  MicrosoftAppPassword: setting(secret(8).optional(), 'must be a client secret of the app', 'the Value of the secret'),
  MicrosoftAppType: setting(
    z.enum(['SingleTenant', 'UserAssignedMSI', 'MultiTenant']).default('SingleTenant'),
    'must be SingleTenant, UserAssignedMSI or MultiTenant',
    'SingleTenant',
  ),
  MicrosoftAppTenantId: setting(guid.optional(), 'must be the id of the app’s tenant', GUID_EXAMPLE),
  DEJIREN_TEAMS_CERTIFICATE: setting(
    word.min(1).optional(),
    'must be the path of a PEM file with the certificate and its private key',
    './teams.pem',
  ),
  DEJIREN_TEAMS_TENANTS: setting(
    word
      .transform((value) => value.split(/[\s,]+/u).filter((tenant) => tenant !== ''))
      .pipe(z.array(guid).max(1_000))
      .default([]),
    'must be a comma-separated list of tenant ids',
    GUID_EXAMPLE,
  ),
  DEJIREN_TEAMS_SERVICE_HOSTS: setting(
    hosts.default([]),
    'must be a comma-separated list of hosts',
    'smba.teams.sovcloud-core.fr',
  ),
  DEJIREN_TEAMS_HISTORY: setting(flag.default(false), 'must be true or false', 'true'),
  DEJIREN_TEAMS_GRAPH_URL: setting(
    url.optional(),
    'must be the address of Microsoft Graph in the bot’s cloud',
    'https://dod-graph.microsoft.us',
  ),
  DEJIREN_TEAMS_INSECURE_LOOPBACK: setting(flag.default(false), 'must be true or false', 'true'),
  ToBotFromChannelOpenIdMetadataUrl: setting(
    url.default('https://login.botframework.com/v1/.well-known/openidconfiguration'),
    'must be an http or https address',
    'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
  ),
  ToBotFromChannelTokenIssuer: setting(
    word.min(1).default('https://api.botframework.com'),
    'must be the issuer of the Bot Connector’s tokens',
    'https://api.botframework.us',
  ),
  ToChannelFromBotLoginUrl: setting(
    url.optional(),
    'must be an http or https address',
    'https://login.microsoftonline.us/TENANT',
  ),
  ToChannelFromBotOAuthScope: setting(
    word.min(1).default('https://api.botframework.com'),
    'must be the scope of the bot’s tokens',
    'https://api.botframework.us',
  ),
};
type Environment = ValuesOf<typeof NAMES>;
type TeamsFault = Fault<keyof Environment | 'HOST'>;

type Authenticated = Extract<TeamsSettings['access'], { kind: 'authenticated' }>;

export interface TeamsSettings {
  readonly appId: string;
  readonly access:
    | {
        readonly kind: 'authenticated';
        readonly credential:
          | { readonly kind: 'secret'; readonly secret: Secret }
          | { readonly kind: 'certificate'; readonly certificate: string; readonly privateKey: Secret }
          | { readonly kind: 'managed-identity' };
        readonly loginUrl: string;
        /** What the bot's tokens are for. */
        readonly scope: string;
        readonly openIdUrl: string;
        readonly issuer: string;
      }
    /** No authentication, for a client on this machine. */
    | { readonly kind: 'loopback' };
  /** Tenants that may ask; undefined: every one, without authentication alone. */
  readonly tenants: readonly string[] | undefined;
  /** Hosts that Teams' activities may come from, and that the bot's token may go to. */
  readonly serviceHosts: readonly string[];
  /** Graph's address, where chats may be read again: then the app asks for the permission to. */
  readonly graphUrl: string | undefined;
}

export const teamsSettings = settingsPart({
  names: NAMES,
  addresses: ['ToBotFromChannelOpenIdMetadataUrl', 'ToChannelFromBotLoginUrl', 'DEJIREN_TEAMS_GRAPH_URL'],
  read,
});

function read(env: Environment, fault: TeamsFault, { host, readFile }: SettingsAround): TeamsSettings | undefined {
  const { MicrosoftAppId: appId } = env;
  const isBot = BOT_NAMES.some((name) => env[name] !== undefined);
  if (env.DEJIREN_TEAMS_INSECURE_LOOPBACK) return withoutAuthentication(env, fault, host, isBot);
  if (!isBot) return undefined;
  if (appId === undefined) {
    fault('MicrosoftAppId', 'is required when other Teams settings are set');
    return undefined;
  }
  const isMultiTenant = env.MicrosoftAppType === 'MultiTenant';
  const tenant = env.MicrosoftAppTenantId;
  if (tenant === undefined && !isMultiTenant) fault('MicrosoftAppTenantId', 'is required for a single-tenant bot');
  const credential = credentialOf(env, fault, readFile);
  const tenants =
    env.DEJIREN_TEAMS_TENANTS.length > 0 ? env.DEJIREN_TEAMS_TENANTS : tenant === undefined ? [] : [tenant];
  if (tenants.length === 0)
    fault('DEJIREN_TEAMS_TENANTS', 'is required for a multi-tenant bot: it lists the tenants that may use it');
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
      ...(isGovernment(loginUrl) ? GOVERNMENT_SERVICE_HOSTS : SERVICE_HOSTS),
      ...env.DEJIREN_TEAMS_SERVICE_HOSTS,
    ],
    graphUrl: graphUrlOf(env, loginUrl, fault),
  };
}

/** Without a bot: for a client on this machine. */
function withoutAuthentication(env: Environment, fault: TeamsFault, host: string, isBot: boolean): TeamsSettings {
  if (isBot) fault('DEJIREN_TEAMS_INSECURE_LOOPBACK', 'must not be true when a bot is set up', 'remove it');
  if (!isLoopback(host))
    fault('HOST', 'must be a loopback address, because Teams runs without authentication', '127.0.0.1');
  if (env.DEJIREN_TEAMS_HISTORY)
    fault('DEJIREN_TEAMS_HISTORY', 'must not be true without a bot: dejiren would have no permission to read', 'false');
  return {
    appId: 'dejiren',
    access: { kind: 'loopback' },
    tenants: undefined,
    serviceHosts: LOOPBACK_HOSTS,
    graphUrl: undefined,
  };
}

/** A bot of the US government's cloud gets its tokens there. */
function isGovernment(loginUrl: string): boolean {
  return new URL(loginUrl).hostname.endsWith('.us');
}

/** Source: "National cloud deployments", learn.microsoft.com/graph. */
function graphUrlOf(env: Environment, loginUrl: string, fault: TeamsFault): string | undefined {
  const { DEJIREN_TEAMS_HISTORY: isOn, DEJIREN_TEAMS_GRAPH_URL: given } = env;
  if (!isOn) {
    if (given !== undefined)
      fault('DEJIREN_TEAMS_HISTORY', 'must be true when DEJIREN_TEAMS_GRAPH_URL is set: nothing is read otherwise');
    return undefined;
  }
  return given ?? (isGovernment(loginUrl) ? 'https://graph.microsoft.us' : 'https://graph.microsoft.com');
}

function credentialOf(
  env: Environment,
  fault: TeamsFault,
  readFile: (path: string) => string | undefined,
): Authenticated['credential'] | undefined {
  const { MicrosoftAppPassword: secret, DEJIREN_TEAMS_CERTIFICATE: path } = env;
  if (env.MicrosoftAppType === 'UserAssignedMSI') {
    if (secret !== undefined || path !== undefined)
      fault('MicrosoftAppType', 'must not be UserAssignedMSI together with a secret or a certificate', 'SingleTenant');
    return { kind: 'managed-identity' };
  }
  if (path !== undefined) {
    const pem = readFile(path) ?? '';
    const certificate = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/u.exec(pem)?.[0];
    const privateKey = /-----BEGIN (?:RSA )?PRIVATE KEY-----[\s\S]+?-----END (?:RSA )?PRIVATE KEY-----/u.exec(pem)?.[0];
    if (certificate !== undefined && privateKey !== undefined)
      return { kind: 'certificate', certificate, privateKey: new Secret(privateKey) };
    fault('DEJIREN_TEAMS_CERTIFICATE', 'must point to a PEM file with a certificate and its private key');
    return undefined;
  }
  if (secret !== undefined) return { kind: 'secret', secret };
  fault('MicrosoftAppPassword', 'is required, unless you use DEJIREN_TEAMS_CERTIFICATE or a managed identity');
  return undefined;
}
