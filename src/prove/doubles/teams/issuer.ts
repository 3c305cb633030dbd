import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { bodyOf, startWebServer } from '../web-server';

const ISSUER = 'https://api.botframework.com';

export interface TokenWish {
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Claims to leave out. */
  readonly without?: readonly string[];
  readonly kid?: string;
  readonly key?: KeyObject;
  readonly algorithm?: 'RS256' | 'RS512' | 'HS256' | 'none';
  /** Fields of the header beside its own. */
  readonly header?: Readonly<Record<string, unknown>>;
}

/** The status with which the tokens or the keys are refused. */
export interface Outage {
  tokens?: number | undefined;
  keys?: number | undefined;
}

/** The Bot Connector's keys, as OpenID Connect tells them, and Entra ID's tokens for the bot, on this machine. */
export async function startIssuer(appId: string, secret: string, botToken = 'bot-token') {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const granted: URLSearchParams[] = [];
  const outage: Outage = {};
  const web = await startWebServer(async (request, response) => {
    const answer = (status: number, body: unknown): unknown =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const key = (kid: string, from: KeyObject, endorsements: readonly string[]) => ({
      ...from.export({ format: 'jwk' }),
      kid,
      use: 'sig',
      endorsements,
    });
    const status = /token$/u.test(request.url ?? '') ? outage.tokens : outage.keys;
    if (status !== undefined) return answer(status, {});
    if (request.url === '/openid') return answer(200, { issuer: ISSUER, jwks_uri: `${web.url}/keys` });
    if (request.url === '/keys')
      return answer(200, {
        keys: [key('k1', publicKey, ['msteams']), key('k2', other.publicKey, ['skype'])],
      });
    // The bot's own tokens are of one place; those for Graph are of the tenant whose data it is.
    const granting = /^\/(tenant|[0-9a-f-]{36})\/oauth2\/v2\.0\/token$/u.exec(request.url ?? '')?.[1];
    if (granting !== undefined) {
      const form = new URLSearchParams(await bodyOf(request));
      granted.push(form);
      const proven = form.get('client_secret') === secret || form.has('client_assertion');
      if (form.get('client_id') !== appId || form.get('grant_type') !== 'client_credentials' || !proven)
        return answer(401, { error: 'invalid_client' });
      return answer(200, {
        access_token: granting === 'tenant' ? botToken : 'graph-token',
        token_type: 'Bearer',
        expires_in: 3_600,
      });
    }
    return answer(404, {});
  });

  return {
    url: web.url,
    openIdUrl: `${web.url}/openid`,
    loginUrl: `${web.url}/tenant`,
    issuer: ISSUER,
    granted,
    /** What does not work just now. */
    outage,
    otherKey: other.privateKey,
    /** A token as the Bot Connector would send it, but for the wish. */
    token(serviceUrl: string, wish: TokenWish = {}): string {
      const at = Math.floor(Date.now() / 1_000);
      const claims: Record<string, unknown> = {
        iss: ISSUER,
        aud: appId,
        iat: at,
        nbf: at,
        exp: at + 3_600,
        serviceurl: serviceUrl,
        ...wish.claims,
      };
      for (const name of wish.without ?? []) delete claims[name];
      const { algorithm = 'RS256', key = privateKey, kid = 'k1' } = wish;
      const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
      const head = `${encode({ alg: algorithm, typ: 'JWT', kid, ...wish.header })}.${encode(claims)}`;
      if (algorithm === 'none') return `${head}.`;
      if (algorithm !== 'HS256')
        return `${head}.${sign(algorithm === 'RS256' ? 'sha256' : 'sha512', Buffer.from(head), key).toString('base64url')}`;
      // The known trick: the public key as the secret of a symmetric signature.
      const pem = publicKey.export({ type: 'spki', format: 'pem' });
      return `${head}.${createHmac('sha256', pem).update(head).digest('base64url')}`;
    },
    close: web.close,
  };
}

export type Issuer = Awaited<ReturnType<typeof startIssuer>>;
