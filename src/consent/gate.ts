import { errorFields } from '../log/error-fields';
import type { Log } from '../log/log';
import type { Standing } from './chain/project';
import type { ConsentGate, ConsentMode, ConsentPerson, Decision, Purpose, Silence } from './consent';
import { decide, type JudgedStanding, type NoticeChange } from './decide';
import type { Ledger, Subject } from './ledger';
import { isWithinReview, type Notice } from './notice';

/** What the organisation decides about consent. It can only narrow what people agree to. */
export interface ConsentPolicy {
  mode(tenant: string): ConsentMode;
  blocks(tenant: string, conversation: string | undefined, vendor: string, purpose: Purpose): boolean;
  residency(vendor: string): 'proven' | 'unproven' | 'not-required';
  /** Who answers in a conversation of a tenant (in the tenant, where none is told), where somebody decided that. */
  vendor(tenant: string, conversation: string | undefined): string | undefined;
  readonly externalsAdmitted: boolean;
  /** Days after which a grant has to be given again. */
  readonly grantDays: number;
}

export interface ConsentGateParts {
  readonly ledger: Ledger;
  /** The notices in force, by vendor: the vendors that are set up. */
  readonly notices: ReadonlyMap<string, Notice>;
  readonly policy: ConsentPolicy;
  readonly defaultVendor: string;
  readonly now: () => number;
  readonly log: Log;
}

export function createConsentGate(parts: ConsentGateParts): ConsentGate {
  const { ledger, notices, policy, now, log } = parts;
  /** Undefined where the ledger cannot tell. */
  async function find(person: ConsentPerson): Promise<{ readonly subject: Subject | undefined } | undefined> {
    try {
      return { subject: await ledger.find(person) };
    } catch (error) {
      report(error);
      return undefined;
    }
  }

  /** A standing is read when it is asked for: what is not one denies, as a ledger that cannot be read does. */
  function decided(facts: ConsentCase): Decision {
    try {
      return decideFor(facts);
    } catch (error) {
      report(error);
      return { kind: 'deny', reason: 'ledger-unavailable' };
    }
  }

  function report(error: unknown): void {
    log.error('ledger-unavailable', { ...errorFields(error) });
  }

  return {
    async check(person, named, conversation) {
      const found = await find(person);
      const subject = found?.subject;
      const vendor = named ?? vendorOf(parts, person, subject, conversation);
      const mode = policy.mode(person.tenant);
      const notice = notices.get(vendor);
      const readable = found !== undefined;
      const at = now();
      const facts = { policy, person, subject, readable, vendor, conversation, notice, mode, at };
      const decision = decided(facts);
      const pseudonyms = decision.kind === 'allow' ? subject?.pseudonyms : undefined;
      const changed = decision.kind === 'ask' && decision.reason === 'notice-changed';
      const before = changed ? await noticeBefore(parts, subject, vendor) : undefined;
      return { decision, vendor, notice, pseudonyms, silence: silenceOf(facts, decision), before };
    },
    vendorInEffect: async (person, conversation) =>
      vendorOf(parts, person, (await find(person))?.subject, conversation),
  };
}

/** The notice that somebody's standing rests on; undefined where it is not on record, or cannot be read. */
export async function noticeBefore(
  { ledger }: Pick<ConsentGateParts, 'ledger'>,
  subject: Subject | undefined,
  vendor: string,
): Promise<Notice | undefined> {
  const id = subject?.standing(vendor, 'use')?.noticeId;
  return id === undefined || id === '' ? undefined : ledger.notice(id).catch(() => undefined);
}

/** The facts of one case, gathered. */
export interface ConsentCase {
  readonly policy: ConsentPolicy;
  readonly person: ConsentPerson;
  readonly subject: Subject | undefined;
  readonly readable: boolean;
  readonly vendor: string;
  readonly conversation: string | undefined;
  readonly notice: Notice | undefined;
  readonly mode: ConsentMode;
  readonly at: number;
}

/**
 * A route whose vendor may train on data needs the `training` purpose as well as `use`. Whoever agreed to use is
 * asked for training whatever became of an earlier agreement to it.
 */
export function decideFor(facts: ConsentCase): Decision {
  const use = decidePurpose(facts, 'use');
  if (use.kind === 'deny' || facts.notice?.route.sharesForTraining !== true) return use;
  const training = decidePurpose(facts, 'training');
  if (training.kind === 'deny' && training.reason !== 'withdrawn') return training;
  if (use.kind === 'ask' || training.kind === 'allow') return use;
  return { kind: 'ask', reason: 'training' };
}

/** What follows where somebody who has to be asked is shown the notice, and says nothing to it. */
export function silenceOf({ mode, person, subject, vendor, notice }: ConsentCase, decision: Decision): Silence {
  const isEnough =
    mode === 'opt-out' &&
    person.membership === 'member' &&
    decision.kind === 'ask' &&
    notice?.route.sharesForTraining !== true &&
    (subject?.standing(vendor, 'use')?.event ?? 'notice-shown') === 'notice-shown';
  return isEnough ? 'sends' : 'asks-again';
}

/**
 * The vendor that answers somebody in a conversation: their own choice, else the conversation's or the tenant's, else
 * the default; each only where it is set up and not blocked there.
 */
export function vendorOf(
  { notices, policy, defaultVendor }: Pick<ConsentGateParts, 'notices' | 'policy' | 'defaultVendor'>,
  { tenant }: ConsentPerson,
  subject: Subject | undefined,
  conversation?: string,
): string {
  const wished = [subject?.vendor, policy.vendor(tenant, conversation)];
  const may = (vendor: string): boolean => notices.has(vendor) && !policy.blocks(tenant, conversation, vendor, 'use');
  return wished.find((vendor) => vendor !== undefined && may(vendor)) ?? defaultVendor;
}

function decidePurpose(facts: ConsentCase, purpose: Purpose): Decision {
  const { policy, person, subject, vendor, conversation, notice, at } = facts;
  return decide({
    ledger: facts.readable ? 'intact' : 'unavailable',
    blocked: policy.blocks(person.tenant, conversation, vendor, purpose),
    residency: policy.residency(vendor),
    notice: notice === undefined ? 'missing' : isWithinReview(notice, at) ? 'in-force' : 'past-review',
    author: person.membership,
    externalsAdmitted: policy.externalsAdmitted,
    mode: facts.mode,
    purpose,
    record: recordOf(subject?.standing(vendor, purpose), notice, at),
  });
}

function recordOf(standing: Standing | undefined, notice: Notice | undefined, at: number): JudgedStanding {
  if (standing === undefined) return { event: 'none' };
  if (standing.event === 'withdrawn') return { event: 'withdrawn' };
  const change = changeSince(standing, notice);
  if (standing.event === 'notice-shown') return { event: 'notice-shown', change };
  return { event: 'granted', change, expired: at >= standing.validUntil };
}

function changeSince(standing: Standing, notice: Notice | undefined): NoticeChange {
  if (standing.noticeId === notice?.id) return 'none';
  return standing.materialId !== '' && standing.materialId === notice?.materialId ? 'editorial' : 'material';
}
