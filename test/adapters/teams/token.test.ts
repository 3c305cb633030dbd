import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jwt from 'jsonwebtoken';
import { createBotTokens, createTokenCheck } from '../../../adapters/teams/token';
import { type Issuer, startIssuer } from '../../../src/prove/doubles/teams/issuer';

const APP = 'the-app';
const SERVICE = 'https://smba.trafficmanager.net/jp/';

/** A certificate of one's own, with its key; undefined where the machine has no OpenSSL. */
function makeCertificate(): { certificate: string; privateKey: string } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'dejiren-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  try {
    const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=bot', '-keyout', key, '-out', cert];
    execFileSync('openssl', args, { stdio: 'ignore' });
    return { certificate: readFileSync(cert, 'utf8'), privateKey: readFileSync(key, 'utf8') };
  } catch {
    console.warn('SKIPPED: no openssl, so that no certificate can be made');
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the tokens of Teams', () => {
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
    if (made === undefined) return;
    const { certificate } = made;
    const credential = { kind: 'certificate', ...made } as const;
    const parts = { appId: APP, credential, loginUrl: issuer.loginUrl, fetch, now: Date.now };
    expect(await createBotTokens(parts)('s/.default')).toBe('bot-token');
    const form = issuer.granted[0];
    const assertion = form?.get('client_assertion') ?? '';
    const { header, payload } = jwt.verify(assertion, new X509Certificate(certificate).publicKey, {
      algorithms: ['PS256'],
      audience: `${issuer.loginUrl}/oauth2/v2.0/token`,
      issuer: APP,
      complete: true,
    });
    expect(payload).toMatchObject({ sub: APP });
    expect(Reflect.get(header, 'x5t#S256')).toMatch(/^[\w-]{43}$/u);
    expect(form?.has('client_secret')).toBe(false);
  });

  it('of the channel hold again when their keys could not be read before', async () => {
    let down = true;
    let now = Date.now();
    const check = createTokenCheck({
      appId: APP,
      issuer: issuer.issuer,
      openIdUrl: issuer.openIdUrl,
      fetch: async (...request) => {
        if (down) throw new Error('down');
        return fetch(...request);
      },
      now: () => now,
    });
    const bearer = `Bearer ${issuer.token(SERVICE)}`;
    const forged = jwt.sign({}, 'x'.repeat(32), { algorithm: 'HS256', keyid: 'another' });
    expect(await check.verdictOn(bearer, 'msteams')).toEqual({ kind: 'unknown' });
    expect(await check.haveKeys()).toBe(false);
    expect(await check.verdictOn(`Bearer ${forged}`, 'msteams')).toEqual({ kind: 'refused' });
    down = false;
    now += 1_000;
    expect(await check.verdictOn(bearer, 'msteams')).toEqual({ kind: 'holds', serviceUrl: SERVICE });
    down = true;
    expect(await check.verdictOn(bearer, 'msteams')).toEqual({ kind: 'holds', serviceUrl: SERVICE });
    expect(await check.verdictOn(bearer, 'webchat')).toEqual({ kind: 'refused' });
    expect(await check.haveKeys()).toBe(true);
  });
});
