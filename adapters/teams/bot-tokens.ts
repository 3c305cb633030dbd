import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import { SignJWT } from 'jose';
import { z } from 'zod';
import { RecentMap } from '../../src/kit/recent-map';
import { DejirenError } from '../../src/model/errors';

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

const FETCH_MS = 10_000;
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
      ...(await proofOf(credential, appId, url, now())),
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

/** More tenants than one bot is in, as far as is known; each has some hundred bytes. */
const MOST_TENANTS = 1_000;

/** Tokens of the app in each tenant whose data it reads: a chat is its own tenant's. The tenants that were asked for last are kept. */
export function forEachTenant(
  make: (tenant: string) => BotTokens,
): (scope: string) => (tenant: string) => Promise<string> {
  const made = new RecentMap<string, BotTokens>(MOST_TENANTS);
  return (scope) => (tenant) => {
    const tokens = made.get(tenant) ?? make(tenant);
    made.set(tenant, tokens);
    return tokens(scope);
  };
}

/** Entra ID gave no token: the app's id, tenant or credential is wrong (4xx), or it is down (5xx). */
export class TokenRefusedError extends DejirenError<'teams', 'token-refused'> {
  readonly status: number;

  constructor(status: number) {
    super('TokenRefusedError', 'teams', 'token-refused');
    this.status = status;
  }
}

/** Source: "Application authentication certificate credentials", learn.microsoft.com/entra. */
async function proofOf(
  credential: BotCredential,
  appId: string,
  url: string,
  now: number,
): Promise<Record<string, string>> {
  if (credential.kind === 'secret') return { client_secret: credential.secret };
  const { certificate, privateKey } = credential;
  const thumbprint = Buffer.from(new X509Certificate(certificate).fingerprint256.replaceAll(':', ''), 'hex');
  const at = Math.floor(now / 1_000);
  const claims = { aud: url, iss: appId, sub: appId, jti: randomUUID(), nbf: at, iat: at, exp: at + 600 };
  const header = { alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint.toString('base64url') };
  return {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await new SignJWT(claims).setProtectedHeader(header).sign(createPrivateKey(privateKey)),
  };
}
