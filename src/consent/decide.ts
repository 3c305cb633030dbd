import type { ConsentMode, Decision, Purpose } from './consent';

/** What the ledger holds last about one person, vendor and purpose. */
export type JudgedStanding =
  | { readonly event: 'none' }
  | { readonly event: 'withdrawn' }
  | { readonly event: 'notice-shown'; readonly change: NoticeChange }
  | { readonly event: 'granted'; readonly change: NoticeChange; readonly expired: boolean };

/** How the notice in force differs from the one that the record names. */
export type NoticeChange = 'none' | 'editorial' | 'material';

/** Everything that a decision rests on. Whoever cannot tell one of these says so by its worst value. */
export interface ConsentFacts {
  readonly ledger: 'intact' | 'unavailable';
  /** The organisation or the channel blocks the vendor or the purpose. */
  readonly blocked: boolean;
  readonly residency: 'proven' | 'unproven' | 'not-required';
  readonly notice: 'in-force' | 'missing' | 'past-review';
  readonly author: 'member' | 'guest' | 'external' | 'bot' | 'unknown';
  readonly externalsAdmitted: boolean;
  readonly mode: ConsentMode;
  readonly purpose: Purpose;
  readonly record: JudgedStanding;
}

/**
 * Decides whether one person's words may go to one vendor for one purpose. Pure; the first row that matches wins,
 * and what is not known is denied. The organisation can only narrow: no row opts a person in.
 */
export function decide(facts: ConsentFacts): Decision {
  const { author, record, mode, purpose } = facts;
  if (facts.ledger !== 'intact') return { kind: 'deny', reason: 'ledger-unavailable' };
  if (facts.blocked) return { kind: 'deny', reason: 'blocked' };
  if (facts.residency === 'unproven') return { kind: 'deny', reason: 'residency' };
  if (facts.notice === 'missing') return { kind: 'deny', reason: 'notice-missing' };
  if (facts.notice === 'past-review') return { kind: 'deny', reason: 'notice-expired' };
  if (author === 'bot') return { kind: 'deny', reason: 'not-a-person' };
  if (author === 'unknown') return { kind: 'deny', reason: 'standing-unknown' };
  const stranger = author !== 'member';
  if (stranger && !facts.externalsAdmitted) return { kind: 'deny', reason: 'external' };
  if (record.event === 'withdrawn') return { kind: 'deny', reason: 'withdrawn' };

  const first: Decision = { kind: 'ask', reason: purpose === 'training' ? 'training' : 'first' };
  if (record.event === 'granted') {
    if (record.change === 'material') return { kind: 'ask', reason: 'notice-changed' };
    if (record.expired) return { kind: 'ask', reason: 'expired' };
    return { kind: 'allow', basis: 'consent', inform: record.change === 'editorial' };
  }
  if (mode === 'opt-in' || purpose === 'training' || stranger || record.event === 'none') return first;
  if (record.change === 'material') return { kind: 'ask', reason: 'notice-changed' };
  return { kind: 'allow', basis: 'notice-shown', inform: record.change === 'editorial' };
}
