import type { Mention } from '../chat/turn';
import { KINDS, type Kind } from './kinds';

const STEM = { person: '@person-', group: '@group-', conversation: '#channel-' } as const satisfies Record<
  Mention['kind'],
  string
>;

/** How placeholders begin: `@person-1`, `#channel-1`, and for values `[email-1]`. */
export const STEMS = { bare: Object.values(STEM), bracketed: KINDS.map((kind) => `[${kind}-`) } as const;

/** Numbers in placeholders have no more digits than this: what a restorer holds back stays short. */
export const PLACEHOLDER_DIGITS = 6;

/** Some models escape brackets as Markdown may want it: `\[email-1\]`. */
export const PLACEHOLDER = new RegExp(
  String.raw`[@#](?:person|group|channel)-\d+|\[(?:${KINDS.join('|')})-\d+\]|\\\[(?:${KINDS.join('|')})-\d+\\\]`,
  'giu',
);

/** The form under which a placeholder is known, however it was written. */
export function plainForm(placeholder: string): string {
  return placeholder.replaceAll('\\', '').toLowerCase();
}

/** Placeholders of one turn: the same id or value has the same one, in the order in which they are first needed. */
export interface Placeholders {
  of(kind: Mention['kind'], id: string): string;
  /** For a value as it is written: in another spelling it is another. */
  ofValue(kind: Kind, value: string): string;
  /** What is shown again for each placeholder that was given out and whose name or value is known. */
  shown(): ReadonlyMap<string, string>;
}

/**
 * `labels` are the names to show again, by {@link labelKey}. Placeholders that stand in one of `words` already are left
 * out: what a person typed is never taken for somebody's name, or for a value.
 */
export function createPlaceholders(labels: ReadonlyMap<string, string>, words: Iterable<string>): Placeholders {
  const given = new Map<string, string>();
  const values = new Map<string, string>();
  const typed = placeholdersIn(words);
  const next = new Map<string, number>();

  const give = (key: string, form: (number: number) => string): string => {
    const known = given.get(key);
    if (known !== undefined) return known;
    const stem = form(0);
    let number = next.get(stem) ?? 1;
    while (typed.has(form(number))) number += 1;
    next.set(stem, number + 1);
    given.set(key, form(number));
    return form(number);
  };

  return {
    of: (kind, id) => give(labelKey(kind, id), (number) => STEM[kind] + number),
    ofValue(kind, value) {
      const placeholder = give(JSON.stringify([kind, value]), (number) => `[${kind}-${number}]`);
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

function placeholdersIn(words: Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const text of words) for (const [match] of text.matchAll(PLACEHOLDER)) found.add(plainForm(match));
  return found;
}
