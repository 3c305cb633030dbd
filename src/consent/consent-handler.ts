import { errorClassOf } from '../log/error-class';
import { type ConsentCommand, parseConsentCommand } from './command';
import type {
  AskReason,
  ConsentAction,
  ConsentHandler,
  ConsentOrigin,
  ConsentPerson,
  ConsentView,
  Purpose,
  VendorStanding,
  WithdrawalListener,
} from './consent';
import { type ConsentGateParts, noticeBefore, vendorOf } from './gate';
import { LedgerError, type Subject } from './ledger';
import type { Notice } from './notice';
import { createOwnRecord } from './own-record';
import type { ProofIssuer } from './proof';
import { createStandings } from './standings';

export interface ConsentHandlerParts extends ConsentGateParts {
  /** A first `on` is confirmed on the notice, with a button. */
  readonly noticeFirst: boolean;
  readonly proofs: ProofIssuer;
  readonly onWithdrawal: WithdrawalListener;
}

const DAY_MS = 86_400_000;
const TOGGLE: ConsentCommand = { do: 'toggle' };

/** Runs `/dejiren-optin` and the cards' buttons on the ledger. */
export function createConsentHandler(parts: ConsentHandlerParts): ConsentHandler {
  const { ledger, notices, policy, now, log } = parts;
  const vendors = [...notices.keys()];
  const { decisionFor, stateOf, refusalOf } = createStandings(parts);
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
        return choose(person, command.vendor);
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
    if (fresh.length === 0) return { kind: 'granted', notices: found, already: true };
    const unread = parts.noticeFirst ? fresh.find((notice) => isUnread(person, subject, notice)) : undefined;
    if (unread !== undefined) {
      const reason = stateOf(person, subject, unread.vendor) === 'stale' ? 'notice-changed' : 'first';
      return { ...(await ask(person, unread, origin)), reason };
    }
    await grant(person, fresh, ['use'], origin);
    return granted(person, found, false);
  }

  /** Whether they never agreed to what this notice says, and so have to see it first. */
  function isUnread(person: ConsentPerson, subject: Subject | undefined, { vendor }: Notice): boolean {
    return subject?.standing(vendor, 'use')?.event !== 'granted' || stateOf(person, subject, vendor) === 'stale';
  }

  async function off(person: ConsentPerson, named: string | undefined, origin: ConsentOrigin): Promise<ConsentView> {
    const all = named === undefined || named === 'all';
    const end = (): void => parts.onWithdrawal(person, all ? undefined : named);
    let known = true;
    try {
      const subject = await ledger.find(person);
      const everyVendor = new Set([...vendors, ...(subject?.vendors ?? [])]);
      known = all || everyVendor.has(named);
      return known
        ? await withdraw(person, subject, all ? [...everyVendor] : [named], all, origin, end)
        : { kind: 'vendor-unknown', vendors };
    } finally {
      // Where it cannot be written down, at least what is being answered now ends.
      if (known) end();
    }
  }

  async function withdraw(
    person: ConsentPerson,
    subject: Subject | undefined,
    targets: readonly string[],
    all: boolean,
    origin: ConsentOrigin,
    end: () => void,
  ): Promise<ConsentView> {
    const standing = targets.flatMap((vendor) =>
      PURPOSES.filter((purpose) => subject?.standing(vendor, purpose)?.event !== 'withdrawn')
        .filter((purpose) => purpose === 'use' || subject?.standing(vendor, purpose) !== undefined)
        .map((purpose) => ({ vendor, purpose })),
    );
    if (standing.length > 0) {
      const entries = standing.map(({ vendor, purpose }) => ({
        ...stamp(person, origin),
        event: 'withdrawn' as const,
        vendor,
        purpose,
        noticeId: notices.get(vendor)?.id ?? '',
        validUntil: 0,
      }));
      // In the tick of the commit: nothing that was asked about before goes on past it.
      end();
      await ledger.append(person, entries, []);
    }
    return {
      kind: 'withdrawn',
      vendors: targets.map((vendor) => notices.get(vendor)?.vendorName ?? vendor),
      all,
      already: standing.length === 0,
      undo: targets.length === 1 ? notices.get(targets[0] ?? '') : undefined,
    };
  }

  async function status(person: ConsentPerson, origin: ConsentOrigin): Promise<ConsentView> {
    const subject = await ledger.find(person);
    const effective = vendorOf(parts, person, subject, origin.conversation);
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
  }

  async function choose(person: ConsentPerson, vendor: string): Promise<ConsentView> {
    const notice = notices.get(vendor);
    if (notice === undefined || policy.blocks(person.tenant, undefined, vendor, 'use'))
      return { kind: 'vendor-unknown', vendors };
    const refused = refusalOf(person, notice);
    if (refused !== undefined) return refused;
    await ledger.chooseVendor(person, vendor);
    return { kind: 'vendor-chosen', notice, agreed: stateOf(person, await ledger.find(person), vendor) === 'agreed' };
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

  async function erase(person: ConsentPerson, origin: ConsentOrigin): Promise<ConsentView> {
    const end = (): void => parts.onWithdrawal(person, undefined);
    try {
      end();
      await ledger.erase(person, { ...origin, mode: policy.mode(person.tenant), at: now() });
    } finally {
      end();
    }
    return { kind: 'erased' };
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
    if (action.noticeId !== notice.id) return { ...(await ask(person, notice, origin)), reason: 'notice-changed' };
    const subject = await ledger.find(person);
    const purposes: readonly Purpose[] =
      action.training === true && notice.route.sharesForTraining ? PURPOSES : [action.purpose ?? 'use'];
    const fresh = purposes.filter((purpose) => {
      const standing = subject?.standing(notice.vendor, purpose);
      return !(standing?.event === 'granted' && standing.noticeId === notice.id && now() < standing.validUntil);
    });
    if (fresh.length > 0) await grant(person, [notice], fresh, origin);
    return granted(person, [notice], fresh.length === 0);
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

  async function grant(
    person: ConsentPerson,
    granted: readonly Notice[],
    purposes: readonly Purpose[],
    origin: ConsentOrigin,
  ): Promise<void> {
    const entries = granted.flatMap(({ vendor, id }) =>
      purposes.map((purpose) => ({
        ...stamp(person, origin),
        event: 'granted' as const,
        vendor,
        purpose,
        noticeId: id,
        validUntil: now() + policy.grantDays * DAY_MS,
      })),
    );
    await ledger.append(person, entries, granted);
  }

  async function ask(
    person: ConsentPerson,
    notice: Notice,
    origin: ConsentOrigin,
  ): Promise<Extract<ConsentView, { kind: 'ask' }>> {
    await recordShown(person, notice, origin);
    return asking(person, notice, 'first');
  }

  async function asking(
    person: ConsentPerson,
    notice: Notice,
    reason: AskReason,
  ): Promise<Extract<ConsentView, { kind: 'ask' }>> {
    const before = await noticeBefore(parts, await ledger.find(person), notice.vendor);
    return { kind: 'ask', reason, notice, mode: policy.mode(person.tenant), before };
  }

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
    await ledger.append(person, [entry], [notice]);
  }

  function stamp(person: ConsentPerson, { surface, language }: ConsentOrigin) {
    return { at: now(), mode: policy.mode(person.tenant), surface, language };
  }

  async function answered(work: () => Promise<ConsentView>): Promise<ConsentView> {
    try {
      return await work();
    } catch (error) {
      const code = error instanceof LedgerError ? error.code : 'fault';
      log.error('consent-failed', { code, errorClass: errorClassOf(error) });
      return { kind: 'refused', reason: 'ledger-unavailable' };
    }
  }

  return {
    run: (person, words, origin) =>
      answered(() => run(person, words.isBlank ? TOGGLE : parseConsentCommand(words), origin)),
    act: (person, action, origin) => answered(() => press(person, action, origin)),
    async noticeShown(person, notice, origin) {
      try {
        await recordShown(person, notice, origin);
      } catch (error) {
        log.error('consent-failed', { errorClass: errorClassOf(error) });
      }
    },
  };
}

const PURPOSES: readonly Purpose[] = ['use', 'training'];
