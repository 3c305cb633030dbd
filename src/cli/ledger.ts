import type { LedgerAudit } from '../consent/audit';
import type { Ledger, LedgerHead, LedgerVerification } from '../consent/ledger';
import { compareHead, type HeadFinding, headDocument } from '../proof/ledger-head';
import type { SigningKeys } from '../proof/signing-keys';
import type { OperatorCommand } from './command-line';
import { readInput } from './input';
import { ledgerJson, reportCsv, reportJson, reportText, rowsCsv } from './ledger-report';
import { toOutput } from './output';

export type LedgerCommand = Extract<OperatorCommand, { readonly do: `ledger-${string}` }>;
type Look = Exclude<LedgerCommand, { readonly do: 'ledger-seal' }>;

export interface LedgerCommandParts {
  readonly ledger: Pick<Ledger, 'verify'>;
  /** Asked for once the ledger was found to fit. */
  readonly audit: () => LedgerAudit;
  readonly keys: SigningKeys;
  readonly print: (line: string) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Runs a `dejiren ledger` command that only looks. Resolves to the exit status: 1 where something does not fit. */
export async function runLedgerCommand(command: Look, parts: LedgerCommandParts): Promise<number> {
  const { ledger, audit, keys, print, now } = parts;
  const result = await ledger.verify();
  if (!result.intact) {
    print(brokenLine(result));
    return 1;
  }
  const { head } = result;
  switch (command.do) {
    case 'ledger-verify':
      print(`The chain is whole: ${head.seq} rows, head ${head.hash}`);
      return command.head === undefined ? 0 : againstHead(readInput(command.head), parts);
    case 'ledger-head':
      await toOutput(command.out, print, [await headDocument(head, keys, now(), command.sign)]);
      return 0;
    case 'ledger-report': {
      const { decisions, standings } = audit();
      const report = { head, decisions: await decisions(), standings: await standings() };
      const lines = { text: reportText, csv: reportCsv, json: reportJson }[command.format](report);
      await toOutput(command.out, print, lines);
      return 0;
    }
    case 'ledger-export':
      await toOutput(command.out, print, exportLines(command.format, head, audit()));
      return 0;
  }
}

/** What `dejiren ledger seal` prints. */
export function sealLine(result: LedgerVerification): string {
  if (!result.intact) return brokenLine(result);
  return `The head is sealed: ${result.head.seq} rows, head ${result.head.hash}`;
}

function brokenLine({ code, seq }: Extract<LedgerVerification, { intact: false }>): string {
  switch (code) {
    case 'head-unsealed':
      return `The chain is whole, but its head at row ${seq} has no seal (${code}): dejiren ledger seal takes it over, once you know that it is the head that you had`;
    case 'schema-changed':
      return `The database has tables, indexes, triggers or views that dejiren did not make, or lacks some (${code}): restore a backup`;
    default:
      return `The chain is broken: ${code} at row ${seq}`;
  }
}

function exportLines(format: 'csv' | 'json', head: LedgerHead, audit: LedgerAudit): AsyncIterable<string> {
  const rows = audit.rows(head.seq);
  return format === 'csv' ? rowsCsv(rows) : ledgerJson(head, rows, audit.notices());
}

const FINDINGS: Readonly<Record<HeadFinding, string>> = {
  meets: 'it is in the chain',
  truncated: 'rows that were there then are gone: the ledger was cut off, or an older copy was put in its place',
  rewritten: 'another row stands in its place: the ledger was written anew',
  'other-installation': 'it is of another installation, or of another secret',
  malformed: 'that is no head',
  signature: 'its signature does not hold: it was changed',
};

async function againstHead(words: string, { audit, keys, print }: LedgerCommandParts): Promise<number> {
  const { finding, head, signed } = await compareHead(words, keys, audit().hashAt);
  const which = head === undefined ? 'The stored head' : `The ${signed ? 'signed' : 'stored'} head at row ${head.seq}`;
  print(`${which}: ${FINDINGS[finding]} (${finding})`);
  return finding === 'meets' ? 0 : 1;
}
