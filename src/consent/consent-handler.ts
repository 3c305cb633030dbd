import { errorFields } from '../log/error-fields';
import type { Log } from '../log/log';
import { type Act, type ConsentHandlerParts, subjectOf, vendorInEffect, vendorsOf, vendorUnknown } from './act';
import { agree, agreeToNotice } from './agreements';
import { askAgain } from './asking';
import { type ConsentCommand, meantBy, parseConsentCommand } from './command';
import type { ConsentAction, ConsentHandler, ConsentView } from './consent';
import { EVERY_VENDOR } from './deed';
import { noticeBefore } from './gate';
import { LedgerError } from './ledger-error';
import { exportPart, ownReceipts } from './own-record';
import { writeShown } from './shown';
import { decisionFor, refusalOf, stateOf, statusOf, validUntil } from './vendor-states';
import { erase, withdraw } from './withdrawals';

const TOGGLE: ConsentCommand = { do: 'toggle' };

/** Runs `/dejiren-optin` and the cards' buttons on the ledger. */
export function createConsentHandler(parts: ConsentHandlerParts): ConsentHandler {
  const { log, vendorWords } = parts;
  return {
    run(person, words, origin) {
      const command = words.isBlank ? TOGGLE : meantBy(parseConsentCommand(words), vendorWords);
      return answered(log, () => run({ parts, person, origin }, command));
    },
    act: (person, action, origin) => answered(log, () => press({ parts, person, origin }, action)),
    async noticeShown(person, notice, origin) {
      try {
        await writeShown({ parts, person, origin }, notice);
      } catch (error) {
        log.error('consent-failed', { ...errorFields(error) });
      }
    },
  };
}

async function answered(log: Log, work: () => Promise<ConsentView>): Promise<ConsentView> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof LedgerError ? error.code : 'fault';
    log.error('consent-failed', { code, ...errorFields(error) });
    return { kind: 'refused', reason: 'ledger-unavailable' };
  }
}

async function run(act: Act, command: ConsentCommand): Promise<ConsentView> {
  switch (command.do) {
    case 'toggle':
      return toggle(act);
    case 'on':
      return agree(act, command.vendor);
    case 'off':
      return withdraw(act, command.vendor);
    case 'status':
      return status(act);
    case 'vendor':
      return choose(act, command.vendor);
    case 'notice':
      return readNotice(act, command.vendor, false);
    case 'receipt':
      return ownReceipts(act, command.vendor);
    case 'export':
      return exportPart(act, command.part);
    case 'erase':
      return command.confirmed ? erase(act) : { kind: 'erase-confirm' };
    case 'help':
      return help(act);
  }
}

async function press(act: Act, action: ConsentAction): Promise<ConsentView> {
  switch (action.do) {
    case 'grant':
      return agreeToNotice(act, action);
    case 'withdraw':
      return withdraw(act, action.vendor ?? vendorInEffect(act, await subjectOf(act)));
    case 'withdraw-all':
      return withdraw(act, undefined);
    case 'ask':
      return askAgain(act, action.vendor);
    case 'notice':
      return readNotice(act, action.vendor, true);
    case 'choose':
      return choose(act, action.vendor ?? '');
    case 'export':
      return exportPart(act, action.part ?? 1);
    case 'erase':
      return erase(act);
    case 'help':
      return help(act);
    case 'status':
      return status(act);
    case 'dismiss':
      return { kind: 'dismissed' };
  }
}

async function toggle(act: Act): Promise<ConsentView> {
  const subject = await subjectOf(act);
  const vendor = vendorInEffect(act, subject);
  const decision = decisionFor(act, subject, vendor);
  // Whoever is asked for training only has agreed to use: that is what the toggle takes back.
  const hasAgreed = decision.kind === 'allow' || (decision.kind === 'ask' && decision.reason === 'training');
  return hasAgreed ? withdraw(act, vendor) : agree(act, vendor);
}

async function status(act: Act): Promise<ConsentView> {
  return statusOf(act, await subjectOf(act));
}

async function choose(act: Act, vendor: string): Promise<ConsentView> {
  const { parts, person, origin } = act;
  const notice = parts.notices.get(vendor);
  if (notice === undefined || parts.policy.blocks(person.tenant, undefined, vendor, 'use')) return vendorUnknown(act);
  const refused = refusalOf(act, notice);
  if (refused !== undefined) return refused;
  const before = vendorInEffect(act, await subjectOf(act));
  await parts.ledger.chooseVendor(person, vendor, { input: origin.input, did: 'chose', about: [EVERY_VENDOR] });
  const subject = await subjectOf(act);
  if (subject?.vendor !== vendor) return statusOf(act, subject);
  const isAgreed = stateOf(act, subject, vendor) === 'agreed';
  return {
    kind: 'vendor-chosen',
    notice,
    validUntil: isAgreed ? validUntil(subject, [vendor]) : undefined,
    before: before === vendor ? undefined : before,
  };
}

async function readNotice(act: Act, named: string | undefined, opened: boolean): Promise<ConsentView> {
  const subject = await subjectOf(act);
  const vendor = named ?? vendorInEffect(act, subject);
  const notice = act.parts.notices.get(vendor);
  if (notice === undefined) return vendorUnknown(act);
  const agreed = stateOf(act, subject, vendor) === 'agreed';
  const before = agreed ? undefined : await noticeBefore(act.parts, subject, vendor);
  return { kind: 'notice', notice, before, agreed, opened };
}

function help(act: Act): ConsentView {
  // Every notice in force is on the same page.
  const [notice] = act.parts.notices.values();
  return { kind: 'help', vendors: vendorsOf(act), page: notice?.page };
}
