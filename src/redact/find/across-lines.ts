import type { Finder, Found } from './found';

const BREAK = /(?<=[0-9])\n(?=[0-9])/gu;

/**
 * Finds numbers that a line break divides as well, between two groups or within one, as mail programs and PDFs leave
 * them. Lines that are numbers of their own are not taken together.
 */
export function acrossLines(find: Finder): Finder {
  return function* (words) {
    yield* find(words);
    if (words.search(BREAK) === -1) return;
    const spaced = words.replace(BREAK, ' ');
    for (const found of find(spaced)) if (isDivided(found, words)) yield found;
    // Breaks fall away, so that what is found is put back by how many came before it.
    const breaks = [...words.matchAll(BREAK)].map(({ index }, count) => index - count);
    for (const { kind, from, to } of find(words.replace(BREAK, ''))) {
      const inside = breaks.filter((at) => at > from && at < to).length;
      const before = breaks.filter((at) => at <= from).length;
      if (inside === 1 && (kind === 'phone' || kind === 'card'))
        yield { kind, from: from + before, to: to + before + inside };
    }
  };
}

/** Divided by something else too, or a number of a mobile phone: columns of numbers are none. */
function isDivided({ kind, from, to }: Found, words: string): boolean {
  const value = words.slice(from, to);
  if (!value.includes('\n')) return false;
  return /[0-9][-. ()][0-9]/.test(value) || (kind === 'phone' && /^0[5789]0\n/.test(value));
}
