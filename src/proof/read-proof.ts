import { z } from 'zod';
import { readJws } from './jws';
import type { PublicJwk } from './signing-keys';

const words = z.string().max(4_000);
const ledger = z.object({ seq: z.number().int().min(1), hash: z.string().regex(/^[0-9a-f]{64}$/u) });

/** What is read of a record again: the fields that say what was decided. */
const record = z.object({
  event: words,
  vendor: words,
  purpose: words,
  mode: words,
  surface: words,
  'dpv:hasDataSubject': z.object({ '@id': words }),
  'dpv:hasNotice': z.object({ '@id': words }),
  language: words,
  // A later record only names who an earlier one told of.
  'dpv:hasDataController': z.object({ 'dpv:hasName': words.optional(), 'dpv:hasContact': words.optional() }),
  'dpv:hasRecipient': z.object({ 'dpv:hasName': words.optional() }),
  'dpv:hasConsentStatus': z.object({
    'dpv:isIndicatedAtTime': words,
    'dpv:hasDuration': z.object({ 'rdf:value': words }),
  }),
  region: words,
  endpoint: words,
  ledger,
});
export type ReceiptRecord = z.infer<typeof record>;

const made = { 'dct:identifier': words, 'dct:created': words };
const receipt = z.object({ ...made, 'dpv:hasRecordOfActivity': z.array(record).min(1).max(100) });
const exported = z.object({
  ...made,
  part: z.number().int(),
  parts: z.number().int(),
  'dct:hasPart': z.array(z.looseObject({ '@type': words })).max(10_000),
});

/** A row of the ledger that a document names. */
export type NamedRow = z.infer<typeof ledger>;

export type ProofReading =
  | {
      readonly kind: 'receipt';
      readonly kid: string;
      readonly id: string;
      readonly created: string;
      readonly records: readonly ReceiptRecord[];
      readonly rows: readonly NamedRow[];
    }
  | {
      readonly kind: 'export';
      readonly kid: string;
      readonly id: string;
      readonly created: string;
      readonly part: number;
      readonly parts: number;
      readonly rows: readonly NamedRow[];
    }
  | { readonly kind: 'not-proven'; readonly code: 'malformed' | 'unknown-key' | 'signature' };

/** Checks a receipt or an export against public keys and reads what it says. Never rejects. */
export async function readProof(words: string, keys: readonly PublicJwk[]): Promise<ProofReading> {
  const read = await readJws(words, keys);
  if (!read.signed) return { kind: 'not-proven', code: read.code };
  const { kid } = read;
  if (read.type === 'dejiren-receipt+jws') {
    const parsed = receipt.safeParse(read.payload);
    if (parsed.success) {
      const { 'dct:identifier': id, 'dct:created': created, 'dpv:hasRecordOfActivity': records } = parsed.data;
      return { kind: 'receipt', kid, id, created, records, rows: records.map((one) => one.ledger) };
    }
  }
  if (read.type === 'dejiren-export+jws') {
    const parsed = exported.safeParse(read.payload);
    if (parsed.success) {
      const { 'dct:identifier': id, 'dct:created': created, part, parts, 'dct:hasPart': nodes } = parsed.data;
      const rows = nodes.flatMap((node) => {
        const row = ledger.safeParse(node);
        return row.success ? [row.data] : [];
      });
      return { kind: 'export', kid, id, created, part, parts, rows };
    }
  }
  return { kind: 'not-proven', code: 'malformed' };
}
