import { createPublicKey, type KeyObject, randomUUID, X509Certificate } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';

/** Which cloud speaks to the bot, and which keys its tokens are signed with. */
export interface TokenIssuer {
  readonly appId: string;
  /** E.g. `https://api.botframework.com`. */
  readonly issuer: string;
  /** E.g. `https://login.botframework.com/v1/.well-known/openidconfiguration`. */
  readonly openIdUrl: string;
  readonly fetch: typeof fetch;
  readonly now: () => number;
}

/** What a bearer token is worth: `unknown` where the issuer's keys cannot be read, so that nobody can tell. */
export type TokenVerdict =
  /** It speaks for this service address. */
  { readonly kind: 'holds'; readonly serviceUrl: string } | { readonly kind: 'refused' | 'unknown' };

export interface TokenCheck {
  /** Never rejects. */
  verdictOn(authorization: string | undefined, channelId: string): Promise<TokenVerdict>;
  /** Reads the issuer's keys where there are none yet; resolves to whether there are. Never rejects. */
  haveKeys(): Promise<boolean>;
}

/** Source: "Authenticate requests from the Bot Connector service to your bot", learn.microsoft.com/azure/bot-service. */
const SKEW_SECONDS = 300;
const KEYS_KEPT_MS = 24 * 60 * 60_000;
/** A key that is not known is looked for no more often, or so soon after it could not be looked for. */
const LOOK_AGAIN_MS = 5 * 60_000;
const RETRY_MS = 10_000;
const FETCH_MS = 10_000;

const configuration = z.object({ jwks_uri: z.url() });
const keySet = z.object({
  keys: z.array(
    z.looseObject({
      kid: z.string(),
      kty: z.literal('RSA'),
      n: z.string(),
      e: z.string(),
      endorsements: z.array(z.string()).default([]),
    }),
  ),
});

interface Key {
  readonly key: KeyObject;
  readonly endorsements: readonly string[];
}

/**
 * Checks tokens of the Bot Connector: RS256 by a key of the issuer that is endorsed for the channel, for this app,
 * within its time, with the service address as a claim. Keys are fetched through `fetch`, and kept for a day.
 */
export function createTokenCheck({ appId, issuer, openIdUrl, fetch, now }: TokenIssuer): TokenCheck {
  let keys: ReadonlyMap<string, Key> = new Map();
  let fetchedAt = Number.NEGATIVE_INFINITY;
  /** When an unknown key may be looked for. */
  let nextAt = Number.NEGATIVE_INFINITY;
  let fetching: Promise<void> | undefined;
  /** Whether the issuer could be asked the last time. */
  let asked = false;

  async function read(url: string): Promise<unknown> {
    const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_MS) });
    if (!response.ok) throw new Error('no keys');
    return response.json();
  }

  async function refresh(): Promise<void> {
    const { jwks_uri } = configuration.parse(await read(openIdUrl));
    const found = keySet.parse(await read(jwks_uri));
    keys = new Map(
      found.keys.map(({ kid, kty, n, e, endorsements }) => [
        kid,
        { key: createPublicKey({ key: { kty, n, e }, format: 'jwk' }), endorsements },
      ]),
    );
    fetchedAt = now();
  }

  function look(): Promise<void> {
    fetching ??= refresh()
      .then(
        () => true,
        () => false,
      )
      .then((could) => {
        asked = could;
        nextAt = now() + (could ? LOOK_AGAIN_MS : RETRY_MS);
        fetching = undefined;
      });
    return fetching;
  }

  async function keyOf(kid: string): Promise<Key | 'unknown' | undefined> {
    const known = keys.get(kid);
    const at = now();
    if (known !== undefined && at - fetchedAt < KEYS_KEPT_MS) return known;
    if (at >= nextAt || keys.size === 0 || fetching !== undefined) await look();
    return keys.get(kid) ?? (asked ? undefined : 'unknown');
  }

  return {
    async verdictOn(authorization, channelId) {
      const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/u.exec(authorization ?? '')?.[1];
      if (token === undefined) return REFUSED;
      try {
        const header = jwt.decode(token, { complete: true })?.header;
        if (header?.alg !== 'RS256' || typeof header.kid !== 'string') return REFUSED;
        const key = await keyOf(header.kid);
        if (key === 'unknown') return { kind: 'unknown' };
        if (key === undefined || !key.endorsements.includes(channelId)) return REFUSED;
        const claims = jwt.verify(token, key.key, {
          algorithms: ['RS256'],
          issuer,
          audience: appId,
          clockTolerance: SKEW_SECONDS,
          clockTimestamp: Math.floor(now() / 1_000),
        });
        if (typeof claims === 'string' || typeof claims.exp !== 'number') return REFUSED;
        const serviceUrl: unknown = claims.serviceurl;
        return typeof serviceUrl === 'string' && serviceUrl !== '' ? { kind: 'holds', serviceUrl } : REFUSED;
      } catch {
        return REFUSED;
      }
    },
    async haveKeys() {
      if (keys.size === 0) await look();
      return keys.size > 0;
    },
  };
}

