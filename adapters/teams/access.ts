import { createEntraTokens } from '../../src/kit/entra-token';
import { createHostList, isLoopback } from '../../src/kit/hosts';
import { openSecret } from '../../src/model/secret';
import { type BotTokens, createBotTokens, forEachTenant } from './bot-tokens';
import type { TeamsSettings } from './settings';
import { createTokenCheck, type TokenCheck } from './token-check';

/** How Teams gets in, and the bot out. */
export interface TeamsAccess {
  readonly appId: string;
  /** In lower case; undefined: every tenant. */
  readonly tenants: ReadonlySet<string> | undefined;
  /** Undefined in both: no authentication, for a client on this machine. */
  readonly check: TokenCheck | undefined;
  readonly tokens: BotTokens | undefined;
  /** What the bot's tokens are for, e.g. `https://api.botframework.com/.default`. */
  readonly scope: string;
  /** Whether an address is one of Teams' own: the bot's token may go there. */
  readonly isService: (url: URL) => boolean;
  /** How chats are read again: Graph's address, and its tokens by tenant. Undefined: they are not. */
  readonly graph: { readonly url: string; readonly token: (tenant: string) => Promise<string> } | undefined;
}

/** `send`: the way to Entra ID and to the issuer of the channel's keys. */
export function accessOf(settings: TeamsSettings, send: typeof fetch): TeamsAccess {
  const { appId, access, serviceHosts, graphUrl } = settings;
  const isKnown = createHostList(serviceHosts);
  const tenants = settings.tenants === undefined ? undefined : new Set(settings.tenants);
  if (access.kind === 'loopback')
    return { appId, tenants, check: undefined, tokens: undefined, scope: '', isService: isKnown, graph: undefined };
  const { loginUrl, scope, openIdUrl, issuer } = access;
  const tokensAt = (login: string): BotTokens => tokensOf(access.credential, appId, login, send);
  const perTenant = forEachTenant((tenant) => tokensAt(new URL(`/${tenant}`, loginUrl).href));
  const isSecure = ({ protocol, port, host }: URL): boolean =>
    protocol === 'https:' && (port === '' || serviceHosts.includes(host));
  return {
    appId,
    tenants,
    scope,
    check: createTokenCheck({ appId, issuer, openIdUrl, fetch: send, now: Date.now }),
    tokens: tokensAt(loginUrl),
    graph:
      graphUrl === undefined ? undefined : { url: graphUrl, token: perTenant(`${new URL(graphUrl).origin}/.default`) },
    // On this machine a service may speak plain HTTP, on any port; a token goes nowhere else in the clear.
    isService: (url) => isKnown(url) && (isLoopback(url.hostname) || isSecure(url)),
  };
}

type Credential = Extract<TeamsSettings['access'], { kind: 'authenticated' }>['credential'];

/** The app's tokens by what it proves itself with. */
function tokensOf(credential: Credential, appId: string, loginUrl: string, send: typeof fetch): BotTokens {
  if (credential.kind === 'managed-identity') return createEntraTokens(send, appId);
  const proof =
    credential.kind === 'secret'
      ? ({ kind: 'secret', secret: openSecret(credential.secret) } as const)
      : { ...credential, privateKey: openSecret(credential.privateKey) };
  return createBotTokens({ appId, loginUrl, credential: proof, fetch: send, now: Date.now });
}
