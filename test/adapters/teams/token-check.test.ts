import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { createTokenCheck } from '../../../adapters/teams/token-check';
import { type Issuer, startIssuer } from '../../../src/prove/doubles/teams/issuer';

const APP = 'the-app';
const SERVICE = 'https://smba.trafficmanager.net/jp/';
const HOLDS = { kind: 'holds', serviceUrl: SERVICE };
const MINUTE_MS = 60_000;

describe('the check of the channel’s tokens', () => {
  let issuer: Issuer;
  let down: boolean;
  let now: number;
  /** What the issuer was asked for. */
  let asked: string[];
  beforeEach(async () => {
    issuer = await startIssuer(APP, 'secret');
    down = false;
    now = Date.now();
    asked = [];
  });
  afterEach(() => issuer.close());

  const checkOf = () =>
    createTokenCheck({
      appId: APP,
      issuer: issuer.issuer,
      openIdUrl: issuer.openIdUrl,
      fetch: async (input, init) => {
        asked.push(new URL(String(input)).pathname);
        if (down) throw new Error('down');
        return fetch(input, init);
      },
      now: () => now,
    });
  const bearer = (wish?: Parameters<Issuer['token']>[1]): string => `Bearer ${issuer.token(SERVICE, wish)}`;

  it('lets them hold again when their keys could not be read before', async () => {
    down = true;
    const check = checkOf();
    const forged = await new SignJWT({})
      .setProtectedHeader({ alg: 'HS256', kid: 'another' })
      .sign(Buffer.from('x'.repeat(32)));
    expect(await check.verdictOn(bearer(), 'msteams')).toEqual({ kind: 'unknown' });
    expect(await check.haveKeys()).toBe(false);
    expect(await check.verdictOn(`Bearer ${forged}`, 'msteams')).toEqual({ kind: 'refused' });
    down = false;
    now += 1_000;
    expect(await check.verdictOn(bearer(), 'msteams')).toEqual(HOLDS);
    down = true;
    expect(await check.verdictOn(bearer(), 'msteams')).toEqual(HOLDS);
    expect(await check.verdictOn(bearer(), 'webchat')).toEqual({ kind: 'refused' });
    expect(await check.haveKeys()).toBe(true);
  });

  it('reads the keys once for all who ask at the same time, and keeps them for a day', async () => {
    const check = checkOf();
    const verdicts = await Promise.all([1, 2, 3].map(() => check.verdictOn(bearer(), 'msteams')));
    expect(verdicts).toEqual([HOLDS, HOLDS, HOLDS]);
    expect(asked).toEqual(['/openid', '/keys']);
    now += 24 * 60 * MINUTE_MS;
    const later = bearer({ claims: { exp: Math.floor(now / 1_000) + 60 } });
    expect(await check.verdictOn(later, 'msteams')).toEqual(HOLDS);
    expect(asked).toHaveLength(4);
  });

  it('goes on with the keys of yesterday while the issuer cannot be asked', async () => {
    const check = checkOf();
    await check.haveKeys();
    down = true;
    now += 25 * 60 * MINUTE_MS;
    const later = bearer({ claims: { exp: Math.floor(now / 1_000) + 60 } });
    expect(await check.verdictOn(later, 'msteams')).toEqual(HOLDS);
  });

  it('looks for a key that it does not know, once in five minutes', async () => {
    const check = checkOf();
    await check.haveKeys();
    const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const rolled = bearer({ kid: 'k3', key });
    now += 5 * MINUTE_MS;
    for (let each = 0; each < 3; each += 1)
      expect(await check.verdictOn(rolled, 'msteams')).toEqual({ kind: 'refused' });
    expect(asked).toHaveLength(4);
    now += 5 * MINUTE_MS;
    await check.verdictOn(rolled, 'msteams');
    expect(asked).toHaveLength(6);
  });

  it.each([
    ['ended within five minutes', { exp: -299 }, HOLDS],
    ['ended five minutes ago', { exp: -300 }, { kind: 'refused' }],
    ['begins within five minutes', { nbf: 300 }, HOLDS],
    ['begins later', { nbf: 301 }, { kind: 'refused' }],
  ])('allows for clocks that differ: one that %s', async (_name, seconds, verdict) => {
    now = Math.floor(now / 1_000) * 1_000;
    const claims = Object.fromEntries(Object.entries(seconds).map(([name, by]) => [name, now / 1_000 + by]));
    expect(await checkOf().verdictOn(bearer({ claims }), 'msteams')).toEqual(verdict);
  });
});
