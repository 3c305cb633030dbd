import type { ConsentPerson, ConsentView, Decision, VendorStanding } from './consent';
import { type ConsentGateParts, decideFor, vendorOf } from './gate';
import type { Subject } from './ledger';
import type { Notice } from './notice';

/** How a person stands with the vendors, apart from any conversation. */
export interface Standings {
  decisionFor(person: ConsentPerson, subject: Subject | undefined, vendor: string): Decision;
  stateOf(person: ConsentPerson, subject: Subject | undefined, vendor: string): VendorStanding['state'];
  /** Where a person stands with every vendor. */
  statusOf(person: ConsentPerson, subject: Subject | undefined, conversation: string | undefined): ConsentView;
  /** How things stand with these vendors, told as the answer to an agreement or a withdrawal where it is as good as one. */
  asItStands(
    person: ConsentPerson,
    subject: Subject | undefined,
    vendors: readonly string[],
    conversation: string | undefined,
  ): ConsentView;
  /** Why this person may not agree to this notice at all. */
  refusalOf(person: ConsentPerson, notice: Notice): ConsentView | undefined;
}

export function createStandings(
  parts: Pick<ConsentGateParts, 'notices' | 'policy' | 'defaultVendor' | 'now'>,
): Standings {
  const { notices, policy, now } = parts;
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

  const stateOf: Standings['stateOf'] = (person, subject, vendor) => {
    const decision = decisionFor(person, subject, vendor);
    if (decision.kind === 'allow') return decision.basis === 'consent' ? 'agreed' : 'notice-shown';
    if (decision.kind === 'deny') return decision.reason === 'withdrawn' ? 'withdrawn' : 'unavailable';
    if (decision.reason === 'notice-changed') return 'stale';
    return decision.reason === 'expired' ? 'expired' : 'not-asked';
  };

  const statusOf: Standings['statusOf'] = (person, subject, conversation) => {
    const effective = vendorOf(parts, person, subject, conversation);
    const standings = [...notices.values()].map(
      (notice): VendorStanding => ({
        vendor: notice.vendor,
        vendorName: notice.vendorName,
        region: notice.route.region,
        state: stateOf(person, subject, notice.vendor),
        since: subject?.standing(notice.vendor, 'use')?.at,
        inEffect: notice.vendor === effective,
      }),
    );
    return { kind: 'status', standings };
  };

  return {
    decisionFor,
    stateOf,
    statusOf,
    asItStands(person, subject, vendors, conversation) {
      const states = new Set(vendors.map((vendor) => stateOf(person, subject, vendor)));
      const [state] = states;
      const found = vendors.flatMap((vendor) => notices.get(vendor) ?? []);
      if (states.size === 1 && state === 'agreed') return { kind: 'granted', notices: found, already: true };
      if (states.size === 1 && state === 'withdrawn') {
        const names = vendors.map((vendor) => notices.get(vendor)?.vendorName ?? vendor);
        const undo = vendors.length === 1 ? found[0] : undefined;
        return { kind: 'withdrawn', vendors: names, all: vendors.length > 1, already: true, undo };
      }
      return statusOf(person, subject, conversation);
    },
    refusalOf(person, notice) {
      const decision = decisionFor(person, undefined, notice.vendor);
      return decision.kind === 'deny' ? { kind: 'refused', reason: decision.reason } : undefined;
    },
  };
}
