import type { ConsentOrigin, ConsentPerson, Purpose } from './consent';
import type { Deed, Taking } from './deed';
import type { ConsentGateParts } from './gate';
import type { LedgerEntry } from './ledger';
import type { Notice } from './notice';

export const PURPOSES: readonly Purpose[] = ['use', 'training'];

/** How what somebody decided comes into the ledger. */
export interface ConsentRecord {
  /** What every entry has alike. */
  stamp(person: ConsentPerson, origin: ConsentOrigin): Pick<LedgerEntry, 'at' | 'mode' | 'surface' | 'language'>;
  /** Asks nothing of the ledger where there is nothing to write, and nothing to take. */
  append(
    person: ConsentPerson,
    entries: readonly LedgerEntry[],
    served: readonly Notice[],
    deed: Deed,
  ): Promise<Taking>;
}

export function createRecord({
  ledger,
  policy,
  now,
}: Pick<ConsentGateParts, 'ledger' | 'policy' | 'now'>): ConsentRecord {
  return {
    stamp: (person, { surface, language }) => ({ at: now(), mode: policy.mode(person.tenant), surface, language }),
    async append(person, entries, served, deed) {
      if (entries.length === 0 && deed.input === undefined) return 'taken';
      return ledger.append(person, entries, served, deed);
    },
  };
}
