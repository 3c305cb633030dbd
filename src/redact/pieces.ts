import type { Stretch } from './fold';

/** A part of what someone wrote: their own words and where they stood in the whole, or what was put in place of some. */
export type Piece =
  | { readonly kind: 'words'; readonly words: string; readonly at: number }
  | { readonly kind: 'put'; readonly put: string };

/** A stretch of the words and what to put in its place. */
export interface Replacement extends Stretch {
  readonly put: string;
}

export function piecesOf(words: string): readonly Piece[] {
  return [{ kind: 'words', words, at: 0 }];
}

export function join(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (piece.kind === 'words' ? piece.words : piece.put)).join('');
}

/**
 * Replaces in the words that are still the person's own, told with where they stood in the whole; positions of
 * replacements count from there. Of replacements that overlap, the first in the list wins.
 */
export function replaceIn(
  pieces: readonly Piece[],
  find: (words: string, at: number) => Iterable<Replacement>,
): { readonly pieces: readonly Piece[]; readonly count: number } {
  const replaced: Piece[] = [];
  let count = 0;
  for (const piece of pieces) {
    if (piece.kind === 'put') {
      replaced.push(piece);
      continue;
    }
    const chosen = withoutOverlaps(find(piece.words, piece.at));
    count += chosen.length;
    let at = 0;
    for (const { from, to, put } of chosen) {
      if (from > at) replaced.push(wordsOf(piece, at, from));
      replaced.push({ kind: 'put', put });
      at = to;
    }
    if (at < piece.words.length) replaced.push(wordsOf(piece, at, piece.words.length));
  }
  return { pieces: replaced, count };
}

function wordsOf({ words, at }: Extract<Piece, { kind: 'words' }>, from: number, to: number): Piece {
  return { kind: 'words', words: words.slice(from, to), at: at + from };
}

function withoutOverlaps(replacements: Iterable<Replacement>): readonly Replacement[] {
  const chosen: Replacement[] = [];
  for (const replacement of replacements) {
    let at = chosen.length;
    // Most finders tell in order.
    if (at > 0 && replacement.from < (chosen[at - 1]?.to ?? 0)) at = placeOf(replacement, chosen);
    if (
      (chosen[at - 1]?.to ?? 0) <= replacement.from &&
      (chosen[at]?.from ?? Number.POSITIVE_INFINITY) >= replacement.to
    )
      chosen.splice(at, 0, replacement);
  }
  return chosen;
}

/** Where it would stand among those in order. */
function placeOf({ from }: Replacement, inOrder: readonly Replacement[]): number {
  let [low, high] = [0, inOrder.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((inOrder[middle]?.from ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
