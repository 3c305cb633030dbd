import { type Act, subjectOf, vendorInEffect, vendorUnknown } from './act';
import type { AskReason, ConsentView } from './consent';
import { noticeBefore, silenceOf } from './gate';
import type { Subject } from './ledger';
import type { Notice } from './notice';
import { wasShown, writeShown } from './shown';
import { asItStands, caseOf, decisionFor, refusalOf } from './vendor-states';

/** Shows a notice as a label, to be agreed to, and writes down that it was shown. */
export async function showLabel(act: Act, notice: Notice, reason?: AskReason): Promise<ConsentView> {
  const subject = await subjectOf(act);
  const view = await asking(act, subject, notice, reason ?? reasonFor(act, subject, notice));
  await writeShown(act, notice);
  return view;
}

/** Leads from a notice that was opened back to its label, or to how things stand by now. */
export async function askAgain(act: Act, named: string | undefined): Promise<ConsentView> {
  const subject = await subjectOf(act);
  const notice = act.parts.notices.get(named ?? vendorInEffect(act, subject));
  if (notice === undefined) return vendorUnknown(act);
  const refused = refusalOf(act, notice);
  if (refused !== undefined) return refused;
  if (decisionFor(act, subject, notice.vendor).kind === 'allow') return asItStands(act, subject, [notice.vendor]);
  if (!(await wasShown(act, notice))) return showLabel(act, notice);
  return asking(act, subject, notice, reasonFor(act, subject, notice));
}

/** What asks for an agreement and comes again is asked the same; undefined where there is nothing to ask. */
export async function askOnce(
  act: Act,
  subject: Subject | undefined,
  [notice, ...others]: readonly Notice[],
): Promise<ConsentView | undefined> {
  if (notice === undefined || others.length > 0) return undefined;
  const decision = decisionFor(act, subject, notice.vendor);
  return decision.kind === 'ask' ? asking(act, subject, notice, decision.reason) : undefined;
}

export async function asking(
  act: Act,
  subject: Subject | undefined,
  notice: Notice,
  reason: AskReason | 'withdrawn',
): Promise<ConsentView> {
  const decision = decisionFor(act, subject, notice.vendor);
  const silence = silenceOf(caseOf(act, subject, notice.vendor), decision);
  const before = await noticeBefore(act.parts, subject, notice.vendor);
  const isTyped = act.origin.surface === 'command' && reason !== 'training' && silence === 'asks-again';
  return { kind: 'ask', reason, notice, silence, before, ...(isTyped && { typed: true }) };
}

/** Why somebody has to be asked about a vendor; in the end because they never were. */
function reasonFor(act: Act, subject: Subject | undefined, { vendor }: Notice): AskReason | 'withdrawn' {
  const decision = decisionFor(act, subject, vendor);
  if (decision.kind === 'ask') return decision.reason;
  return decision.kind === 'deny' && decision.reason === 'withdrawn' ? 'withdrawn' : 'first';
}
