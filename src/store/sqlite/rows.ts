import type { SQLOutputValue } from 'node:sqlite';
import type { Standing, StoredStanding } from '../../consent/chain/project';
import type { LedgerEvent, LedgerRow } from '../../consent/chain/row';
import type { SealedHead, SealedPerson } from '../../consent/chain/seals';
import { LedgerError } from '../../consent/ledger-error';

type Row = Record<string, SQLOutputValue>;

/** Reads a column; a value of another type means that somebody else wrote the file. */
export function toText(value: SQLOutputValue | undefined): string {
  if (typeof value !== 'string') throw new LedgerError('broken');
  return value;
}

export function toNumber(value: SQLOutputValue | undefined): number {
  if (typeof value !== 'number') throw new LedgerError('broken');
  return value;
}

export function toBytes(value: SQLOutputValue | undefined): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new LedgerError('broken');
  return value;
}

export function toOneOf<Word extends string>(value: SQLOutputValue | undefined, words: readonly Word[]): Word {
  const found = words.find((word) => word === value);
  if (found === undefined) throw new LedgerError('broken');
  return found;
}

export function readEvent(value: SQLOutputValue | undefined): LedgerEvent {
  return toOneOf(value, ['granted', 'withdrawn', 'notice-shown', 'erased']);
}

export function readPurpose(value: SQLOutputValue | undefined): LedgerRow['purpose'] {
  return toOneOf(value, ['use', 'training']);
}

export function readMode(value: SQLOutputValue | undefined): LedgerRow['mode'] {
  return toOneOf(value, ['opt-in', 'opt-out']);
}

export function readStandingEvent(value: SQLOutputValue | undefined): Standing['event'] {
  return toOneOf(value, ['granted', 'withdrawn', 'notice-shown']);
}

export function readRow(row: Row): LedgerRow {
  return {
    seq: toNumber(row.seq),
    at: toNumber(row.at),
    subject: toText(row.subject),
    platform: toText(row.platform),
    tenant: toText(row.tenant),
    event: readEvent(row.event),
    vendor: toText(row.vendor),
    purpose: readPurpose(row.purpose),
    noticeId: toText(row.notice_id),
    mode: readMode(row.mode),
    surface: toOneOf(row.surface, ['command', 'button', 'card', 'page']),
    language: toOneOf(row.language, ['en', 'ja']),
    actor: toOneOf(row.actor, ['self']),
    validUntil: toNumber(row.valid_until),
    previous: toText(row.previous),
    hash: toText(row.hash),
  };
}

/** Reads rows of the ledger one by one; what is no row of dejiren's is undefined. */
export function* readRows(rows: Iterable<Row>): Iterable<LedgerRow | undefined> {
  for (const row of rows) yield rowOrNothing(row);
}

function rowOrNothing(row: Row): LedgerRow | undefined {
  try {
    return readRow(row);
  } catch {
    return undefined;
  }
}

/** The stored head; undefined where there is none yet. */
export function readHead(row: Row | undefined): SealedHead | undefined {
  if (row === undefined) return undefined;
  return { seq: toNumber(row.seq), hash: toText(row.hash), seal: readSeal(row.seal) };
}

/** Reads a person from a row of `subjects`. */
export function readPerson(row: Row, lookup: Uint8Array, standings: readonly StoredStanding[]): SealedPerson {
  return {
    lookup,
    key: toBytes(row.key),
    subject: toText(row.subject),
    chosen: toText(row.chosen),
    seq: toNumber(row.seq),
    standings,
    seal: readSeal(row.seal),
  };
}

export function readStanding(row: Row): StoredStanding {
  return {
    vendor: toText(row.vendor),
    purpose: readPurpose(row.purpose),
    event: readStandingEvent(row.event),
    noticeId: toText(row.notice_id),
    at: toNumber(row.at),
    validUntil: toNumber(row.valid_until),
  };
}

function readSeal(value: SQLOutputValue | undefined): Uint8Array | undefined {
  return value === null || value === undefined ? undefined : toBytes(value);
}
