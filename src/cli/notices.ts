import type { Ledger } from '../consent/ledger';
import type { Notice } from '../consent/notice';
import { diffNotices, type NoticeDifference } from '../consent/notice-diff';
import { dayWritten } from '../language/dates';
import type { SourceFinding, SourceState } from '../notices/check-sources';

const STATES: Readonly<Record<SourceState, string>> = {
  changed: '✗ changed: the page no longer has the quoted words; review the statement',
  unreachable: '? not checked: the page could not be read',
  'no-quote': '· nothing to compare: the statement has no quote',
  unchanged: '✓ unchanged',
};

/** What `dejiren notices check` prints: a line a statement, those that changed first. */
export function checkLines(findings: readonly SourceFinding[], today: string): readonly string[] {
  const order = Object.keys(STATES);
  const sorted = [...findings].sort((one, other) => order.indexOf(one.state) - order.indexOf(other.state));
  const count = (state: SourceState): number => findings.filter((one) => one.state === state).length;
  return [
    ...sorted.flatMap(({ vendor, key, url, state, reviewBy }) => [
      `${STATES[state]} · ${vendor}, ${key}${reviewBy < today ? ` · review was due on ${dayWritten(reviewBy, 'en')}` : ''}`,
      ...(state === 'changed' || state === 'unreachable' ? [`    ${url}`] : []),
    ]),
    `${count('unchanged')} unchanged, ${count('changed')} changed, ${count('unreachable')} not checked, ${count('no-quote')} without a quote.`,
  ];
}

/** The same for programs: an array of what was found, each with whether the statement is past its review date. */
export function checkJson(findings: readonly SourceFinding[], today: string): string {
  return JSON.stringify(
    findings.map((one) => ({ ...one, pastReview: one.reviewBy < today })),
    null,
    2,
  );
}

/** The vendors that nothing is sent to because a statement of theirs is past its review date. */
export function overdueLines(notices: readonly Notice[], today: string): readonly string[] {
  return notices.flatMap(({ vendor, statements }) => {
    const first = statements.map(({ reviewBy }) => reviewBy).sort()[0] ?? '';
    return first < today
      ? [`✗ review was due on ${dayWritten(first, 'en')} · ${vendor}: nothing is sent until it is reviewed`]
      : [];
  });
}

/** 0: nothing changed; 1: something did; 2: no page could be read. */
export function checkStatus(findings: readonly SourceFinding[]): 0 | 1 | 2 {
  if (findings.some(({ state }) => state === 'changed')) return 1;
  const asked = findings.filter(({ state }) => state !== 'no-quote');
  return asked.length > 0 && asked.every(({ state }) => state === 'unreachable') ? 2 : 0;
}

/** The notices that people agreed to last, or the one that was served under a number (or its beginning). */
export async function servedSince(
  since: string | undefined,
  ledger: Pick<Ledger, 'notice' | 'noticesAgreedTo'>,
): Promise<readonly Notice[] | undefined> {
  const agreedTo = await ledger.noticesAgreedTo();
  if (since === undefined) return agreedTo;
  const begun = since.length < FEWEST_DIGITS ? [] : agreedTo.filter(({ id }) => id.startsWith(since));
  if (begun.length > 0) return begun;
  const served = await ledger.notice(since);
  return served === undefined ? undefined : [served];
}

/** Fewer digits of a number could mean any notice. */
const FEWEST_DIGITS = 8;

/** What `dejiren notices diff` prints: for each notice that people agreed to, what the one in force says otherwise. */
export function diffLines(served: readonly Notice[], inForce: ReadonlyMap<string, Notice>): readonly string[] {
  if (served.length === 0) return ['Nobody has agreed to a notice yet.'];
  return served.flatMap((notice) => {
    const now = inForce.get(notice.vendor);
    const title = `${notice.vendorName}, notice ${notice.id.slice(0, 12)}`;
    if (now === undefined) return [`${title}: the vendor is no longer set up`];
    if (now.id === notice.id) return [`${title}: in force`];
    const differences = diffNotices(notice, now);
    const asks = now.materialId === notice.materialId ? 'people are informed' : 'people are asked again';
    return [
      `${title} → ${now.id.slice(0, 12)}: ${asks}`,
      ...(differences.length === 0 ? ['    dates and sources only'] : differences.flatMap(differenceLines)),
    ];
  });
}

function differenceLines({ about, material, before, after }: NoticeDifference): readonly string[] {
  const words = (side: typeof before): string => (side === undefined ? '–' : typeof side === 'string' ? side : side.en);
  return [`  ${material ? '●' : '○'} ${about}`, `    - ${words(before)}`, `    + ${words(after)}`];
}
