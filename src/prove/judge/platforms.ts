import { CARRIER, IDS } from '../watch/canaries';
import type { Sighting } from '../watch/search';
import type { Evidence } from './evidence';
import { findingOf } from './finding-of';
import type { Finding, FindingKind } from './findings';

/**
 * Model text that came after a withdrawal or Stop must be in nothing that a platform got, each answer in its own chat,
 * no address that carries it where it can be clicked, and nobody's words where the platform keeps them and nobody sees
 * them.
 */
export function judgePlatforms(evidence: Evidence): readonly Finding[] {
  const { canaries } = evidence;
  const ended = new Set(
    evidence.acts.flatMap((act) => (act.kind === 'stopped' || act.kind === 'withdrew' ? [act.person] : [])),
  );
  const finding = (kind: FindingKind, sighting: Sighting | undefined): readonly Finding[] =>
    sighting === undefined || sighting.canaries.length === 0
      ? []
      : [findingOf(evidence, kind, 'what a platform got', sighting)];
  const shown = evidence.received.flatMap(({ seenIn, words }) => {
    const named = canaries.namedIn(words).filter(({ field }) => field !== 'secret' && !IDS.has(field));
    const elsewhere = named.filter((one) => seenIn?.includes(one.caseId) === false);
    const tooLate = named.filter((one) => one.field === 'late-reply' && ended.has(one.caseId));
    const plain = (found: Sighting['canaries']): Sighting => ({ canaries: found, forms: ['plain'] });
    return [
      ...finding('shown-elsewhere', plain(elsewhere)),
      ...finding('shown-after-end', plain(tooLate)),
      ...liveAddresses(words).flatMap((live) => finding('live-address', plain(canaries.namedIn(live)))),
    ];
  });
  const hidden = new Set(evidence.received.map((one) => withoutIds(one.hidden ?? '', canaries)));
  return [
    ...shown,
    ...[...hidden].flatMap((words) => finding('platform-field', evidence.search.in(Buffer.from(words)))),
  ];
}

/** What an address carries that is no code, so that clients make a link of it. */
function liveAddresses(words: string): readonly string[] {
  const parts = words.split(CARRIER);
  return parts
    .slice(1)
    .flatMap((part, index) => (parts[index]?.endsWith('`') ? [] : (part.split(/[\s"]/u, 1)[0] ?? [])));
}

/** A platform knows everybody by id: buttons and metadata name the question and its place by them. */
function withoutIds(words: string, canaries: Evidence['canaries']): string {
  return canaries
    .namedIn(words)
    .filter(({ field }) => IDS.has(field))
    .flatMap(({ word, also }) => (also === undefined ? [word] : [word, also]))
    .reduce((rest, id) => rest.replaceAll(new RegExp(id.replaceAll('.', '\\.'), 'giu'), ''), words);
}
