import type { Sighting } from '../watch/search';
import type { Evidence } from './evidence';
import type { Finding, FindingKind } from './findings';

type Told = Pick<Evidence, 'plan' | 'canaries'>;

/** A finding of what was seen somewhere. */
export function findingOf(told: Told, kind: FindingKind, place: string, { canaries, forms }: Sighting): Finding {
  return {
    ...bareFinding(told, kind, place),
    fields: [...new Set(canaries.map(({ field }) => field))],
    cases: [...new Set(canaries.map(({ caseId }) => caseId))],
    forms,
  };
}

/** Parts of a canary's kana as well. */
const KANA = /[\uff66-\uff9f]+/gu;

/** A finding in which no words were seen. A place that has canaries in its name is told without them. */
export function bareFinding({ plan, canaries }: Told, kind: FindingKind, place: string): Finding {
  const { mark, kana, guidMark, messageMarks } = canaries;
  const messages = `${messageMarks.slack.replace('.', '\\.')}|${messageMarks.teams}`;
  const shown = place
    .replace(new RegExp(`${mark}\\w*|${kana}|${guidMark}[-0-9a-f]*|(?:${messages})[0-9]*`, 'giu'), '[canary]')
    .replace(KANA, '[canary]');
  return { kind, run: plan.name, place: shown, fields: [], cases: [], forms: [] };
}
