/**
 * The words of the documents: the W3C's Data Privacy Vocabulary, and our own without a prefix.
 * Source: "Consent Records and Receipts as per ISO/IEC TS 27560:2023 using DPV", w3id.org/dpv/guides/consent-27560.
 */
export const CONTEXT = {
  '@vocab': 'urn:dejiren:',
  dpv: 'https://w3id.org/dpv#',
  pd: 'https://w3id.org/dpv/pd#',
  loc: 'https://w3id.org/dpv/loc#',
  dct: 'http://purl.org/dc/terms/',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
} as const;

export const RECORD_SCHEMA = { '@id': 'https://w3id.org/dpv/schema/dpv-27560#record' } as const;
export const RECEIPT_SCHEMA = { '@id': 'https://w3id.org/dpv/schema/dpv-27560#receipt' } as const;

/** A name of ours for something: a record by its row's hash, a person by their pseudonym, a notice, a vendor. */
export function nameOf(kind: 'record' | 'subject' | 'notice' | 'vendor', id: string): string {
  return `urn:dejiren:${kind}:${id}`;
}

/** What a statement of a notice is told by, so that a document says it once. */
export function statementName(noticeId: string, key: string): string {
  return `${nameOf('notice', noticeId)}#${key}`;
}

/** Says what has a name once, and then names it only: JSON-LD reads both alike. */
export function saidOnce(value: unknown, said = new Set<string>()): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => saidOnce(one, said));
  const id: unknown = Reflect.get(value, '@id');
  if (typeof id === 'string') {
    if (said.has(id)) return { '@id': id };
    if (Object.keys(value).length > 1) said.add(id);
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, saidOnce(inner, said)]));
}

export function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
