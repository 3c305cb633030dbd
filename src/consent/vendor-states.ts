import { type Act, vendorInEffect } from './act';
import type { ConsentView, Decision, VendorState } from './consent';
import { type ConsentCase, decideFor } from './gate';
import type { Subject } from './ledger';
import type { Notice } from './notice';
import { isRead } from './shown';

/** What may be done with the person's words for a vendor, apart from any conversation. */
export function decisionFor(act: Act, subject: Subject | undefined, vendor: string): Decision {
  return decideFor(caseOf(act, subject, vendor));
}

/** How it is with somebody and a vendor, apart from any conversation. */
export function caseOf({ parts, person }: Act, subject: Subject | undefined, vendor: string): ConsentCase {
  const { policy, notices, now } = parts;
  return {
    policy,
    person,
    subject,
    readable: true,
    vendor,
    conversation: undefined,
    notice: notices.get(vendor),
    mode: policy.mode(person.tenant),
    at: now(),
  };
}

/** When the first of these agreements ends, in milliseconds since the epoch. */
export function validUntil(subject: Subject | undefined, vendors: readonly string[]): number {
  return Math.min(...vendors.map((vendor) => subject?.standing(vendor, 'use')?.validUntil ?? 0));
}

/** The same in a word, as it is shown. */
export function stateOf(act: Act, subject: Subject | undefined, vendor: string): VendorState['state'] {
  const decision = decisionFor(act, subject, vendor);
  if (decision.kind === 'allow') return decision.basis === 'consent' ? 'agreed' : 'notice-shown';
  if (decision.kind === 'deny') return decision.reason === 'withdrawn' ? 'withdrawn' : 'unavailable';
  if (decision.reason === 'notice-changed') return 'stale';
  return decision.reason === 'expired' ? 'expired' : 'not-asked';
}

/** How it is with every vendor. */
export function statusOf(act: Act, subject: Subject | undefined): ConsentView {
  const effective = vendorInEffect(act, subject);
  const states = [...act.parts.notices.values()].map(
    ({ vendor, vendorName, route }): VendorState => ({
      vendor,
      vendorName,
      region: route.region,
      state: stateOf(act, subject, vendor),
      since: subject?.standing(vendor, 'use')?.at,
      inEffect: vendor === effective,
    }),
  );
  return { kind: 'status', states };
}

/** How things stand with these vendors, told as the answer to an agreement or a withdrawal where it is as good as one. */
export async function asItStands(
  act: Act,
  subject: Subject | undefined,
  vendors: readonly string[],
): Promise<ConsentView> {
  const { notices } = act.parts;
  const states = new Set(vendors.map((vendor) => stateOf(act, subject, vendor)));
  const [state] = states;
  const found = vendors.flatMap((vendor) => notices.get(vendor) ?? []);
  if (states.size === 1 && state === 'agreed')
    return { kind: 'granted', notices: found, already: true, validUntil: validUntil(subject, vendors) };
  if (states.size === 1 && state === 'withdrawn') {
    const names = vendors.map((vendor) => notices.get(vendor)?.vendorName ?? vendor);
    const [one, ...others] = found;
    const undo = one !== undefined && others.length === 0 && (await isRead(act, one)) ? one : undefined;
    return { kind: 'withdrawn', vendors: names, all: vendors.length > 1, already: true, undo };
  }
  return statusOf(act, subject);
}

/** Why this person may not agree to this notice at all. */
export function refusalOf(act: Act, notice: Notice): ConsentView | undefined {
  const decision = decisionFor(act, undefined, notice.vendor);
  return decision.kind === 'deny' ? { kind: 'refused', reason: decision.reason } : undefined;
}
