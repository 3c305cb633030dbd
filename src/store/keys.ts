import { hash } from 'node:crypto';

/** Who is meant, before it becomes a key. */
interface Identity {
  readonly platform: string;
  readonly tenant: string;
  readonly id: string;
}

const BLOCK_BYTES = 64;
const HASH_BYTES = 32;
/** Reused by every call, which is synchronous: buffers of their own would be most of the garbage of a decision. */
const outer = Buffer.alloc(BLOCK_BYTES + HASH_BYTES);

/**
 * HMAC-SHA-256 (RFC 2104) of Node's one-shot `hash`. Every decision about consent needs one, and `createHmac` costs
 * several times as much for words this short (`docs/performance.md`).
 */
function hmac(key: Uint8Array, words: string): Buffer {
  const block = key.length > BLOCK_BYTES ? hash('sha256', key, 'buffer') : key;
  const bytes = Buffer.byteLength(words);
  const inner = Buffer.allocUnsafe(BLOCK_BYTES + bytes);
  for (let index = 0; index < BLOCK_BYTES; index += 1) {
    const byte = block[index] ?? 0;
    inner[index] = byte ^ 0x36;
    outer[index] = byte ^ 0x5c;
  }
  inner.write(words, BLOCK_BYTES);
  outer.set(hash('sha256', inner, 'buffer'), BLOCK_BYTES);
  return hash('sha256', outer, 'buffer');
}

/**
 * A keyed hash: what is stored instead of a platform's ids. `label` separates the uses, so that the same person
 * has unrelated keys in each.
 */
export function keyedHash(secret: Uint8Array, label: string, parts: readonly string[]): Buffer {
  return hmac(secret, JSON.stringify([label, ...parts]));
}

/** Where a person's own key is found. It leads nowhere once that key is destroyed. */
export function lookupOf(secret: Uint8Array, { platform, tenant, id }: Identity): Buffer {
  return keyedHash(secret, 'person', [platform, tenant, id]);
}

/** A pseudonym under a person's own key: 43 characters. */
export function pseudonymOf(key: Uint8Array, label: 'ledger' | 'asker' | 'safety'): string {
  return keyedHash(key, label, []).toString('base64url');
}
