import { momentOf } from '../language/dates';
import type { NamedRow, ProofReading, ReceiptRecord } from '../proof/read-proof';
import { counted } from './counted';

/** How the rows that a document names stand to the ledger here. */
export type LedgerFinding =
  | { readonly kind: 'in-chain' }
  | { readonly kind: 'not-in-chain'; readonly seq: number }
  | { readonly kind: 'broken'; readonly code: string; readonly seq: number }
  /** There is none here, or the document is of another installation. */
  | { readonly kind: 'not-at-hand' };

const NOT_PROVEN = {
  malformed: 'This is not a dejiren receipt, or it was not copied completely.',
  'unknown-key':
    'It is signed with a key that is not in this key set: it is from another installation, or the key set is too old.',
  signature: 'The signature is not valid: something was changed after it was signed.',
} as const;

/** Whether each of the rows is in the chain, by the hash that the ledger has there. */
export async function lookUpRows(
  rows: readonly NamedRow[],
  hashAt: (seq: number) => Promise<string | undefined>,
): Promise<LedgerFinding> {
  for (const { seq, hash } of rows) if ((await hashAt(seq)) !== hash) return { kind: 'not-in-chain', seq };
  return { kind: 'in-chain' };
}

/** What `dejiren receipt verify` prints. */
export function proofLines(reading: ProofReading, finding: LedgerFinding): readonly string[] {
  if (reading.kind === 'not-proven') return [`✗ ${NOT_PROVEN[reading.code]} (${reading.code})`];
  const { kind, kid, id, created, rows } = reading;
  return [
    `✓ The signature is valid (key ${kid})`,
    kind === 'receipt'
      ? `  Receipt ${id}, issued on ${momentIn(created)}`
      : `  Part ${reading.part} of ${reading.parts} of a person’s record, issued on ${momentIn(created)}, with ${counted(rows.length, 'decision')}`,
    ...(kind === 'receipt' ? reading.records.flatMap(recordLines) : []),
    ledgerLine(finding, rows),
  ];
}

/** 0: signed, and in the chain where the ledger is at hand; else 1. */
export function proofStatus(reading: ProofReading, finding: LedgerFinding): 0 | 1 {
  if (reading.kind === 'not-proven') return 1;
  return finding.kind === 'in-chain' || finding.kind === 'not-at-hand' ? 0 : 1;
}

const EVENTS: Readonly<Record<string, string>> = {
  granted: 'Agreed to',
  withdrawn: 'Withdrew from',
  'notice-shown': 'Was shown the data handling (no consent) of',
};

function recordLines(record: ReceiptRecord): readonly string[] {
  const { event, vendor, purpose, mode, surface, language, region, endpoint, ledger } = record;
  const status = record['dpv:hasConsentStatus'];
  const controller = record['dpv:hasDataController'];
  const where = [vendor, endpoint, region].filter((one) => one !== '').join(', ');
  const last = (name: string): string => name.slice(name.lastIndexOf(':') + 1);
  const until = status['dpv:hasDuration']['rdf:value'];
  return [
    `  ${EVENTS[event] ?? event} ${record['dpv:hasRecipient']['dpv:hasName'] ?? vendor} (${where})`,
    `    for ${purpose}, on ${momentIn(status['dpv:isIndicatedAtTime'])}, by ${surface}, ${mode}; valid until: ${momentIn(until)}`,
    `    notice ${last(record['dpv:hasNotice']['@id']) || 'none'}, in ${language === 'ja' ? 'Japanese' : 'English'}`,
    `    person ${last(record['dpv:hasDataSubject']['@id'])}`,
    ...(controller['dpv:hasName'] === undefined
      ? []
      : [`    controller: ${controller['dpv:hasName']}, ${controller['dpv:hasContact'] ?? ''}`]),
    `    row ${ledger.seq}, hash ${ledger.hash}`,
  ];
}

/** A moment as people read it; words that are none as they are. */
function momentIn(words: string): string {
  const at = /^\d{4}-\d{2}-\d{2}T/u.test(words) ? Date.parse(words) : Number.NaN;
  return Number.isNaN(at) ? words : momentOf(at, 'en');
}

function ledgerLine(finding: LedgerFinding, rows: readonly NamedRow[]): string {
  switch (finding.kind) {
    case 'in-chain':
      return rows.length === 1 ? '✓ The row is in this ledger.' : `✓ All ${rows.length} rows are in this ledger.`;
    case 'not-in-chain':
      return `✗ Row ${finding.seq} of this ledger is a different one, or is missing.`;
    case 'broken':
      return `✗ The chain of this ledger is broken: ${finding.code} at row ${finding.seq}.`;
    case 'not-at-hand':
      return '· The ledger is not available here, so the rows were not looked up in it.';
  }
}
