import { createPublicKey, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { type PublicJwk, type SigningKey, thumbprintOf } from './signing-keys';

/** What a signature is for, so that one document is never taken for another. */
export const JWS_TYPES = ['dejiren-receipt+jws', 'dejiren-export+jws', 'dejiren-head+jws'] as const;
export type JwsType = (typeof JWS_TYPES)[number];

export type JwsReading =
  | { readonly signed: true; readonly type: JwsType; readonly kid: string; readonly payload: unknown }
  | { readonly signed: false; readonly code: 'malformed' | 'unknown-key' | 'signature' };

const header = z.object({
  alg: z.literal('EdDSA'),
  kid: z.string(),
  typ: z.enum(JWS_TYPES),
  // Nothing that would have to be understood is ever in ours.
  crit: z.undefined().optional(),
});

const SEGMENT = /^[\w-]+$/u;

/** Signs a document. The result is a JWS in compact form (RFC 7515) with `alg: EdDSA` (RFC 8037). */
export function signJws({ jwk, privateKey }: SigningKey, typ: JwsType, payload: object): string {
  const head = { alg: 'EdDSA', kid: jwk.kid, typ, cty: 'application/ld+json' };
  const input = `${encode(head)}.${encode(payload)}`;
  return `${input}.${sign(null, Buffer.from(input), privateKey).toString('base64url')}`;
}

/** Checks a JWS of ours against keys. White space within, as copying brings along, is left out. Never throws. */
export function readJws(words: string, keys: readonly PublicJwk[]): JwsReading {
  const [head = '', body = '', signature = '', ...more] = words.replace(/\s+/gu, '').split('.');
  const parsed = header.safeParse(decode(head));
  const payload = decode(body);
  const signed = Buffer.from(signature, 'base64url');
  if (!parsed.success || payload === undefined || signed.toString('base64url') !== signature || more.length > 0)
    return { signed: false, code: 'malformed' };
  const { kid, typ: type } = parsed.data;
  const key = keys.find((one) => thumbprintOf(one.x) === kid);
  if (key === undefined) return { signed: false, code: 'unknown-key' };
  const { kty, crv, x } = key;
  const holds = verify(
    null,
    Buffer.from(`${head}.${body}`),
    createPublicKey({ key: { kty, crv, x }, format: 'jwk' }),
    signed,
  );
  return holds ? { signed: true, type, kid, payload } : { signed: false, code: 'signature' };
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(segment: string): unknown {
  if (!SEGMENT.test(segment)) return undefined;
  try {
    return JSON.parse(Buffer.from(segment, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

const jwk = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().regex(/^[\w-]{43}$/u),
  kid: z.string().optional(),
});
const jwks = z.union([z.object({ keys: z.array(z.unknown()).max(1_000) }), jwk.transform((one) => ({ keys: [one] }))]);

/** Reads a JWK Set, or one key; keys of other kinds are left out. Undefined where it is neither. */
export function readJwks(words: string): readonly PublicJwk[] | undefined {
  try {
    const { keys } = jwks.parse(JSON.parse(words));
    return keys.flatMap((raw) => {
      const key = jwk.safeParse(raw);
      return key.success ? [{ ...key.data, kid: thumbprintOf(key.data.x) }] : [];
    });
  } catch {
    return undefined;
  }
}
