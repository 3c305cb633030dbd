import type { AskReason, ConsentHandler, DenyReason, Verdict } from '../consent/consent';
import type { Notice } from '../consent/notice';
import { consentCard } from '../language/cards';
import { noteCard } from '../language/note-card';
import { sentencesFor } from '../language/sentences';
import type { Log } from '../log/log';
import type { TurnSurface } from '../model/adapter';
import type { Problem, ProblemDetails } from '../model/problem';
import type { Turn } from '../model/turn';
import type { Counts } from '../redact/kinds';
import type { Redaction } from '../redact/redact';
import type { ContextReading } from './context';
import type { Outcome } from './outcome';
import { PROBLEM_OF_DENIAL } from './problems';

type NoticeRecord = Pick<ConsentHandler, 'noticeShown'>;

/** Tells the asker, and nobody else, one sentence. */
export async function tell(
  turn: Turn,
  surface: TurnSurface,
  problem: Problem,
  details: ProblemDetails = {},
): Promise<void> {
  await surface.tellPrivately(noteCard(sentencesFor(turn.language).problem(problem, details)));
}

/** What of a question stayed here. */
export interface Stayed extends Pick<ContextReading, 'forwardsLeftOut' | 'unread'> {
  readonly counts: Redaction['counts'];
}

/**
 * Tells the asker once what of their question did not go: quotes and forwarded messages, how many values of which
 * kinds, what came along that cannot go; and that the thread could not be read. Mentions and names are not told of, as
 * they stand in most questions.
 */
export async function tellStayed(turn: Turn, surface: TurnSurface, stayed: Stayed, log: Log): Promise<void> {
  const { counts, forwardsLeftOut, unread } = stayed;
  const { platform } = turn.person;
  const { quotesWithheld, redaction, leftOut } = sentencesFor(turn.language);
  const found = logFound(turn, counts.values, log);
  const others = [...new Set(turn.leftOut)];
  if (forwardsLeftOut > 0) log.info('left-out', { code: 'forwarded', count: forwardsLeftOut, platform });
  for (const code of others) log.info('left-out', { code, platform });
  if (unread !== undefined) log.warn('thread-unread', { code: unread, platform });
  const told = [
    ...(unread === undefined ? [] : [leftOut.thread]),
    ...(found ? [redaction.replaced(counts.values)] : []),
    ...(counts.quotes > 0 ? [quotesWithheld] : []),
    ...(forwardsLeftOut > 0 ? [leftOut.forwarded] : []),
    ...others.map((kind) => leftOut[kind]),
  ];
  if (told.length > 0) await surface.tellPrivately(noteCard(...told));
}

/** Ends a turn whose question holds what the organisation lets no vendor have, told by kinds. */
export async function refuseValues(turn: Turn, surface: TurnSurface, counts: Counts, log: Log): Promise<Outcome> {
  const { problem, redaction } = sentencesFor(turn.language);
  logFound(turn, counts, log);
  await surface.tellPrivately(noteCard(redaction.found(counts), problem('redaction-blocked')));
  return { kind: 'refused', problem: 'redaction-blocked' };
}

/** Whether there was anything. */
function logFound({ person: { platform } }: Turn, counts: Counts, log: Log): boolean {
  const found = Object.entries(counts);
  for (const [code, count] of found) log.info('redaction-found', { code, count, platform });
  return found.length > 0;
}

/** Meets a question that was taken before: with silence where the platform tells it twice, but not its writer. */
export async function meetDuplicate(turn: Turn, surface: TurnSurface): Promise<Outcome> {
  if (turn.edited === true) await surface.tellPrivately(noteCard(sentencesFor(turn.language).takenBefore));
  return { kind: 'duplicate' };
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
  { decision, notice, silence, before }: Verdict,
  record: NoticeRecord,
): Promise<Outcome> {
  if (decision.kind === 'allow') return { kind: 'ignored' };
  const { reason } = decision;
  if (reason === 'not-a-person') return { kind: 'ignored' };
  if (isProblem(reason)) return refuse(turn, surface, PROBLEM_OF_DENIAL[reason]);
  if (notice === undefined) return refuse(turn, surface, 'denied-notice');
  const question = { ref: turn.message, isReadable: surface.readsAgain };
  const card = consentCard({ kind: 'ask', reason, notice, silence, before }, turn.language, question);
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
  await showNotice(turn, surface, consentCard({ kind: 'notice-reworded', notice }, turn.language), notice, record);
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
