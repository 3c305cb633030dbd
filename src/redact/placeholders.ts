import type { Mention } from '../model/turn';
import type { Kind } from './kinds';
import { placeholdersLike } from './placeholders-like';
import { type MentionStem, placeholderOf } from './stems';

const STEM = { person: 'person', group: 'group', conversation: 'channel' } as const satisfies Record<
  Mention['kind'],
  MentionStem
>;

/** Placeholders of one turn: the same id or value has the same one, in the order in which they are first needed. */
export interface Placeholders {
  of(kind: Mention['kind'], id: string): string;
  /** For a value as it is written: in another spelling it is another. */
  ofValue(kind: Kind, value: string): string;
  /** What is shown again for each placeholder that was given out and whose name or value is known. */
  shown(): ReadonlyMap<string, string>;
}

/**
 * `labels` are the names to show again, by {@link labelKey}. Numbers that stand in one of `words` already, in
 * anything that a model could make a placeholder of, are left out: what a person typed is never taken for somebody's
 * name, or for a value.
 */
export function createPlaceholders(labels: ReadonlyMap<string, string>, words: Iterable<string>): Placeholders {
  const given = new Map<string, string>();
  const values = new Map<string, string>();
  const typed = new Set<string>();
  for (const text of words) for (const like of placeholdersLike(text)) typed.add(like);
  const next = new Map<string, number>();

  const give = (key: string, stem: Kind | MentionStem): string => {
    const known = given.get(key);
    if (known !== undefined) return known;
    let number = next.get(stem) ?? 1;
    while (typed.has(`${stem}-${number}`)) number += 1;
    next.set(stem, number + 1);
    const placeholder = placeholderOf(stem, number);
    given.set(key, placeholder);
    return placeholder;
  };

  return {
    of: (kind, id) => give(labelKey(kind, id), STEM[kind]),
    ofValue(kind, value) {
      const placeholder = give(JSON.stringify([kind, value]), kind);
      values.set(placeholder, value);
      return placeholder;
    },
    shown() {
      const shown = new Map(values);
      for (const [key, placeholder] of given) {
        const label = labels.get(key);
        if (label !== undefined) shown.set(placeholder, `${placeholder.charAt(0)}${label}`);
      }
      return shown;
    },
  };
}

export function labelKey(kind: Mention['kind'], id: string): string {
  return `${kind} ${id}`;
}
