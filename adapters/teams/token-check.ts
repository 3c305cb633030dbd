import { createLocalJWKSet, decodeProtectedHeader, type JWTVerifyGetKey, jwtVerify } from 'jose';
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

const REFUSED = { kind: 'refused' } as const;

/**
 * Checks tokens of the Bot Connector: RS256 by a key of the issuer that is endorsed for the channel, for this app,
 * within its time, with the service address as a claim.
 */
export function createTokenCheck({ appId, issuer, openIdUrl, fetch, now }: TokenIssuer): TokenCheck {
  const keys = new IssuerKeys(openIdUrl, fetch, now);
  return {
    async verdictOn(authorization, channelId) {
      const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/u.exec(authorization ?? '')?.[1];
      if (token === undefined) return REFUSED;
      try {
        const { alg, kid } = decodeProtectedHeader(token);
        if (alg !== 'RS256' || kid === undefined) return REFUSED;
        const found = await keys.find(kid);
        if (found === 'unknown') return { kind: 'unknown' };
        if (found?.endorsements.includes(channelId) !== true) return REFUSED;
        const { payload } = await jwtVerify<{ serviceurl?: unknown }>(token, found.key, {
          algorithms: ['RS256'],
          issuer,
          audience: appId,
          requiredClaims: ['exp'],
          clockTolerance: SKEW_SECONDS,
          currentDate: new Date(now()),
        });
        const { serviceurl: serviceUrl } = payload;
        return typeof serviceUrl === 'string' && serviceUrl !== '' ? { kind: 'holds', serviceUrl } : REFUSED;
      } catch {
        return REFUSED;
      }
    },
    haveKeys: () => keys.have(),
  };
}

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

interface IssuerKey {
  readonly key: JWTVerifyGetKey;
  /** The channels that it may sign for. */
  readonly endorsements: readonly string[];
}

/**
 * The issuer's keys, fetched when they are first asked for and kept for a day, and for longer while the issuer cannot
 * be asked: `jose`'s own remote set would refuse everybody then, and it keeps no endorsements.
 */
class IssuerKeys {
  readonly #openIdUrl: string;
  readonly #fetch: typeof fetch;
  readonly #now: () => number;
  #keys: ReadonlyMap<string, IssuerKey> = new Map();
  #fetchedAt = Number.NEGATIVE_INFINITY;
  /** When a key that is not known may be looked for. */
  #nextAt = Number.NEGATIVE_INFINITY;
  #looking: Promise<void> | undefined;
  /** Whether the issuer could be asked the last time. */
  #answered = false;

  constructor(openIdUrl: string, send: typeof fetch, now: () => number) {
    this.#openIdUrl = openIdUrl;
    this.#fetch = send;
    this.#now = now;
  }

  async have(): Promise<boolean> {
    if (this.#keys.size === 0) await this.#look();
    return this.#keys.size > 0;
  }

  /** The key of this id; `unknown` where the issuer cannot be asked for it. Never rejects. */
  async find(kid: string): Promise<IssuerKey | 'unknown' | undefined> {
    const known = this.#keys.get(kid);
    const at = this.#now();
    if (known !== undefined && at - this.#fetchedAt < KEYS_KEPT_MS) return known;
    if (at >= this.#nextAt || this.#keys.size === 0 || this.#looking !== undefined) await this.#look();
    return this.#keys.get(kid) ?? (this.#answered ? undefined : 'unknown');
  }

  /** One at a time: those who ask meanwhile wait for the same answer. */
  #look(): Promise<void> {
    this.#looking ??= this.#lookNow();
    return this.#looking;
  }

  async #lookNow(): Promise<void> {
    try {
      const { jwks_uri } = configuration.parse(await this.#read(this.#openIdUrl));
      const { keys } = keySet.parse(await this.#read(jwks_uri));
      this.#keys = new Map(
        keys.map(({ endorsements, ...jwk }) => [jwk.kid, { key: createLocalJWKSet({ keys: [jwk] }), endorsements }]),
      );
      this.#fetchedAt = this.#now();
      this.#answered = true;
    } catch {
      this.#answered = false;
    }
    this.#nextAt = this.#now() + (this.#answered ? LOOK_AGAIN_MS : RETRY_MS);
    this.#looking = undefined;
  }

  async #read(url: string): Promise<unknown> {
    const response = await this.#fetch(url, { signal: AbortSignal.timeout(FETCH_MS) });
    if (!response.ok) throw new Error('no keys');
    return response.json();
  }
}
