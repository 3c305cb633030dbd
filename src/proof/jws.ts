import { CompactSign, compactVerify, decodeJwt, decodeProtectedHeader } from 'jose';
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

/** Signs a document. The result is a JWS in compact form (RFC 7515) with `alg: EdDSA` (RFC 8037). */
export function signJws({ jwk, privateKey }: SigningKey, typ: JwsType, payload: object): Promise<string> {
  return new CompactSign(Buffer.from(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'EdDSA', kid: jwk.kid, typ, cty: 'application/ld+json' })
    .sign(privateKey);
}

/**
 * Checks a JWS of ours against keys, each named by its thumbprint. White space within, as copying brings along, is
 * left out. Never rejects.
 */
export async function readJws(words: string, keys: readonly PublicJwk[]): Promise<JwsReading> {
  const jws = words.replace(/\s+/gu, '');
  const document = documentOf(jws);
  if (document === undefined) return { signed: false, code: 'malformed' };
  const { kid, type, payload } = document;
  const key = keys.find((one) => one.kid === kid);
  if (key === undefined) return { signed: false, code: 'unknown-key' };
  try {
    await compactVerify(jws, key, { algorithms: ['EdDSA'] });
    return { signed: true, type, kid, payload };
  } catch {
    return { signed: false, code: 'signature' };
  }
}

/** What a JWS says of itself, before anything is checked. Undefined where it is none of ours. */
function documentOf(jws: string): { kid: string; type: JwsType; payload: unknown } | undefined {
  try {
    const { kid, typ: type } = header.parse(decodeProtectedHeader(jws));
    return isCanonical(jws.slice(jws.lastIndexOf('.') + 1)) ? { kid, type, payload: decodeJwt(jws) } : undefined;
  } catch {
    return undefined;
  }
}

/** The last letter of a signature has bits to spare, which a decoder leaves out: one signature is written in one way. */
function isCanonical(signature: string): boolean {
  return Buffer.from(signature, 'base64url').toString('base64url') === signature;
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
