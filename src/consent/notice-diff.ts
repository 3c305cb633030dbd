import type { Bilingual } from '../model/article';
import type { Notice, StatementKey } from './notice';

/** One thing that a later notice says otherwise. `before` or `after` is missing where only one of them speaks of it. */
export type NoticeDifference =
  | {
      readonly about: StatementKey;
      /** The value changed, not the wording alone. */
      readonly material: boolean;
      readonly before: Bilingual | undefined;
      readonly after: Bilingual | undefined;
    }
  | {
      readonly about: 'endpoint' | 'region' | 'model' | 'sharing' | 'context' | 'memory' | 'redaction';
      readonly material: true;
      readonly before: string;
      readonly after: string;
    };

/** What changed from one notice of a vendor to another: what makes the change material first, in a fixed order. */
export function diffNotices(before: Notice, after: Notice): readonly NoticeDifference[] {
  const route = (['endpoint', 'region', 'model'] as const)
    .filter((about) => before.route[about] !== after.route[about])
    .map((about): NoticeDifference => {
      return { about, material: true, before: before.route[about], after: after.route[about] };
    });
  const compare = (about: 'sharing' | 'context' | 'memory' | 'redaction', one: string, other: string): void => {
    if (one !== other) route.push({ about, material: true, before: one, after: other });
  };
  const sharing = ({ route: { sharesForTraining } }: Notice): string => (sharesForTraining ? 'yes' : 'no');
  compare('sharing', sharing(before), sharing(after));
  compare('context', before.route.context ?? 'own', after.route.context ?? 'own');

  const memory = ({ route: { memory: kept } }: Notice): string =>
    kept === undefined ? 'none' : `${kept.turns}/${kept.minutes}/${kept.where ?? 'every chat'}`;
  compare('memory', memory(before), memory(after));

  const redaction = ({ route: { redaction: how } }: Notice): string =>
    how === undefined
      ? 'mask'
      : [
          how.mode,
          ...how.without.map((kind) => `not ${kind}`),
          ...(how.detector === undefined ? [] : [how.detector]),
        ].join(', ');
  compare('redaction', redaction(before), redaction(after));

  const keys = new Set([...before.statements, ...after.statements].map(({ key }) => key));
  const stated = [...keys].flatMap((about): NoticeDifference[] => {
    const [one, other] = [before, after].map(({ statements }) => statements.find(({ key }) => key === about));
    const material = one?.value !== other?.value;
    const reworded = one?.text.en !== other?.text.en || one?.text.ja !== other?.text.ja;
    return material || reworded ? [{ about, material, before: one?.text, after: other?.text }] : [];
  });
  return [...route, ...stated].sort((one, other) => Number(other.material) - Number(one.material));
}
