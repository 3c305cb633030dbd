import type { ConsentOrigin, ConsentPerson, ConsentView, WithdrawalListener } from './consent';
import { type Deed, EVERY_VENDOR } from './deed';
import type { ConsentGateParts } from './gate';
import type { Subject } from './ledger';
import { createRecord, PURPOSES } from './record';
import { createStandings } from './standings';

export interface WithdrawalParts extends ConsentGateParts {
  readonly onWithdrawal: WithdrawalListener;
}

/** How somebody takes back what they agreed to. */
export interface Withdrawals {
  /** `named` undefined, or `all`: from every vendor, those to come included. */
  off(person: ConsentPerson, named: string | undefined, origin: ConsentOrigin): Promise<ConsentView>;
  erase(person: ConsentPerson, origin: ConsentOrigin): Promise<ConsentView>;
}

/** `ended`: what was being answered is not to go on. */
interface Withdrawn {
  readonly view: ConsentView;
  readonly ended: boolean;
}

/** How a purpose stands of which nothing is on record. */
const OTHERWISE = { use: 'none', training: 'withdrawn' } as const;

export function createWithdrawals(parts: WithdrawalParts): Withdrawals {
  const { ledger, notices, policy, now } = parts;
  const vendors = [...notices.keys()];
  const { statusOf, asItStands } = createStandings(parts);
  const { stamp, append } = createRecord(parts);

  async function off(person: ConsentPerson, named: string | undefined, origin: ConsentOrigin): Promise<ConsentView> {
    const all = named === undefined || named === 'all';
    const end = (): void => parts.onWithdrawal(person, all ? undefined : named);
    return ending(end, async () => {
      const subject = await ledger.find(person);
      const everyVendor = new Set([...vendors, ...(subject?.vendors ?? [])]);
      if (!all && !everyVendor.has(named)) return { ended: false, view: { kind: 'vendor-unknown', vendors } };
      return withdraw(person, subject, all ? [...everyVendor] : [named], all, origin, end);
    });
  }

  /**
   * Ends what is being answered once more after a withdrawal, for answers that began meanwhile; and where it cannot be
   * written down, so that at least these end.
   */
  async function ending(end: () => void, work: () => Promise<Withdrawn>): Promise<ConsentView> {
    let ended = true;
    try {
      const withdrawn = await work();
      ended = withdrawn.ended;
      return withdrawn.view;
    } finally {
      if (ended) end();
    }
  }

  async function withdraw(
    person: ConsentPerson,
    subject: Subject | undefined,
    targets: readonly string[],
    all: boolean,
    origin: ConsentOrigin,
    end: () => void,
  ): Promise<Withdrawn> {
    const isWithdrawn = (vendor: string): boolean =>
      PURPOSES.every((purpose) => (subject?.standing(vendor, purpose)?.event ?? OTHERWISE[purpose]) === 'withdrawn');
    // Of what is withdrawn as well: it may be agreed to by the time that this is written.
    const entries = targets.flatMap((vendor) =>
      PURPOSES.filter((purpose) => purpose === 'use' || subject?.standing(vendor, purpose) !== undefined).map(
        (purpose) => ({
          ...stamp(person, origin),
          event: 'withdrawn' as const,
          vendor,
          purpose,
          noticeId: notices.get(vendor)?.id ?? '',
          validUntil: 0,
        }),
      ),
    );
    const about = all ? [...targets, EVERY_VENDOR] : targets;
    const deed: Deed = { input: origin.input, did: 'took', about };
    if (await wouldTake(person, deed)) end();
    const taking = await append(person, entries, [], deed);
    if (taking !== 'taken') {
      const view = asItStands(person, await ledger.find(person), targets, origin.conversation);
      return { ended: false, view };
    }
    const view = {
      kind: 'withdrawn',
      vendors: targets.map((vendor) => notices.get(vendor)?.vendorName ?? vendor),
      all,
      already: targets.every(isWithdrawn),
      undo: targets.length === 1 ? notices.get(targets[0] ?? '') : undefined,
    } as const;
    return { ended: true, view };
  }

  /**
   * Nobody waits for the write: what is being answered ends as soon as it is clear that it has to. Where that cannot be
   * told, the withdrawal is written down all the same, and ends it then.
   */
  function wouldTake(person: ConsentPerson, deed: Deed): boolean | Promise<boolean> {
    if (deed.input === undefined) return true;
    return ledger.wouldTake(person, deed).then(
      (taking) => taking === 'taken',
      () => false,
    );
  }

  async function erase(person: ConsentPerson, origin: ConsentOrigin): Promise<ConsentView> {
    const end = (): void => parts.onWithdrawal(person, undefined);
    return ending(end, async () => {
      const before = await ledger.find(person);
      const about = [...new Set([...vendors, ...(before?.vendors ?? []), EVERY_VENDOR])];
      const deed: Deed = { input: origin.input, did: 'took', about, whole: true };
      if (await wouldTake(person, deed)) end();
      const taking = await ledger.erase(person, { ...origin, mode: policy.mode(person.tenant), at: now() }, deed);
      if (taking === 'taken') return { ended: true, view: { kind: 'erased' } };
      const subject = await ledger.find(person);
      const view =
        subject === undefined ? ({ kind: 'erased' } as const) : statusOf(person, subject, origin.conversation);
      return { ended: false, view };
    });
  }

  return { off, erase };
}
