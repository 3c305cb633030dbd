import type { Notice } from '../consent/notice';
import { diffNotices, type NoticeDifference } from '../consent/notice-diff';
import type { SourceFinding, SourceState } from '../notices/check-sources';

const STATES: Readonly<Record<SourceState, string>> = {
  changed: '✗ changed: the page no longer says what the statement quotes; read it again',
  unreachable: '? not checked: the page could not be read',
  'no-quote': '· nothing to compare: the statement quotes no words',
  unchanged: '✓ unchanged',
};

/** What `dejiren notices check` prints: a line a statement, those that changed first. */
export function checkLines(findings: readonly SourceFinding[], today: string): readonly string[] {
  const order = Object.keys(STATES);
  const sorted = [...findings].sort((one, other) => order.indexOf(one.state) - order.indexOf(other.state));
  const count = (state: SourceState): number => findings.filter((one) => one.state === state).length;
  return [
    ...sorted.flatMap(({ vendor, key, url, state, reviewBy }) => [
      `${STATES[state]} · ${vendor}, ${key}${reviewBy < today ? ` · past its review date ${reviewBy}` : ''}`,
      ...(state === 'changed' || state === 'unreachable' ? [`    ${url}`] : []),
    ]),
    `${count('unchanged')} unchanged, ${count('changed')} changed, ${count('unreachable')} not checked, ${count('no-quote')} without a quote.`,
  ];
}

/** 0: nothing changed; 1: something did; 2: no page could be read. */
export function checkStatus(findings: readonly SourceFinding[]): 0 | 1 | 2 {
  if (findings.some(({ state }) => state === 'changed')) return 1;
  const asked = findings.filter(({ state }) => state !== 'no-quote');
  return asked.length > 0 && asked.every(({ state }) => state === 'unreachable') ? 2 : 0;
}

/** What `dejiren notices diff` prints: for each notice that people agreed to, what the one in force says otherwise. */
export function diffLines(served: readonly Notice[], inForce: ReadonlyMap<string, Notice>): readonly string[] {
  if (served.length === 0) return ['Nobody agreed to a notice yet.'];
  return served.flatMap((notice) => {
    const now = inForce.get(notice.vendor);
    const title = `${notice.vendorName}, notice ${notice.id.slice(0, 12)}`;
    if (now === undefined) return [`${title}: the vendor is not set up any more`];
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