const REFUSED = { kind: 'refused' } as const;

export type BotCredential =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly certificate: string; readonly privateKey: string };

export interface TokenGrant {
  readonly appId: string;
  readonly credential: BotCredential;
  /** E.g. `https://login.microsoftonline.com/TENANT`. */
  readonly loginUrl: string;
  readonly fetch: typeof fetch;
  readonly now: () => number;
}

/** A bearer token for a scope. Rejects where Entra ID gives none. */
export type BotTokens = (scope: string) => Promise<string>;

const RENEW_BEFORE_MS = 5 * 60_000;
const granted = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });

/**
 * Tokens of the app itself, by its secret or its certificate; each is kept until five minutes before it ends.
 * Source: "Microsoft identity platform and the OAuth 2.0 client credentials flow", learn.microsoft.com/entra.
 */
export function createBotTokens({ appId, credential, loginUrl, fetch, now }: TokenGrant): BotTokens {
  const url = `${loginUrl.replace(/\/$/u, '')}/oauth2/v2.0/token`;
  const kept = new Map<string, { readonly until: number; readonly token: Promise<string> }>();

  async function ask(scope: string): Promise<{ token: string; until: number }> {
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: appId,
      scope,
      ...proofOf(credential, appId, url, now()),
    });
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: body.toString(),
      signal: AbortSignal.timeout(FETCH_MS),
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new TokenRefusedError(response.status);
    }
    const { access_token: token, expires_in: seconds } = granted.parse(await response.json());
    return { token, until: now() + seconds * 1_000 - RENEW_BEFORE_MS };
  }

  return (scope) => {
    const known = kept.get(scope);
    if (known !== undefined && known.until > now()) return known.token;
    const asked = ask(scope);
    const token = asked.then((one) => one.token);
    kept.set(scope, { until: now() + FETCH_MS, token });
    asked.then(
      ({ until }) => kept.set(scope, { until, token }),
      () => kept.delete(scope),
    );
    return token;
  };
}

/** Tokens of the app in each tenant whose data it reads: a chat is its own tenant's. */
export function forEachTenant(
  make: (tenant: string) => BotTokens,
): (scope: string) => (tenant: string) => Promise<string> {
  const made = new Map<string, BotTokens>();
  return (scope) => (tenant) => {
    const tokens = made.get(tenant) ?? make(tenant);
    made.set(tenant, tokens);
    return tokens(scope);
  };
}

/** Entra ID gave no token: the app's id, tenant or credential is wrong (4xx), or it is down (5xx). */
export class TokenRefusedError extends Error {
  readonly status: number;

  constructor(status: number) {
    super('token refused');
    this.name = 'TokenRefusedError';
    this.status = status;
  }
}

/** Source: "Application authentication certificate credentials", learn.microsoft.com/entra. */
function proofOf(credential: BotCredential, appId: string, url: string, now: number): Record<string, string> {
  if (credential.kind === 'secret') return { client_secret: credential.secret };
  const { certificate, privateKey } = credential;
  const thumbprint = Buffer.from(new X509Certificate(certificate).fingerprint256.replaceAll(':', ''), 'hex');
  const at = Math.floor(now / 1_000);
  const claims = { aud: url, iss: appId, sub: appId, jti: randomUUID(), nbf: at, iat: at, exp: at + 600 };
  const header = { alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint.toString('base64url') } as const;
  return {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: jwt.sign(claims, privateKey, { algorithm: 'PS256', header }),
  };
}
