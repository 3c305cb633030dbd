import { type Act, PURPOSES, stampOf, subjectOf, vendorInEffect, vendorsOf, vendorUnknown, write } from './act';
import { asking, askOnce, showLabel } from './asking';
import type { ConsentAction, ConsentView, Purpose } from './consent';
import type { LedgerEntry, Subject } from './ledger';
import type { Notice } from './notice';
import { isRead } from './shown';
import { asItStands, decisionFor, refusalOf, stateOf, validUntil } from './vendor-states';

const DAY_MS = 86_400_000;

/**
 * Agrees to a vendor, to all of them (`all`), or to the one in effect where none is named. Who was never shown what
 * they would agree to is shown it first, and agrees by saying so again.
 */
export async function agree(act: Act, named: string | undefined): Promise<ConsentView> {
  const { notices } = act.parts;
  const subject = await subjectOf(act);
  const wanted = named === 'all' ? vendorsOf(act) : [named ?? vendorInEffect(act, subject)];
  const found = wanted.flatMap((vendor) => notices.get(vendor) ?? []);
  if (found.length === 0) return vendorUnknown(act);
  for (const notice of found) {
    const refused = refusalOf(act, notice);
    if (refused !== undefined) return refused;
  }
  const fresh = found.filter(({ vendor }) => stateOf(act, subject, vendor) !== 'agreed');
  for (const notice of fresh) if (!(await isRead(act, notice))) return showLabel(act, notice);
  return grant(act, found, fresh, ['use']);
}

/** Agrees by a card's button. It counts for the notice that the card showed, and for no other. */
export async function agreeToNotice(act: Act, action: ConsentAction): Promise<ConsentView> {
  const notice = act.parts.notices.get(action.vendor ?? '');
  if (notice === undefined) return vendorUnknown(act);
  const refused = refusalOf(act, notice);
  if (refused !== undefined) return refused;
  if (action.noticeId !== notice.id) return showLabel(act, notice, 'notice-changed');
  const subject = await subjectOf(act);
  const fresh = purposesOf(action, notice).filter((purpose) => !isGranted(act, subject, notice, purpose));
  return grant(act, [notice], fresh.length === 0 ? [] : [notice], fresh);
}

function purposesOf({ training, purpose = 'use' }: ConsentAction, { route }: Notice): readonly Purpose[] {
  return training === true && route.sharesForTraining ? PURPOSES : [purpose];
}

function isGranted({ parts }: Act, subject: Subject | undefined, { vendor, id }: Notice, purpose: Purpose): boolean {
  const standing = subject?.standing(vendor, purpose);
  return standing?.event === 'granted' && standing.noticeId === id && parts.now() < standing.validUntil;
}

/** Agrees to what is `fresh` of the notices that were asked for. */
async function grant(
  act: Act,
  wanted: readonly Notice[],
  fresh: readonly Notice[],
  purposes: readonly Purpose[],
): Promise<ConsentView> {
  const { now, policy } = act.parts;
  const entries = fresh.flatMap(({ vendor, id }) =>
    purposes.map((purpose): LedgerEntry => {
      const validUntil = now() + policy.grantDays * DAY_MS;
      return { ...stampOf(act), event: 'granted', vendor, purpose, noticeId: id, validUntil };
    }),
  );
  const about = wanted.map(({ vendor }) => vendor);
  const taking = await write(act, entries, fresh, { input: act.origin.input, did: 'gave', about });
  const subject = await subjectOf(act);
  if (taking === 'taken') return granted(act, subject, wanted, fresh.length === 0);
  return (await askOnce(act, subject, wanted)) ?? asItStands(act, subject, about);
}

/** Says that questions may go, or what is still to be agreed to. */
async function granted(
  act: Act,
  subject: Subject | undefined,
  agreed: readonly Notice[],
  already: boolean,
): Promise<ConsentView> {
  for (const notice of agreed) {
    const decision = decisionFor(act, subject, notice.vendor);
    if (decision.kind === 'deny') return { kind: 'refused', reason: decision.reason };
    if (decision.kind === 'ask') return asking(act, subject, notice, decision.reason);
  }
  const vendors = agreed.map(({ vendor }) => vendor);
  return { kind: 'granted', notices: agreed, already, validUntil: validUntil(subject, vendors) };
}
