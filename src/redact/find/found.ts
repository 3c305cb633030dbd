import type { Stretch } from '../fold';
import { KINDS, type Kind } from '../kinds';

/** A value in words, and what it is. */
export interface Found extends Stretch {
  readonly kind: Kind;
}

/** Finds values in words of the form that `plainOf` gives, in time that grows with their length and no faster. */
export type Finder = (words: string) => Iterable<Found>;

/** What a pattern matches; where it has a group named `value`, that part alone. The pattern has the flags `g` and `d`. */
export function* matches(kind: Kind, pattern: RegExp, words: string): Generator<Found & { readonly value: string }> {
  if (words.search(pattern) === -1) return;
  for (const match of words.matchAll(pattern)) {
    const [from, to] = match.indices?.groups?.value ?? [match.index, match.index + match[0].length];
    yield { kind, from, to, value: words.slice(from, to) };
  }
}

/**
 * What a pattern matches the beginning of: `endOf` tells where the value in the match ends, undefined where there is
 * none. The search goes on from there, or one character on, since the match may have run into a value that follows. The
 * pattern has the flag `g`.
 */
export function* beginnings(
  kind: Kind,
  pattern: RegExp,
  words: string,
  endOf: (value: string, from: number) => number | undefined,
): Generator<Found> {
  if (words.search(pattern) === -1) return;
  const search = new RegExp(pattern);
  for (let match = search.exec(words); match !== null; match = search.exec(words)) {
    const [value] = match;
    const length = endOf(value, match.index);
    if (length !== undefined) yield { kind, from: match.index, to: match.index + length };
    search.lastIndex = match.index + Math.max(length ?? 1, 1);
  }
}

/** Makes one of those that overlap, as large as they are together, of the kind that comes first in `KINDS`. */
export function merged(found: Iterable<Found>): readonly Found[] {
  const sorted = [...found].sort((one, other) => one.from - other.from || other.to - one.to);
  const whole: Found[] = [];
  for (const next of sorted) {
    const last = whole.at(-1);
    if (last === undefined || next.from >= last.to) whole.push(next);
    else {
      const kind = KINDS.indexOf(next.kind) < KINDS.indexOf(last.kind) ? next.kind : last.kind;
      whole[whole.length - 1] = { kind, from: last.from, to: Math.max(last.to, next.to) };
    }
  }
  return whole;
}
