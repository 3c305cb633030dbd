import type { Canary, Field } from './canaries';
import type { Evidence, VendorRequest } from './evidence';
import type { Finding, FindingKind } from './findings';
import type { Sighting } from './search';

/**
 * Fields that may go to the vendor that was agreed to, when they may. What somebody wrote before they agreed may go
 * along once they did.
 */
const FOR_VENDORS: ReadonlySet<Field> = new Set(['prompt', 'reply', 'file', 'stranger', 'late-prompt']);

/** What of the evidence breaks a promise. Pure: the same evidence gives the same findings. */
export function judge(evidence: Evidence): readonly Finding[] {
  const { search, streams } = evidence;
  const findings: Finding[] = [];
  const add = (kind: FindingKind, place: string, sighting: Sighting | undefined): void => {
    if (sighting !== undefined) findings.push(findingOf(evidence, kind, place, sighting));
  };

  add('stream', 'standard output', search.in(streams.stdout));
  add('stream', 'standard error', search.in(streams.stderr));
  for (const { where, place, sighting } of evidence.files)
    add(where === 'name' ? 'file-name' : 'file', place, sighting);
  for (const { place, sighting } of evidence.rows) add('database', place, sighting);
  for (const call of evidence.calls)
    if (call.kind === 'words') add('system-call', `${call.call} to ${call.place}`, call.sighting);
    else findings.push(bare(evidence, call.kind, `${call.call} to ${call.place}`));
  for (const { what, words } of evidence.pages) add('page', what, search.in(Buffer.from(words)));
  for (const { what, words } of evidence.answers) add('http-answer', what, search.in(Buffer.from(words)));
  for (const { place, sighting } of evidence.memory) add('memory', place, sighting);
  return merge([
    ...findings,
    ...evidence.requests.flatMap((one) => judgeRequest(one, evidence)),
    ...judgeShown(evidence),
  ]);
}

function judgeRequest(request: VendorRequest, evidence: Evidence): readonly Finding[] {
  const { vendor, index } = request;
  const place = `request to ${vendor}`;
  const body = evidence.search.in(Buffer.from(request.body));
  const head = evidence.search.in(Buffer.from(request.head));
  const found = body?.canaries ?? [];
  const findings: Finding[] = [];
  const add = (kind: FindingKind, canaries: readonly Canary[], forms: readonly string[]): void => {
    if (canaries.length > 0) findings.push(findingOf(evidence, kind, place, { canaries, forms }));
  };

  if (head !== undefined) findings.push(findingOf(evidence, 'vendor-field', `head of a ${place}`, head));
  if (found.length === 0) findings.push(bare(evidence, 'unaccounted-request', place));
  const forms = body?.forms ?? [];
  add(
    'vendor-field',
    found.filter(({ field }) => !FOR_VENDORS.has(field)),
    forms,
  );
  add(
    'after-withdrawal',
    found.filter(({ field }) => field === 'late-prompt'),
    forms,
  );
  for (const canary of found) {
    const asked = evidence.played.find(({ id }) => id === canary.caseId);
    if (asked === undefined) continue;
    if (asked.vendor !== vendor) add('vendor-not-agreed', [canary], forms);
    const at = (kind: 'agreed' | 'withdrawn'): number =>
      evidence.moments.find((one) => one.kind === kind && one.caseId === asked.id)?.counts[vendor] ??
      Number.POSITIVE_INFINITY;
    if (index < at('agreed')) add('before-consent', [canary], forms);
    if (index >= at('withdrawn')) add('after-withdrawal', [canary], forms);
  }
  return findings;
}

/** Model text that came after a withdrawal or Stop must be in nothing that a platform got, and each in its own chat. */
function judgeShown(evidence: Evidence): readonly Finding[] {
  return evidence.received.flatMap(({ caseId, words }) => {
    const named = evidence.canaries.namedIn(words).filter(({ field }) => field !== 'secret');
    const elsewhere = named.filter((one) => caseId !== undefined && one.caseId !== caseId);
    const tooLate = named.filter(
      (one) => one.field === 'late-reply' && /stop|withdrawal/u.test(outcomeOf(evidence, one.caseId) ?? ''),
    );
    const finding = (kind: FindingKind, canaries: readonly Canary[]): readonly Finding[] =>
      canaries.length === 0 ? [] : [findingOf(evidence, kind, 'what a platform got', { canaries, forms: ['plain'] })];
    return [...finding('shown-elsewhere', elsewhere), ...finding('shown-after-end', tooLate)];
  });
}

function outcomeOf({ played }: Evidence, caseId: string): string | undefined {
  return played.find(({ id }) => id === caseId)?.outcome;
}

function findingOf(evidence: Evidence, kind: FindingKind, place: string, { canaries, forms }: Sighting): Finding {
  return {
    ...bare(evidence, kind, place),
    fields: [...new Set(canaries.map(({ field }) => field))],
    cases: [...new Set(canaries.map(({ caseId }) => caseId))],
    forms,
  };
}

/** Parts of a canary's kana as well. */
const KANA = /[\uff66-\uff9f]+/gu;

function bare({ plan, canaries }: Evidence, kind: FindingKind, place: string): Finding {
  const told = place
    .replace(new RegExp(`${canaries.mark}\\w*|${canaries.kana}`, 'giu'), '[canary]')
    .replace(KANA, '[canary]');
  return { kind, run: plan.name, place: told, fields: [], cases: [], forms: [] };
}

/** One finding for each kind and place, with all that was found there. */
function merge(findings: readonly Finding[]): readonly Finding[] {
  const merged = new Map<string, Finding>();
  for (const one of findings) {
    const key = `${one.kind}\n${one.place}`;
    const before = merged.get(key);
    const both = (name: 'cases' | 'forms'): readonly string[] => [
      ...new Set([...(before?.[name] ?? []), ...one[name]]),
    ];
    const fields = [...new Set([...(before?.fields ?? []), ...one.fields])];
    merged.set(key, { ...one, fields, cases: both('cases'), forms: both('forms') });
  }
  return [...merged.values()];
}
