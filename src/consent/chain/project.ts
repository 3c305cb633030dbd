import type { Purpose } from '../consent';
import type { LedgerRow } from './row';

/** What the ledger holds last about a person, a vendor and a purpose. */
export interface Standing {
  readonly event: 'granted' | 'withdrawn' | 'notice-shown';
  readonly noticeId: string;
  /** The material id of that notice; empty when the notice is not on record. */
  readonly materialId: string;
  readonly at: number;
  readonly validUntil: number;
}

/** A standing as it is stored. What its notice means is taken from the notice itself, each time that it is read. */
export interface StoredStanding extends Omit<Standing, 'materialId'> {
  readonly vendor: string;
  readonly purpose: Purpose;
}

/** What of a row a standing follows from. Nothing follows from an erasure: whoever is erased has no standing. */
export type StandingRow = Pick<LedgerRow, 'noticeId' | 'at' | 'validUntil'> & { readonly event: Standing['event'] };

/**
 * What a person's standing is after a row, given the one before. A notice that was shown never overrides a
 * decision; after a change in wording only, it becomes the notice that the grant is known by.
 */
export function nextStanding(before: Standing | undefined, row: StandingRow, materialId: string): Standing {
  const { event, noticeId, at, validUntil } = row;
  if (event !== 'notice-shown' || before === undefined || before.event === 'notice-shown')
    return { event, noticeId, materialId, at, validUntil };
  const reworded = before.event === 'granted' && materialId !== '' && before.materialId === materialId;
  return reworded ? { ...before, noticeId } : before;
}

/**
 * How somebody stands after a row about them, given how they stood. `next` is the standing that the row is about, to
 * be stored. `materialOf` gives the material id of a notice, empty where it is not on record.
 */
export function standingsAfter(
  before: readonly StoredStanding[],
  row: StandingRow & Pick<LedgerRow, 'vendor' | 'purpose'>,
  materialOf: (noticeId: string) => string,
): { readonly next: StoredStanding; readonly standings: readonly StoredStanding[] } {
  const { vendor, purpose } = row;
  const stored = before.find((one) => one.vendor === vendor && one.purpose === purpose);
  const known = stored && { ...stored, materialId: materialOf(stored.noticeId) };
  const { event, noticeId, at, validUntil } = nextStanding(known, row, materialOf(row.noticeId));
  const next = { event, noticeId, at, validUntil, vendor, purpose };
  return { next, standings: [...before.filter((one) => one !== stored), next].sort(inOrder) };
}

/** By vendor, then by purpose: a person's seal is over their standings in this order. */
function inOrder(one: StoredStanding, other: StoredStanding): number {
  return compare(one.vendor, other.vendor) || compare(one.purpose, other.purpose);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
