import { otherOf } from '../plan/matrix';
import type { Canary, Field } from '../watch/canaries';
import { inForceAt, type Objection, objectionTo } from './consent-model';
import type { Evidence, VendorRequest } from './evidence';
import { bareFinding, findingOf } from './finding-of';
import type { Finding, FindingKind } from './findings';
import { lastTurn } from './wire';

/** What people and models wrote: it may go where its author agreed, and nothing else may ever. */
const WRITTEN: ReadonlySet<Field> = new Set([
  'prompt',
  'early-prompt',
  'stranger',
  'late-prompt',
  'file',
  'thread',
  'reply',
  'early-reply',
  'late-reply',
]);
const ASKED: ReadonlySet<Field> = new Set(['prompt', 'early-prompt', 'stranger', 'late-prompt', 'file']);

const KIND_OF: Readonly<Record<Objection, FindingKind>> = {
  'never-agreed': 'before-consent',
  'vendor-not-agreed': 'vendor-not-agreed',
  withdrawn: 'after-withdrawal',
  'stale-notice': 'stale-notice',
  'training-not-agreed': 'training-not-agreed',
  'not-admitted': 'not-admitted',
  'no-person': 'not-admitted',
  blocked: 'blocked-place',
};

/** Compares every request that any vendor got with what the trial's own idea of consent allows. */
export function judgeRequests(evidence: Evidence): readonly Finding[] {
  const each = evidence.requests.flatMap((request) => [
    ...judgeWords(request, evidence),
    ...judgeWire(request, evidence),
  ]);
  return [...each, ...judgeTwice(evidence)];
}

function judgeWords(request: VendorRequest, evidence: Evidence): readonly Finding[] {
  const { vendor, index } = request;
  const place = `request to ${vendor}`;
  const body = evidence.search.in(Buffer.from(request.body));
  const head = evidence.search.in(Buffer.from(request.head));
  const found = body?.canaries ?? [];
  const forms = body?.forms ?? [];
  const finding = (kind: FindingKind, canaries: readonly Canary[]): readonly Finding[] =>
    canaries.length === 0 ? [] : [findingOf(evidence, kind, place, { canaries, forms })];

  const written = found.filter(({ field }) => WRITTEN.has(field));
  const acts = inForceAt(evidence.acts, vendor, index);
  const objected = written.flatMap((canary) => {
    const { caseId, field } = canary;
    const person = field === 'thread' ? otherOf({ id: caseId }) : caseId;
    const objection = objectionTo({ person, vendor, conversation: caseId }, acts);
    return objection === undefined ? [] : finding(KIND_OF[objection], [canary]);
  });
  const conversations = new Set(written.map(({ caseId }) => caseId));
  return [
    ...(head === undefined ? [] : [findingOf(evidence, 'vendor-field', `head of a ${place}`, head)]),
    ...(found.some(({ field }) => ASKED.has(field)) ? [] : [bareFinding(evidence, 'unaccounted-request', place)]),
    ...finding(
      'vendor-field',
      found.filter(({ field }) => !WRITTEN.has(field)),
    ),
    ...objected,
    ...(conversations.size > 1 ? finding('mixed-conversations', written) : []),
  ];
}

function judgeWire({ vendor, faults }: VendorRequest, evidence: Evidence): readonly Finding[] {
  return faults.map((fault) => bareFinding(evidence, 'wire', `${fault} of a request to ${vendor}`));
}

/** A question that a vendor has begun to answer goes to nobody any more. */
function judgeTwice(evidence: Evidence): readonly Finding[] {
  const before = new Set<string>();
  const begun = evidence.requests.filter(({ answered }) => answered !== undefined);
  const inOrder = [...begun].sort((one, next) => (one.answered ?? 0) - (next.answered ?? 0));
  return inOrder.flatMap((request): Finding[] => {
    const asked = evidence.canaries.namedIn(lastTurn(request.body)).filter(({ field }) => field === 'prompt');
    const again = asked.filter(({ caseId }) => before.has(caseId));
    for (const { caseId } of asked) before.add(caseId);
    if (again.length === 0) return [];
    return [findingOf(evidence, 'asked-again', `request to ${request.vendor}`, { canaries: again, forms: ['plain'] })];
  });
}
