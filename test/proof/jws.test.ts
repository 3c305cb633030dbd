import { createHash } from 'node:crypto';
import fc from 'fast-check';
import * as jose from 'jose';
import { readJwks, readJws, signJws } from '../../src/proof/jws';
import { deriveSigningKeys } from '../../src/proof/signing-keys';

const secret = Buffer.alloc(32, 3);
const keys = deriveSigningKeys(secret, 1);
const signed = (payload: object = { one: 1 }) => signJws(keys.current, 'dejiren-receipt+jws', payload);

/** One document, as each kind was signed before `jose` did it: what people keep has to hold for years. */
const SIGNED_LONG_AGO = [
  [
    'dejiren-receipt+jws',
    'eyJhbGciOiJFZERTQSIsImtpZCI6Ino4X0duNEJTbDg4anhXNXBUOUhkX0IyZzRSaXlzbDhqMTI3aEp5dktsS28iLCJ0eXAiOiJkZWppcmVuLXJlY2VpcHQrandzIiwiY3R5IjoiYXBwbGljYXRpb24vbGQranNvbiJ9.eyJAdHlwZSI6ImRwdjpDb25zZW50UmVjZWlwdCIsImRjdDppZGVudGlmaWVyIjoiMSIsIuiogOiqniI6IuaXpeacrOiqniJ9.qIcaoogt5vgtJp1DqhDVTKvMB2aZ7PEgSAaSXWkvnLtDHU_vcRdDIAu27E3euVoBtP06-kw608YJqRUVJc2rAw',
  ],
  [
    'dejiren-export+jws',
    'eyJhbGciOiJFZERTQSIsImtpZCI6Ino4X0duNEJTbDg4anhXNXBUOUhkX0IyZzRSaXlzbDhqMTI3aEp5dktsS28iLCJ0eXAiOiJkZWppcmVuLWV4cG9ydCtqd3MiLCJjdHkiOiJhcHBsaWNhdGlvbi9sZCtqc29uIn0.eyJAdHlwZSI6ImRwdjpDb25zZW50UmVjZWlwdCIsImRjdDppZGVudGlmaWVyIjoiMSIsIuiogOiqniI6IuaXpeacrOiqniJ9.ehCGKFBUIKkRyQhgKPiQWNz0NQaUQi1UvMhD9ZdISUKGdS4cQ3UgCyEIaogl31eTz1-JHd-SiwDpdbfMyCJ3Cw',
  ],
  [
    'dejiren-head+jws',
    'eyJhbGciOiJFZERTQSIsImtpZCI6Ino4X0duNEJTbDg4anhXNXBUOUhkX0IyZzRSaXlzbDhqMTI3aEp5dktsS28iLCJ0eXAiOiJkZWppcmVuLWhlYWQrandzIiwiY3R5IjoiYXBwbGljYXRpb24vbGQranNvbiJ9.eyJAdHlwZSI6ImRwdjpDb25zZW50UmVjZWlwdCIsImRjdDppZGVudGlmaWVyIjoiMSIsIuiogOiqniI6IuaXpeacrOiqniJ9.Ab76QqFq16Y2fYFdfFA7I-ZeYamC58HUyxgBxK7zhno_Arql01yxtdwzzUAwDizaQ0q6QmS9ND8Jm_eGBuhHCA',
  ],
] as const;

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

  it('are named by their thumbprint as jose computes it', async () => {
    const { kty, crv, x, kid } = keys.current.jwk;
    expect(await jose.calculateJwkThumbprint({ kty, crv, x })).toBe(kid);
  });

  it('publish nothing of the private half', () => {
    const all = JSON.stringify(keys.published);
    const seed = createHash('sha256').update(secret).digest('base64url');
    for (const one of [secret.toString('base64'), secret.toString('hex'), seed, '"d"']) expect(all).not.toContain(one);
  });
});

describe('a signed document', () => {
  it('is a JWS that verifies with the published keys', async () => {
    const { published } = deriveSigningKeys(secret, 2);
    const keySet = jose.createLocalJWKSet({ keys: published.map((one) => ({ ...one })) });
    const { payload, protectedHeader } = await jose.compactVerify(await signed({ 日本: '語' }), keySet);
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({ 日本: '語' });
    expect(protectedHeader).toEqual({
      alg: 'EdDSA',
      kid: keys.current.jwk.kid,
      typ: 'dejiren-receipt+jws',
      cty: 'application/ld+json',
    });
  });

  it('is the same to the last byte as ever', async () => {
    const { current, published } = deriveSigningKeys(secret, 2);
    const payload = { '@type': 'dpv:ConsentReceipt', 'dct:identifier': '1', 言語: '日本語' };
    for (const [type, jws] of SIGNED_LONG_AGO) {
      expect(await signJws(current, type, payload)).toBe(jws);
      expect(await readJws(jws, published)).toEqual({ signed: true, type, kid: current.jwk.kid, payload });
    }
  });

  it('that another program signed is read here', async () => {
    const { privateKey, publicKey } = await jose.generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    const jwk = await jose.exportJWK(publicKey);
    const kid = await jose.calculateJwkThumbprint(jwk);
    const jws = await new jose.CompactSign(Buffer.from('{"one":1}'))
      .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'dejiren-head+jws' })
      .sign(privateKey);
    expect(await readJws(jws, readJwks(JSON.stringify(jwk)) ?? [])).toMatchObject({
      signed: true,
      payload: { one: 1 },
    });
  });

  it('is read again with what it is for, whatever white space copying brought along', async () => {
    const wrapped = (await signed()).replace(/(.{20})/gu, '$1\n  ');
    const { kid } = keys.current.jwk;
    expect(await readJws(wrapped, keys.published)).toEqual({
      signed: true,
      type: 'dejiren-receipt+jws',
      kid,
      payload: { one: 1 },
    });
  });

  it('holds under a later number too, and not under another secret', async () => {
    expect((await readJws(await signed(), deriveSigningKeys(secret, 5).published)).signed).toBe(true);
    const other = deriveSigningKeys(Buffer.alloc(32, 9), 1).published;
    expect(await readJws(await signed(), other)).toEqual({ signed: false, code: 'unknown-key' });
  });

  it('holds no longer when any character of it is another', async () => {
    const jws = await signed({ some: 'words' });
    await fc.assert(
      fc.asyncProperty(fc.nat(jws.length - 1), fc.constantFrom(...'AQgw_-z9.'), async (index, letter) => {
        fc.pre(jws[index] !== letter);
        const changed = jws.slice(0, index) + letter + jws.slice(index + 1);
        expect((await readJws(changed, keys.published)).signed).toBe(false);
      }),
      { seed: 20261125 },
    );
  });

  it.each([
    ['no algorithm', { alg: 'none' }],
    ['another algorithm', { alg: 'HS256' }],
    ['a purpose that is none of ours', { typ: 'JWT' }],
    ['something that must be understood', { crit: ['b64'], b64: false }],
  ])('is not taken with %s in its header', async (_name, change) => {
    const [head = '', body, signature] = (await signed()).split('.');
    const other = { ...JSON.parse(Buffer.from(head, 'base64url').toString()), ...change };
    const forged = [Buffer.from(JSON.stringify(other)).toString('base64url'), body, signature].join('.');
    expect(await readJws(forged, keys.published)).toEqual({ signed: false, code: 'malformed' });
  });

  it('is told from anything else without an error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (words) => {
        expect((await readJws(words, keys.published)).signed).toBe(false);
        expect(readJwks(words) ?? []).toEqual([]);
      }),
    );
  });
});
