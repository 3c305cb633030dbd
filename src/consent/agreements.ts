import { type Act, PURPOSES, stampOf, subjectOf, vendorInEffect, vendorsOf, vendorUnknown, write } from './act';
import type { AskReason, ConsentAction, ConsentView, Purpose } from './consent';
import { noticeBefore } from './gate';
import type { LedgerEntry, Subject } from './ledger';
import type { Notice } from './notice';
import { asItStands, decisionFor, refusalOf, stateOf } from './vendor-states';

const DAY_MS = 86_400_000;

/** Agrees to a vendor, to all of them (`all`), or to the one in effect where none is named. */
export async function agree(act: Act, named: string | undefined): Promise<ConsentView> {
  const { notices, noticeFirst } = act.parts;
  const subject = await subjectOf(act);
  const wanted = named === 'all' ? vendorsOf(act) : [named ?? vendorInEffect(act, subject)];
  const found = wanted.flatMap((vendor) => notices.get(vendor) ?? []);
  if (found.length === 0) return vendorUnknown(act);
  for (const notice of found) {
    const refused = refusalOf(act, notice);
    if (refused !== undefined) return refused;
  }
  const fresh = found.filter(({ vendor }) => stateOf(act, subject, vendor) !== 'agreed');
  const unread = noticeFirst ? fresh.find((notice) => isUnread(act, subject, notice)) : undefined;
  if (unread === undefined) return grant(act, found, fresh, ['use']);
  return ask(act, unread, stateOf(act, subject, unread.vendor) === 'stale' ? 'notice-changed' : 'first');
}

/** Whether they never agreed to what this notice says, and so have to see it first. */
function isUnread(act: Act, subject: Subject | undefined, { vendor }: Notice): boolean {
  return subject?.standing(vendor, 'use')?.event !== 'granted' || stateOf(act, subject, vendor) === 'stale';
}

/** Agrees by a card's button. It counts for the notice that the card showed, and for no other. */
export async function agreeToNotice(act: Act, action: ConsentAction): Promise<ConsentView> {
  const notice = act.parts.notices.get(action.vendor ?? '');
  if (notice === undefined) return vendorUnknown(act);
  const refused = refusalOf(act, notice);
  if (refused !== undefined) return refused;
  if (action.noticeId !== notice.id) return ask(act, notice, 'notice-changed');
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
  return taking === 'taken' ? granted(act, subject, wanted, fresh.length === 0) : asItStands(act, subject, about);
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
    if (decision.kind === 'ask') return asking(act, notice, decision.reason);
  }
  return { kind: 'granted', notices: agreed, already };
}

async function ask(act: Act, notice: Notice, reason: AskReason): Promise<ConsentView> {
  await writeShown(act, notice);
  return asking(act, notice, reason);
}

async function asking(act: Act, notice: Notice, reason: AskReason): Promise<ConsentView> {
  const before = await noticeBefore(act.parts, await subjectOf(act), notice.vendor);
  return { kind: 'ask', reason, notice, mode: act.parts.policy.mode(act.person.tenant), before };
}

/** Writes down that a notice was shown. Where the act comes again nothing is, and the notice is shown all the same. */
export async function writeShown(act: Act, notice: Notice): Promise<void> {
  const { vendor, id: noticeId } = notice;
  const entry = { ...stampOf(act), event: 'notice-shown', vendor, purpose: 'use', noticeId, validUntil: 0 } as const;
  await write(act, [entry], [notice], { input: act.origin.input, did: undefined, about: [vendor] });
}
