import { createHash, createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto';

/** The public half of a signing key. Source: RFC 8037, "CFRG ECDH and Signatures in JOSE". */
export interface PublicJwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  /** The key, Base64url. */
  readonly x: string;
  readonly kid: string;
  readonly use?: 'sig';
  readonly alg?: 'EdDSA';
}

export interface SigningKey {
  readonly jwk: PublicJwk;
  /** Never leaves memory. */
  readonly privateKey: KeyObject;
}

/** An installation's keys for receipts, exports and heads of the ledger. */
export interface SigningKeys {
  /** What signs now. */
  readonly current: SigningKey;
  /** Every key that ever signed here, the newest first: what is verified against, and published. */
  readonly published: readonly PublicJwk[];
  /** Names this installation, whatever number its key has come to: the first key's thumbprint. */
  readonly installation: string;
}

/** The fixed beginning of an Ed25519 key in PKCS #8. Source: RFC 8410, section 7. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const SEED_BYTES = 32;

/**
 * Derives the keys up to a number from the installation's secret (HKDF-SHA-256, RFC 5869), so that every replica has
 * the same ones, nothing more has to be kept, and all that was signed under an earlier number stays verifiable.
 */
export function deriveSigningKeys(secret: Uint8Array, number: number): SigningKeys {
  const keys = Array.from({ length: number }, (_, index) => keyOf(secret, index + 1));
  const [first] = keys;
  const current = keys.at(-1);
  if (first === undefined || current === undefined) throw new RangeError('signing keys are counted from 1');
  return { current, published: keys.map(({ jwk }) => jwk).reverse(), installation: first.jwk.kid };
}

function keyOf(secret: Uint8Array, number: number): SigningKey {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', `dejiren signing key ${number}`, SEED_BYTES));
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  return {
    privateKey,
    jwk: { kty: 'OKP', crv: 'Ed25519', x, kid: thumbprintOf(x), use: 'sig', alg: 'EdDSA' },
  };
}

/** The name of an Ed25519 key: its thumbprint. Source: RFC 7638, and RFC 8037, section 2. */
export function thumbprintOf(x: string): string {
  return createHash('sha256')
    .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
    .digest('base64url');
}
