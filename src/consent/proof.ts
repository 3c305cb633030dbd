import type { ConsentPerson } from './consent';
import type { RecordedDecision, Subject } from './ledger';
import type { ExportPart } from './receipt';

/** Signs what a person may take away as proof. Times are milliseconds since the epoch. */
export interface ProofIssuer {
  /** A consent receipt of these decisions: a JWS in compact form. */
  receipt(decisions: readonly RecordedDecision[], at: number): Promise<string>;
  /** A part of everything on record about a person. A number beyond the last part gives the last. */
  exportPart(record: PersonRecord, part: number, at: number): Promise<ExportPart>;
}

/** Everything that the ledger holds about a person. */
export interface PersonRecord {
  readonly person: ConsentPerson;
  readonly subject: Subject;
  /** Oldest first. */
  readonly history: readonly RecordedDecision[];
}
