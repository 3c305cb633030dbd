import type { ConsentPerson, ConsentView, Decision, VendorStanding } from './consent';
import { type ConsentGateParts, decideFor } from './gate';
import type { Subject } from './ledger';
import type { Notice } from './notice';

/** How a person stands with the vendors, apart from any conversation. */
export interface Standings {
  decisionFor(person: ConsentPerson, subject: Subject | undefined, vendor: string): Decision;
  stateOf(person: ConsentPerson, subject: Subject | undefined, vendor: string): VendorStanding['state'];
  /** Why this person may not agree to this notice at all. */
  refusalOf(person: ConsentPerson, notice: Notice): ConsentView | undefined;
}

export function createStandings({
  notices,
  policy,
  now,
}: Pick<ConsentGateParts, 'notices' | 'policy' | 'now'>): Standings {
  const decisionFor: Standings['decisionFor'] = (person, subject, vendor) =>
    decideFor({
      policy,
      person,
      subject,
      readable: true,
      vendor,
      conversation: undefined,
      notice: notices.get(vendor),
      mode: policy.mode(person.tenant),
      at: now(),
    });

  return {
    decisionFor,
    stateOf(person, subject, vendor) {
      const decision = decisionFor(person, subject, vendor);
      if (decision.kind === 'allow') return decision.basis === 'consent' ? 'agreed' : 'notice-shown';
      if (decision.kind === 'deny') return decision.reason === 'withdrawn' ? 'withdrawn' : 'unavailable';
      if (decision.reason === 'notice-changed') return 'stale';
      return decision.reason === 'expired' ? 'expired' : 'not-asked';
    },
    refusalOf(person, notice) {
      const decision = decisionFor(person, undefined, notice.vendor);
      return decision.kind === 'deny' ? { kind: 'refused', reason: decision.reason } : undefined;
    },
  };
}
