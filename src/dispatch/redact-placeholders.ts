import type { Mention } from '../chat/turn';
import { PLACEHOLDER_DIGITS } from './restore';

const STEM = { person: '@person-', group: '@group-', conversation: '#channel-' } as const satisfies Record<
  Mention['kind'],
  string
>;

/** Placeholders of one turn: the same id has the same one, in the order in which they are first needed. */
export interface Placeholders {
  of(kind: Mention['kind'], id: string): string;
  /** What is shown again for each placeholder that was given out and whose name is known. */
  shown(): ReadonlyMap<string, string>;
}

/**
 * `labels` are the names to show again, by {@link labelKey}. Numbers that stand in one of `words` already, as if they
 * were placeholders, are left out: what a person typed is never taken for somebody's name.
 */
export function createPlaceholders(labels: ReadonlyMap<string, string>, words: Iterable<string>): Placeholders {
  const given = new Map<string, string>();
  const typed = placeholdersIn(words);
  const next = { person: 1, group: 1, conversation: 1 };

  return {
    of(kind, id) {
      const key = labelKey(kind, id);
      const known = given.get(key);
      if (known !== undefined) return known;
      while (typed.has(STEM[kind] + next[kind])) next[kind] += 1;
      const placeholder = STEM[kind] + next[kind];
      next[kind] += 1;
      given.set(key, placeholder);
      return placeholder;
    },
    shown() {
      const names = new Map<string, string>();
      for (const [key, placeholder] of given) {
        const label = labels.get(key);
        if (label !== undefined) names.set(placeholder, `${placeholder.charAt(0)}${label}`);
      }
      return names;
    },
  };
}

export function labelKey(kind: Mention['kind'], id: string): string {
  return `${kind} ${id}`;
}

function placeholdersIn(words: Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>();
  const looksLikeOne = new RegExp(`[@#](?:person|group|channel)-(\\d{1,${PLACEHOLDER_DIGITS}})`, 'gi');
  for (const text of words) for (const [match] of text.matchAll(looksLikeOne)) found.add(match.toLowerCase());
  return found;
}
