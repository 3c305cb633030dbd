import { X509Certificate } from 'node:crypto';
import { jwtVerify } from 'jose';
import { createBotTokens, forEachTenant } from '../../../adapters/teams/bot-tokens';
import { type Issuer, startIssuer } from '../../../src/prove/doubles/teams/issuer';
import { makeCertificate } from '../../support/certificate';

const APP = 'the-app';

describe('the tokens of the bot', () => {
  let issuer: Issuer;
  beforeEach(async () => {
    issuer = await startIssuer(APP, 'secret');
  });
  afterEach(() => issuer.close());

  const tokens = (now: () => number = Date.now) =>
    createBotTokens({
      appId: APP,
      credential: { kind: 'secret', secret: 'secret' },
      loginUrl: issuer.loginUrl,
      fetch,
      now,
    });

  it('are asked for once, and again before they end', async () => {
    let now = 0;
    const token = tokens(() => now);
    await Promise.all([token('s/.default'), token('s/.default')]);
    await token('s/.default');
    expect(issuer.granted).toHaveLength(1);
    now = 3_600_000 - 299_000;
    await token('s/.default');
    expect(issuer.granted).toHaveLength(2);
  });

  it('are asked for with an assertion that the certificate’s key signed', async () => {
    const made = makeCertificate();
    const credential = { kind: 'certificate', ...made } as const;
    const parts = { appId: APP, credential, loginUrl: issuer.loginUrl, fetch, now: Date.now };
    expect(await createBotTokens(parts)('s/.default')).toBe('bot-token');
    const form = issuer.granted[0];
    const assertion = form?.get('client_assertion') ?? '';
    const { publicKey, fingerprint256 } = new X509Certificate(made.certificate);
    const { protectedHeader, payload } = await jwtVerify(assertion, publicKey, {
      algorithms: ['PS256'],
      audience: `${issuer.loginUrl}/oauth2/v2.0/token`,
      issuer: APP,
      requiredClaims: ['exp', 'jti'],
    });
    expect(payload.sub).toBe(APP);
    const thumbprint = Buffer.from(fingerprint256.replaceAll(':', ''), 'hex').toString('base64url');
    expect(protectedHeader).toMatchObject({ 'x5t#S256': thumbprint });
    expect(form?.has('client_secret')).toBe(false);
  });

  it('are kept for the thousand tenants that were asked for last', async () => {
    const made: string[] = [];
    const tokenIn = forEachTenant((tenant) => {
      made.push(tenant);
      return async () => `token of ${tenant}`;
    })('s/.default');
    for (let number = 0; number < 1_000; number += 1) await tokenIn(`tenant-${number}`);
    expect(await tokenIn('tenant-0')).toBe('token of tenant-0');
    expect(made).toHaveLength(1_000);
    await tokenIn('another');
    await tokenIn('tenant-0');
    expect(made).toHaveLength(1_001);
    await tokenIn('tenant-1');
    expect(made.slice(1_000)).toEqual(['another', 'tenant-1']);
  });
});
