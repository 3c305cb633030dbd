import { type Field, IDS } from '../watch/canaries';
import type { Sighting } from '../watch/search';
import type { Evidence } from './evidence';
import { bareFinding, findingOf } from './finding-of';
import type { Finding, FindingKind } from './findings';
import { judgePlatforms } from './platforms';
import { judgeRequests } from './requests';

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
    add(where === 'name' ? 'file-name' : 'file', place, isLedger(place) ? without(TENANT, sighting) : sighting);
  for (const { place, sighting } of evidence.rows)
    add('database', place, place === 'ledger.tenant' ? without(TENANT, sighting) : sighting);
  for (const call of evidence.calls)
    if (call.kind === 'words') {
      const sighting = isLedger(call.place) ? without(TENANT, call.sighting) : call.sighting;
      add('system-call', `${call.call} to ${call.place}`, sighting);
    } else findings.push(bareFinding(evidence, call.kind, `${call.call} to ${call.place}`));
  for (const { what, words } of evidence.pages) add('page', what, search.in(Buffer.from(words)));
  for (const { what, words } of evidence.answers) add('http-answer', what, without(IDS, search.in(Buffer.from(words))));
  for (const { place, sighting } of evidence.memory) add('memory', place, sighting);
  for (const caseId of evidence.keptKeys)
    findings.push({ ...bareFinding(evidence, 'record-kept', 'the database'), cases: [caseId] });
  return merge([...findings, ...judgeRequests(evidence), ...judgePlatforms(evidence)]);
}

/** Which organisation a decision was made in, the ledger says; nothing else of anybody's ids. */
const TENANT: ReadonlySet<Field> = new Set(['tenant-id']);

function isLedger(place: string): boolean {
  return /\/dejiren\.db(-wal|-journal)?$/u.test(place);
}

/** What was seen besides canaries of these fields. A card as the answer to a press has ids, to find the question by. */
function without(fields: ReadonlySet<Field>, sighting: Sighting | undefined): Sighting | undefined {
  const rest = sighting?.canaries.filter(({ field }) => !fields.has(field)) ?? [];
  if (sighting === undefined || (rest.length === 0 && sighting.canaries.length > 0)) return undefined;
  return { ...sighting, canaries: rest };
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
