import { errorFields } from '../log/error-fields';
import { type ConsentCommand, meantBy, parseConsentCommand } from './command';
import type {
  AskReason,
  ConsentAction,
  ConsentHandler,
  ConsentOrigin,
  ConsentPerson,
  ConsentView,
  Purpose,
} from './consent';
import { EVERY_VENDOR } from './deed';
import { noticeBefore, vendorOf } from './gate';
import type { Subject } from './ledger';
import { LedgerError } from './ledger-error';
import type { Notice } from './notice';
import { createOwnRecord } from './own-record';
import type { ProofIssuer } from './proof';
import { createRecord, PURPOSES } from './record';
import { createStandings } from './standings';
import { createWithdrawals, type WithdrawalParts } from './withdrawals';

export interface ConsentHandlerParts extends WithdrawalParts {
  /** A first `on` is confirmed on the notice, with a button. */
  readonly noticeFirst: boolean;
  /** The words that mean a vendor, in small letters and with `-` between several, and its id. */
  readonly vendorWords: ReadonlyMap<string, string>;
  readonly proofs: ProofIssuer;
}

const DAY_MS = 86_400_000;
const TOGGLE: ConsentCommand = { do: 'toggle' };

/** Runs `/dejiren-optin` and the cards' buttons on the ledger. */
export function createConsentHandler(parts: ConsentHandlerParts): ConsentHandler {
  const { ledger, notices, policy, vendorWords, now, log } = parts;
  const vendors = [...notices.keys()];
  const { decisionFor, stateOf, statusOf, asItStands, refusalOf } = createStandings(parts);
  const { stamp, append } = createRecord(parts);
  const { off, erase } = createWithdrawals(parts);
  const ownRecord = createOwnRecord(parts);

  async function run(person: ConsentPerson, command: ConsentCommand, origin: ConsentOrigin): Promise<ConsentView> {
    switch (command.do) {
      case 'toggle':
        return toggle(person, origin);
      case 'on':
        return on(person, command.vendor, origin);
      case 'off':
        return off(person, command.vendor, origin);
      case 'status':
        return status(person, origin);
      case 'vendor':
        return choose(person, command.vendor, origin);
      case 'notice':
        return readNotice(person, command.vendor, origin);
      case 'receipt':
        return ownRecord.receipt(person, command.vendor, origin);
      case 'export':
        return ownRecord.exported(person, command.part);
      case 'erase':
        return command.confirmed ? erase(person, origin) : { kind: 'erase-confirm' };
      case 'help':
        return { kind: 'help', vendors };
    }
  }

  async function toggle(person: ConsentPerson, origin: ConsentOrigin): Promise<ConsentView> {
    const subject = await ledger.find(person);
    const vendor = vendorOf(parts, person, subject, origin.conversation);
    const decision = decisionFor(person, subject, vendor);
    // Whoever is asked for training only has agreed to use: that is what the toggle takes back.
    return decision.kind === 'allow' || (decision.kind === 'ask' && decision.reason === 'training')
      ? off(person, vendor, origin)
      : on(person, vendor, origin);
  }

  async function on(person: ConsentPerson, named: string | undefined, origin: ConsentOrigin): Promise<ConsentView> {
    const subject = await ledger.find(person);
    const wanted = named === 'all' ? vendors : [named ?? vendorOf(parts, person, subject, origin.conversation)];
    const found = wanted.flatMap((vendor) => notices.get(vendor) ?? []);
    const [first] = found;
    if (first === undefined) return { kind: 'vendor-unknown', vendors };
    for (const notice of found) {
      const refused = refusalOf(person, notice);
      if (refused !== undefined) return refused;
    }
    const fresh = found.filter((notice) => stateOf(person, subject, notice.vendor) !== 'agreed');
    const unread = parts.noticeFirst ? fresh.find((notice) => isUnread(person, subject, notice)) : undefined;
    if (unread !== undefined)
      return ask(
        person,
        unread,
        stateOf(person, subject, unread.vendor) === 'stale' ? 'notice-changed' : 'first',
        origin,
      );
    return grant(person, found, fresh, ['use'], origin);
  }

  /** Whether they never agreed to what this notice says, and so have to see it first. */
  function isUnread(person: ConsentPerson, subject: Subject | undefined, { vendor }: Notice): boolean {
    return subject?.standing(vendor, 'use')?.event !== 'granted' || stateOf(person, subject, vendor) === 'stale';
  }

  async function status(person: ConsentPerson, origin: ConsentOrigin): Promise<ConsentView> {
    return statusOf(person, await ledger.find(person), origin.conversation);
  }

  async function choose(person: ConsentPerson, vendor: string, origin: ConsentOrigin): Promise<ConsentView> {
    const notice = notices.get(vendor);
    if (notice === undefined || policy.blocks(person.tenant, undefined, vendor, 'use'))
      return { kind: 'vendor-unknown', vendors };
    const refused = refusalOf(person, notice);
    if (refused !== undefined) return refused;
    await ledger.chooseVendor(person, vendor, { input: origin.input, did: 'chose', about: [EVERY_VENDOR] });
    const subject = await ledger.find(person);
    if (subject?.vendor !== vendor) return statusOf(person, subject, origin.conversation);
    return { kind: 'vendor-chosen', notice, agreed: stateOf(person, subject, vendor) === 'agreed' };
  }

  async function readNotice(
    person: ConsentPerson,
    named: string | undefined,
    origin: ConsentOrigin,
  ): Promise<ConsentView> {
    const subject = await ledger.find(person);
    const vendor = named ?? vendorOf(parts, person, subject, origin.conversation);
    const notice = notices.get(vendor);
    if (notice === undefined) return { kind: 'vendor-unknown', vendors };
    return { kind: 'notice', notice, agreed: stateOf(person, subject, vendor) === 'agreed' };
  }

  async function press(person: ConsentPerson, action: ConsentAction, origin: ConsentOrigin): Promise<ConsentView> {
    switch (action.do) {
      case 'grant':
        return grantNamed(person, action, origin);
      case 'withdraw':
        return off(
          person,
          action.vendor ?? vendorOf(parts, person, await ledger.find(person), origin.conversation),
          origin,
        );
      case 'withdraw-all':
        return off(person, undefined, origin);
      case 'notice':
        return readNotice(person, action.vendor, origin);
      case 'export':
        return ownRecord.exported(person, action.part ?? 1);
      case 'erase':
        return erase(person, origin);
      case 'help':
        return { kind: 'help', vendors };
      case 'status':
      case 'dismiss':
        return status(person, origin);
    }
  }

  /** A grant counts for the notice that the card showed, and for no other. */
  async function grantNamed(person: ConsentPerson, action: ConsentAction, origin: ConsentOrigin): Promise<ConsentView> {
    const notice = notices.get(action.vendor ?? '');
    if (notice === undefined) return { kind: 'vendor-unknown', vendors };
    const refused = refusalOf(person, notice);
    if (refused !== undefined) return refused;
    if (action.noticeId !== notice.id) return ask(person, notice, 'notice-changed', origin);
    const subject = await ledger.find(person);
    const purposes: readonly Purpose[] =
      action.training === true && notice.route.sharesForTraining ? PURPOSES : [action.purpose ?? 'use'];
    const fresh = purposes.filter((purpose) => {
      const standing = subject?.standing(notice.vendor, purpose);
      return !(standing?.event === 'granted' && standing.noticeId === notice.id && now() < standing.validUntil);
    });
    return grant(person, [notice], fresh.length === 0 ? [] : [notice], fresh, origin);
  }

  /** Says that questions may go, or what is still to be agreed to. */
  async function granted(person: ConsentPerson, agreed: readonly Notice[], already: boolean): Promise<ConsentView> {
    const subject = await ledger.find(person);
    for (const notice of agreed) {
      const decision = decisionFor(person, subject, notice.vendor);
      if (decision.kind === 'deny') return { kind: 'refused', reason: decision.reason };
      if (decision.kind === 'ask') return asking(person, notice, decision.reason);
    }
    return { kind: 'granted', notices: agreed, already };
  }

  /** Agrees to what is `fresh` of the notices that were asked for. */
  async function grant(
    person: ConsentPerson,
    wanted: readonly Notice[],
    fresh: readonly Notice[],
    purposes: readonly Purpose[],
    origin: ConsentOrigin,
  ): Promise<ConsentView> {
    const entries = fresh.flatMap(({ vendor, id }) =>
      purposes.map((purpose) => ({
        ...stamp(person, origin),
        event: 'granted' as const,
        vendor,
        purpose,
        noticeId: id,
        validUntil: now() + policy.grantDays * DAY_MS,
      })),
    );
    const about = wanted.map(({ vendor }) => vendor);
    const taking = await append(person, entries, fresh, { input: origin.input, did: 'gave', about });
    if (taking !== 'taken') return asItStands(person, await ledger.find(person), about, origin.conversation);
    return granted(person, wanted, fresh.length === 0);
  }

  async function ask(
    person: ConsentPerson,
    notice: Notice,
    reason: AskReason,
    origin: ConsentOrigin,
  ): Promise<ConsentView> {
    await recordShown(person, notice, origin);
    return asking(person, notice, reason);
  }

  async function asking(person: ConsentPerson, notice: Notice, reason: AskReason): Promise<ConsentView> {
    const before = await noticeBefore(parts, await ledger.find(person), notice.vendor);
    return { kind: 'ask', reason, notice, mode: policy.mode(person.tenant), before };
  }

  /** Where it comes again, nothing is written, and the notice is shown all the same. */
  async function recordShown(person: ConsentPerson, notice: Notice, origin: ConsentOrigin): Promise<void> {
    const { vendor, id } = notice;
    const entry = {
      ...stamp(person, origin),
      event: 'notice-shown',
      vendor,
      purpose: 'use',
      noticeId: id,
      validUntil: 0,
    } as const;
    await append(person, [entry], [notice], { input: origin.input, did: undefined, about: [vendor] });
  }

  async function answered(work: () => Promise<ConsentView>): Promise<ConsentView> {
    try {
      return await work();
    } catch (error) {
      const code = error instanceof LedgerError ? error.code : 'fault';
      log.error('consent-failed', { code, ...errorFields(error) });
      return { kind: 'refused', reason: 'ledger-unavailable' };
    }
  }

  return {
    run: (person, words, origin) =>
      answered(() => run(person, words.isBlank ? TOGGLE : meantBy(parseConsentCommand(words), vendorWords), origin)),
    act: (person, action, origin) => answered(() => press(person, action, origin)),
    async noticeShown(person, notice, origin) {
      try {
        await recordShown(person, notice, origin);
      } catch (error) {
        log.error('consent-failed', { ...errorFields(error) });
      }
    },
  };
}
