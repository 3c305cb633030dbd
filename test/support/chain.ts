import { type RowContent, rowAfter } from '../../src/consent/chain/append';
import type { StoredStanding } from '../../src/consent/chain/project';
import { EMPTY, type LedgerHead, type LedgerRow } from '../../src/consent/chain/row';
import type { SealedHead, SealedPerson, Seals, StoredPerson } from '../../src/consent/chain/seals';

/** Seals that anybody could put, and only those of this test do. */
export const seals: Seals = {
  ofHead: ({ seq, hash }) => Buffer.from(`head ${seq} ${hash}`),
  ofPerson: ({ subject, seq, standings }) => Buffer.from(JSON.stringify([subject, seq, standings])),
  opens: ({ key, subject }) => Buffer.from(key).equals(Buffer.from(`key of ${subject}`)),
};

export const content: RowContent = {
  at: 1_000,
  subject: 'ann',
  platform: 'slack',
  tenant: 'T1',
  event: 'granted',
  vendor: 'one',
  purpose: 'use',
  noticeId: 'n',
  mode: 'opt-in',
  surface: 'command',
  language: 'en',
  actor: 'self',
  validUntil: 2_000,
};

/** Rows that follow one another from a head on, each as the plain one with what is told of it. */
export function chainOf(told: readonly Partial<RowContent>[], from: LedgerHead = EMPTY): readonly LedgerRow[] {
  const rows: LedgerRow[] = [];
  for (const one of told) rows.push(rowAfter(rows.at(-1) ?? from, { ...content, ...one }));
  return rows;
}

/** The head of rows, sealed. */
export function sealedHead(rows: readonly LedgerRow[]): SealedHead {
  const { seq, hash } = rows.at(-1) ?? EMPTY;
  return { seq, hash, seal: seals.ofHead({ seq, hash }) };
}

/** The standing that a row of the plain kind leads to. */
export function standingOf(row: Partial<RowContent> = {}): StoredStanding {
  const { event, noticeId, at, validUntil, vendor, purpose } = { ...content, ...row };
  if (event === 'erased') throw new Error('nothing follows from an erasure');
  return { event, noticeId, at, validUntil, vendor, purpose };
}

/** Somebody with their key and their seal. */
export function aSealedPerson(subject: string, seq: number, standings: readonly StoredStanding[]): SealedPerson {
  const person: StoredPerson = {
    lookup: Buffer.from(`place of ${subject}`),
    key: Buffer.from(`key of ${subject}`),
    subject,
    chosen: '',
    seq,
    standings,
  };
  return { ...person, seal: seals.ofPerson(person) };
}
