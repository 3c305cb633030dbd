import type { Stretch } from './redact-fold';

/** A part of what someone wrote: their own words, or what was put in place of some. */
export type Piece = { readonly kind: 'words'; readonly words: string } | { readonly kind: 'put'; readonly put: string };

/** A stretch of the words and what to put in its place. */
export interface Replacement extends Stretch {
  readonly put: string;
}

export function piecesOf(words: string): readonly Piece[] {
  return [{ kind: 'words', words }];
}

export function join(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (piece.kind === 'words' ? piece.words : piece.put)).join('');
}

/** Replaces in the words that are still the person's own; of replacements that overlap, the first in the list wins. */
export function replaceIn(
  pieces: readonly Piece[],
  find: (words: string) => Iterable<Replacement>,
): { readonly pieces: readonly Piece[]; readonly count: number } {
  const replaced: Piece[] = [];
  let count = 0;
  for (const piece of pieces) {
    if (piece.kind === 'put') {
      replaced.push(piece);
      continue;
    }
    const chosen = withoutOverlaps(find(piece.words));
    count += chosen.length;
    let at = 0;
    for (const { from, to, put } of chosen) {
      if (from > at) replaced.push({ kind: 'words', words: piece.words.slice(at, from) });
      replaced.push({ kind: 'put', put });
      at = to;
    }
    if (at < piece.words.length) replaced.push({ kind: 'words', words: piece.words.slice(at) });
  }
  return { pieces: replaced, count };
}

function withoutOverlaps(replacements: Iterable<Replacement>): readonly Replacement[] {
  const chosen: Replacement[] = [];
  for (const replacement of replacements)
    if (chosen.every(({ from, to }) => replacement.to <= from || replacement.from >= to)) chosen.push(replacement);
  return chosen.sort((one, other) => one.from - other.from);
}
