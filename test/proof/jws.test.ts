import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { readJwks, readJws, signJws } from '../../src/proof/jws';
import { deriveSigningKeys } from '../../src/proof/signing-keys';

const secret = Buffer.alloc(32, 3);
const keys = deriveSigningKeys(secret, 1);
const signed = (payload: object = { one: 1 }) => signJws(keys.current, 'dejiren-receipt+jws', payload);

/** The `jose` package, which jest cannot load: in a Node of its own. */
function jose(script: string, input: object): unknown {
  const program = `import * as jose from 'jose'; const input = ${JSON.stringify(input)}; ${script}`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: join(__dirname, '../..'),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return JSON.parse(printed.toString());
}

describe('the keys that sign', () => {
  it('follow from the secret and a number, the same on every replica', () => {
    expect(keys.current.jwk).toEqual({
      kty: 'OKP',
      crv: 'Ed25519',
      x: 'siPl8jMyYOy2iUhVPEkcomHTiotUddRMPc-zdeqKaqs',
      kid: expect.any(String),
      use: 'sig',
      alg: 'EdDSA',
    });
    expect(deriveSigningKeys(Buffer.alloc(32, 4), 1).installation).not.toBe(keys.installation);
  });

  it('are published from the newest to the first, and name the installation by the first', () => {
    const third = deriveSigningKeys(secret, 3);
    expect(third.published).toHaveLength(3);
    expect(third.published[0]).toEqual(third.current.jwk);
    expect(third.published[2]).toEqual(keys.current.jwk);
    expect(third.installation).toBe(keys.installation);
    expect(new Set(third.published.map(({ kid }) => kid)).size).toBe(3);
  });

  it('are named by their thumbprint as jose computes it', () => {
    const { kty, crv, x, kid } = keys.current.jwk;
    const script = 'console.log(JSON.stringify(await jose.calculateJwkThumbprint(input)))';
    expect(jose(script, { kty, crv, x })).toBe(kid);
  });

  it('publish nothing of the private half', () => {
    const all = JSON.stringify(keys.published);
    const seed = createHash('sha256').update(secret).digest('base64url');
    for (const one of [secret.toString('base64'), secret.toString('hex'), seed, '"d"']) expect(all).not.toContain(one);
  });
});

describe('a signed document', () => {
  it('is a JWS that jose verifies with the published keys', () => {
    const script = `
      const { payload, protectedHeader } = await jose.compactVerify(input.jws, jose.createLocalJWKSet(input.jwks));
      console.log(JSON.stringify({ payload: JSON.parse(new TextDecoder().decode(payload)), protectedHeader }));`;
    const rotated = deriveSigningKeys(secret, 2);
    expect(jose(script, { jws: signed({ 日本: '語' }), jwks: { keys: rotated.published } })).toEqual({
      payload: { 日本: '語' },
      protectedHeader: {
        alg: 'EdDSA',
        kid: keys.current.jwk.kid,
        typ: 'dejiren-receipt+jws',
        cty: 'application/ld+json',
      },
    });
  });

  it('that jose signed is read here', () => {
    const script = `
      const { privateKey, publicKey } = await jose.generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
      const jwk = await jose.exportJWK(publicKey);
      const kid = await jose.calculateJwkThumbprint(jwk);
      const jws = await new jose.CompactSign(new TextEncoder().encode('{"one":1}'))
        .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'dejiren-head+jws' }).sign(privateKey);
      console.log(JSON.stringify({ jws, jwk }));`;
    const { jws, jwk } = jose(script, {}) as { jws: string; jwk: object };
    expect(readJws(jws, readJwks(JSON.stringify(jwk)) ?? [])).toMatchObject({ signed: true, payload: { one: 1 } });
  });

  it('is read again with what it is for, whatever white space copying brought along', () => {
    const wrapped = signed().replace(/(.{20})/gu, '$1\n  ');
    const { kid } = keys.current.jwk;
    expect(readJws(wrapped, keys.published)).toEqual({
      signed: true,
      type: 'dejiren-receipt+jws',
      kid,
      payload: { one: 1 },
    });
  });

  it('holds under a later number too, and not under another secret', () => {
    expect(readJws(signed(), deriveSigningKeys(secret, 5).published).signed).toBe(true);
    const other = deriveSigningKeys(Buffer.alloc(32, 9), 1).published;
    expect(readJws(signed(), other)).toEqual({ signed: false, code: 'unknown-key' });
  });

  it('holds no longer when any character of it is another', () => {
    const jws = signed({ some: 'words' });
    fc.assert(
      fc.property(fc.nat(jws.length - 1), fc.constantFrom(...'AQgw_-z9.'), (index, letter) => {
        fc.pre(jws[index] !== letter);
        const changed = jws.slice(0, index) + letter + jws.slice(index + 1);
        expect(readJws(changed, keys.published).signed).toBe(false);
      }),
      { seed: 20261125 },
    );
  });

  it.each([
    ['no algorithm', { alg: 'none' }],
    ['another algorithm', { alg: 'HS256' }],
    ['a purpose that is none of ours', { typ: 'JWT' }],
    ['something that must be understood', { crit: ['b64'], b64: false }],
  ])('is not taken with %s in its header', (_name, change) => {
    const [head = '', body, signature] = signed().split('.');
    const other = { ...JSON.parse(Buffer.from(head, 'base64url').toString()), ...change };
    const forged = [Buffer.from(JSON.stringify(other)).toString('base64url'), body, signature].join('.');
    expect(readJws(forged, keys.published)).toEqual({ signed: false, code: 'malformed' });
  });

  it('is told from anything else without an error', () => {
    fc.assert(
      fc.property(fc.string(), (words) => {
        expect(readJws(words, keys.published).signed).toBe(false);
        expect(readJwks(words) ?? []).toEqual([]);
      }),
    );
  });
});
