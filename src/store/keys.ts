import { createHmac } from 'node:crypto';

/** Who is meant, before it becomes a key. */
interface Identity {
  readonly platform: string;
  readonly tenant: string;
  readonly id: string;
}

/**
 * A keyed hash: what is stored instead of a platform's ids. `label` separates the uses, so that the same person
 * has unrelated keys in each.
 */
export function keyedHash(secret: Uint8Array, label: string, parts: readonly string[]): Buffer {
  return createHmac('sha256', secret)
    .update(JSON.stringify([label, ...parts]))
    .digest();
}

/** Where a person's own key is found. It leads nowhere once that key is destroyed. */
export function lookupOf(secret: Uint8Array, { platform, tenant, id }: Identity): Buffer {
  return keyedHash(secret, 'person', [platform, tenant, id]);
}

/** A pseudonym under a person's own key: 43 characters. */
export function pseudonymOf(key: Uint8Array, label: 'ledger' | 'asker' | 'safety'): string {
  return keyedHash(key, label, []).toString('base64url');
}
