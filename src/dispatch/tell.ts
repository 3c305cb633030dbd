import type { TurnSurface } from '../chat/adapter';
import type { Problem } from '../chat/problem';
import type { Turn } from '../chat/turn';
import type { AskReason, ConsentHandler, DenyReason, Verdict } from '../consent/consent';
import type { Notice } from '../consent/notice';
import { consentCard } from '../language/cards';
import { noteCard } from '../language/note-card';
import { sentencesFor } from '../language/sentences';
import type { Outcome } from './outcome';
import { PROBLEM_OF_DENIAL } from './problems';

type NoticeRecord = Pick<ConsentHandler, 'noticeShown'>;

/** Tells the asker, and nobody else, one sentence. */
export async function tell(turn: Turn, surface: TurnSurface, what: Problem | 'quotes-withheld'): Promise<void> {
  const sentences = sentencesFor(turn.language);
  await surface.tellPrivately(
    noteCard(what === 'quotes-withheld' ? sentences.quotesWithheld : sentences.problem(what)),
  );
}

/** Ends a turn that may not be answered, with the reason told to the asker. */
export async function refuse(turn: Turn, surface: TurnSurface, problem: Problem): Promise<Outcome> {
  await tell(turn, surface, problem);
  return { kind: 'refused', problem };
}

/**
 * Meets a verdict that is no permission: the private card for people who have not agreed (or no longer), a
 * sentence for what the organisation does not allow, silence for bots.
 */
export async function askOrRefuse(
  turn: Turn,
  surface: TurnSurface,
  { decision, notice, mode, before }: Verdict,
  record: NoticeRecord,
): Promise<Outcome> {
  if (decision.kind === 'allow') return { kind: 'ignored' };
  const { reason } = decision;
  if (reason === 'not-a-person') return { kind: 'ignored' };
  if (isProblem(reason)) return refuse(turn, surface, PROBLEM_OF_DENIAL[reason]);
  if (notice === undefined) return refuse(turn, surface, 'denied-notice');
  const card = consentCard({ kind: 'ask', reason, notice, mode, before }, turn.language, turn.message);
  await showNotice(turn, surface, card, notice, record);
  return { kind: 'needs-consent' };
}

/** Shows a notice that changed in wording only since the person agreed. */
export async function informOfNotice(
  turn: Turn,
  surface: TurnSurface,
  notice: Notice,
  record: NoticeRecord,
): Promise<void> {
  await showNotice(turn, surface, consentCard({ kind: 'notice', notice, agreed: true }, turn.language), notice, record);
}

function isProblem(reason: AskReason | DenyReason): reason is keyof typeof PROBLEM_OF_DENIAL {
  return reason in PROBLEM_OF_DENIAL;
}

async function showNotice(
  turn: Turn,
  surface: TurnSurface,
  card: ReturnType<typeof consentCard>,
  notice: Notice,
  record: NoticeRecord,
): Promise<void> {
  if (await surface.tellPrivately(card))
    await record.noticeShown(turn.person, notice, { surface: 'card', language: turn.language });
}
