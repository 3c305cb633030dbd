import { z } from 'zod';
import type { LedgerHead } from '../consent/chain/row';
import { timeOf } from './json-ld';
import { readJws, signJws } from './jws';
import type { SigningKeys } from './signing-keys';

/** Where the chain stood at a time, with whose it is. Kept elsewhere, it shows what the chain cannot show by itself. */
export interface StoredHead extends LedgerHead {
  readonly installation: string;
}

const document = z.object({
  '@type': z.literal('LedgerHead'),
  installation: z.string().min(1).max(100),
  seq: z.number().int().min(0),
  hash: z.string().regex(/^[0-9a-f]{64}$/u),
});

/** How a ledger that is whole in itself stands to a head that was stored. */
export type HeadFinding =
  | 'meets'
  /** Rows that were there when the head was stored are gone. */
  | 'truncated'
  /** Another row stands where the head was. */
  | 'rewritten'
  | 'other-installation'
  /** It is no head, or was changed after it was signed. */
  | 'malformed'
  | 'signature';

/** The head as a document: JSON, or a JWS in compact form. `at` is in milliseconds since the epoch. */
export async function headDocument(
  { seq, hash }: LedgerHead,
  keys: SigningKeys,
  at: number,
  signed: boolean,
): Promise<string> {
  const head = {
    '@context': { '@vocab': 'urn:dejiren:' },
    '@type': 'LedgerHead',
    installation: keys.installation,
    seq,
    hash,
    at: timeOf(at),
  };
  return signed ? signJws(keys.current, 'dejiren-head+jws', head) : JSON.stringify(head, null, 2);
}

/** Compares a document with what stands in the chain now; `hashAt` gives the hash that a row has. */
export async function compareHead(
  words: string,
  keys: SigningKeys,
  hashAt: (seq: number) => Promise<string | undefined>,
): Promise<{ readonly finding: HeadFinding; readonly head?: StoredHead; readonly signed: boolean }> {
  const trimmed = words.trim();
  const signed = !trimmed.startsWith('{');
  const read = signed ? await readSigned(trimmed, keys) : { content: parse(trimmed) };
  if ('finding' in read) return { finding: read.finding, signed };
  const parsed = document.safeParse(read.content);
  if (!parsed.success) return { finding: 'malformed', signed };
  const head = parsed.data;
  if (head.installation !== keys.installation) return { finding: 'other-installation', head, signed };
  const found = await hashAt(head.seq);
  const finding = found === undefined ? 'truncated' : found === head.hash ? 'meets' : 'rewritten';
  return { finding, head, signed };
}

async function readSigned(words: string, keys: SigningKeys): Promise<{ content: unknown } | { finding: HeadFinding }> {
  const read = await readJws(words, keys.published);
  if (read.signed) return read.type === 'dejiren-head+jws' ? { content: read.payload } : { finding: 'malformed' };
  return { finding: read.code === 'unknown-key' ? 'other-installation' : read.code };
}

function parse(words: string): unknown {
  try {
    return JSON.parse(words);
  } catch {
    return undefined;
  }
}
