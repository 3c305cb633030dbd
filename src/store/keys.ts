import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';

/** Who is meant, before it becomes a key. */
interface Identity {
  readonly platform: string;
  readonly tenant: string;
  readonly id: string;
}

/** The installation's secret as Node's own object, made once: every decision about consent needs some hashes under it. */
const secrets = new WeakMap<Uint8Array, KeyObject>();

/**
 * HMAC-SHA-256 (RFC 2104). Given the key as an object, Node takes 2 µs for words this short; given its bytes, 12 µs
 * (`docs/performance.md`).
 */
function hmac(key: KeyObject, words: string): Buffer {
  return createHmac('sha256', key).update(words).digest();
}

function underSecret(secret: Uint8Array, words: string): Buffer {
  let key = secrets.get(secret);
  if (key === undefined) {
    key = createSecretKey(secret);
    secrets.set(secret, key);
  }
  return hmac(key, words);
}

/**
 * A keyed hash: what is stored instead of a platform's ids. `label` separates the uses, so that the same person
 * has unrelated keys in each.
 */
export function keyedHash(secret: Uint8Array, label: string, parts: readonly string[]): Buffer {
  return underSecret(secret, JSON.stringify([label, ...parts]));
}

/** Where a person's own key is found. It leads nowhere once that key is destroyed. */
export function lookupOf(secret: Uint8Array, { platform, tenant, id }: Identity): Buffer {
  return keyedHash(secret, 'person', [platform, tenant, id]);
}

/** Who has asked, for the limits. */
export function turnPersonOf(secret: Uint8Array, { platform, tenant, id }: Identity): Buffer {
  return keyedHash(secret, 'turn-person', [platform, tenant, id]);
}

/** Whose questions are counted together. */
export function turnTenantOf(secret: Uint8Array, { platform, tenant }: Omit<Identity, 'id'>): Buffer {
  return keyedHash(secret, 'turn-tenant', [platform, tenant]);
}

/** An input that was taken. The label is that of questions, which were the first to be. */
export function inputOfKey(secret: Uint8Array, { platform, tenant, id }: Identity): Buffer {
  return keyedHash(secret, 'turn', [platform, tenant, id]);
}

/** An input whose decision was taken by the ledger. */
export function decisionOfKey(secret: Uint8Array, { platform, tenant }: Omit<Identity, 'id'>, id: string): Buffer {
  return keyedHash(secret, 'decision', [platform, tenant, id]);
}

/** Where the newest erasure of a tenant is found. It leads to nobody. */
export function erasuresOf(secret: Uint8Array, { platform, tenant }: Omit<Identity, 'id'>): string {
  return keyedHash(secret, 'erasures', [platform, tenant]).toString('base64url');
}

/** Seconds from the epoch to the moment from which the times that somebody told are counted. */
export function momentOf(secret: Uint8Array, who: string): number {
  return (keyedHash(secret, 'moment', [who]).readUIntBE(0, 6) / 2 ** 48) * 1e9;
}

/** What only this installation can put beside a head of the ledger. */
export function sealOf(secret: Uint8Array, { seq, hash }: { readonly seq: number; readonly hash: string }): Buffer {
  return keyedHash(secret, 'ledger-head', [String(seq), hash]);
}

/**
 * What only this installation can put beside what stands of a person: their key, where it is found, their pseudonym,
 * the newest row about them, and each of their standings.
 */
export function personSealOf(secret: Uint8Array, state: readonly (string | number)[]): Buffer {
  return underSecret(secret, JSON.stringify(['person-state', ...state]));
}

function underPersonalKey(key: Uint8Array, words: readonly string[]): string {
  return hmac(createSecretKey(key), JSON.stringify(words)).toString('base64url');
}

/** A pseudonym under a person's own key: 43 characters. */
export function pseudonymOf(key: Uint8Array, label: 'ledger' | 'asker' | 'safety'): string {
  return underPersonalKey(key, [label]);
}

/**
 * The pseudonym that the ledger's rows have. It is a commitment to the key and to where the key is found: no other
 * person's row can be put in its place, and once the key is destroyed it tells nothing.
 */
export function subjectOf(key: Uint8Array, lookup: Uint8Array): string {
  return underPersonalKey(key, ['ledger', Buffer.from(lookup).toString('base64url')]);
}

/** Whether a key and its place are what a pseudonym commits to. Those of earlier ledgers commit to the key alone. */
export function opensSubject(key: Uint8Array, lookup: Uint8Array, subject: string): boolean {
  return subject === subjectOf(key, lookup) || subject === pseudonymOf(key, 'ledger');
}
