import fc from 'fast-check';
import { type RowContent, rowAfter } from '../../../src/consent/chain/append';
import { type StoredStanding, standingsAfter } from '../../../src/consent/chain/project';
import type { PeopleSlice } from '../../../src/consent/chain/replay';
import { EMPTY, type LedgerRow } from '../../../src/consent/chain/row';
import type { SealedHead, SealedPerson, StoredPerson } from '../../../src/consent/chain/seals';
import type { ChainReader } from '../../../src/consent/chain/verify';
import { pseudonymOf, subjectOf } from '../../../src/store/keys';
import { createSeals } from '../../../src/store/seals';

export const seals = createSeals(Buffer.alloc(32, 9));

/** What a notice means: two of them mean the same, one is not on record. */
const MATERIALS: Readonly<Record<string, string>> = { n1: 'm1', n1b: 'm1', n2: 'm2' };
export const materialOf = (noticeId: string): string => MATERIALS[noticeId] ?? '';

export interface Step {
  readonly who: number;
  readonly event: LedgerRow['event'];
  readonly vendor: string;
  readonly purpose: LedgerRow['purpose'];
  readonly noticeId: string;
}

export const steps = (most = 30): fc.Arbitrary<readonly Step[]> =>
  fc.array(
    fc.record({
      who: fc.nat(3),
      event: fc.constantFrom('granted', 'withdrawn', 'notice-shown', 'granted', 'erased' as const),
      vendor: fc.constantFrom('one', 'two'),
      purpose: fc.constantFrom('use', 'training' as const),
      noticeId: fc.constantFrom('n1', 'n1b', 'n2', 'unknown'),
    }),
    { maxLength: most },
  );

/** What an engine holds of one chain, in memory. */
export interface Held {
  rows: LedgerRow[];
  head: SealedHead | undefined;
  people: SealedPerson[];
}

function stranger(who: number, life: number): StoredPerson {
  const key = Buffer.alloc(32, 16 * who + life + 1);
  const lookup = Buffer.alloc(32, who + 100);
  return { lookup, key, subject: subjectOf(key, lookup), chosen: '', seq: 0, standings: [] };
}

/** The chain, and what stands beside it, after these steps: by the pure functions alone. */
export function heldAfter(history: readonly Step[], tenant = 'T1'): Held {
  const rows: LedgerRow[] = [];
  const people = new Map<number, StoredPerson>();
  const lives = new Map<number, number>();
  for (const { who, event, vendor, purpose, noticeId } of history) {
    const known = people.get(who);
    if (event === 'erased' && known === undefined) continue;
    const person = known ?? stranger(who, lives.get(who) ?? 0);
    const content: RowContent = {
      at: 1_000 + rows.length,
      subject: person.subject,
      platform: 'slack',
      tenant,
      event,
      vendor: event === 'erased' ? '' : vendor,
      purpose,
      noticeId: event === 'erased' ? '' : noticeId,
      mode: 'opt-in',
      surface: 'command',
      language: 'en',
      actor: 'self',
      validUntil: event === 'granted' ? 9_000 : 0,
    };
    const row = rowAfter(rows.at(-1) ?? EMPTY, content);
    rows.push(row);
    if (event === 'erased') {
      people.delete(who);
      lives.set(who, (lives.get(who) ?? 0) + 1);
      continue;
    }
    const { standings } = standingsAfter(person.standings, { ...row, event }, materialOf);
    people.set(who, { ...person, seq: row.seq, standings });
  }
  const last = rows.at(-1);
  return {
    rows,
    head: last && { seq: last.seq, hash: last.hash, seal: seals.ofHead(last) },
    people: [...people.values()].map((person) => ({ ...person, seal: seals.ofPerson(person) })),
  };
}

/** What an engine reads of somebody: everything between two pseudonyms, both included. */
export function sliceOf({ rows, people }: Held, names: readonly string[]): PeopleSlice {
  const found = people.filter(({ subject }) => names.includes(subject));
  return {
    rows: rows
      .filter(({ subject }) => names.includes(subject))
      .map((row) => ({ row, materialId: materialOf(row.noticeId) })),
    standings: new Map<string, readonly StoredStanding[]>(found.map(({ subject, standings }) => [subject, standings])),
    people: found,
  };
}

/** A reader over memory, as any engine has to have one. */
export function readerOf(held: Held): ChainReader {
  return {
    glance: async (seq) => ({
      schemaFits: true,
      hash: held.rows.find((row) => row.seq === seq)?.hash,
      noticesFit: true,
      head: held.head,
    }),
    rowsAfter: async (seq, most) => ({
      rows: held.rows.filter((row) => row.seq > seq).slice(0, most),
      head: held.head,
    }),
    async peopleAfter(subject, most) {
      const all = new Set([...held.rows, ...held.people].map((one) => one.subject));
      const names = [...all]
        .filter((name) => name > subject)
        .sort()
        .slice(0, most);
      const upTo = names.at(-1);
      return upTo === undefined ? 'end' : { ...sliceOf(held, names), upTo };
    },
  };
}

/** A key that no seal was ever made with. */
export const strange = pseudonymOf(Buffer.alloc(32, 255), 'ledger');
