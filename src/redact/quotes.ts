import { type Folded, fold, placesOf } from './fold';
import { type Piece, piecesOf, type Replacement, replaceIn } from './pieces';

const WITHHELD = '[quote withheld]';

/** A whole message of fewer characters is too common to be told from the asker's own words. */
const SHORTEST_MESSAGE = 12;
const SHORTEST_LINE = 16;
/** Opens a line that quotes: Markdown's mark, the full-width one of Japanese mail, or what mail programs put. */
const QUOTE_MARK = /^[ \t\u3000]{0,3}(?:[>＞»≫][ \t\u3000]?)+/u;
const FENCE = /^[ \t>]*(?:```|~~~)/;

/**
 * Finds copies of messages that may not go to the vendor, quote mark or not: whole messages and whole lines that are
 * long enough, in any case, width and spacing.
 */
export function copyFinder(withheld: readonly string[]): (words: string) => readonly Replacement[] {
  const needles = new Set<string>();
  for (const message of withheld) {
    addNeedle(message, SHORTEST_MESSAGE, needles);
    for (const line of message.split('\n')) addNeedle(line.replace(QUOTE_MARK, ''), SHORTEST_LINE, needles);
  }
  if (needles.size === 0) return () => [];
  const longestFirst = [...needles].sort((one, other) => other.length - one.length);
  return (words) => {
    const folded = foldQuote(words);
    return longestFirst.flatMap((needle) =>
      [...placesOf(needle, folded)].map((place) => ({ ...place, put: WITHHELD })),
    );
  };
}

function addNeedle(words: string, shortest: number, needles: Set<string>): void {
  if (fold(words, { bare: false }).words.trim().length >= shortest) needles.add(foldQuote(words).words);
}

/** The words without the lines that quote: what someone said themselves. */
export function withoutQuotes(words: string): string {
  return linesOf(words)
    .filter(({ quotes }) => !quotes)
    .map(({ line }) => line)
    .join('\n');
}

/** Withholds each quoted line whose words are not found in `quotable`, a run of such lines once. */
export function withholdQuotes(
  words: string,
  quotable: readonly Folded[],
): { readonly pieces: readonly Piece[]; readonly count: number } {
  return replaceIn(piecesOf(words), function* (whole) {
    let open: Replacement | undefined;
    for (const { line, at, quotes } of linesOf(whole)) {
      const content = foldQuote(line.replace(QUOTE_MARK, '')).words;
      if (quotes && content !== '' && !quotable.some((said) => said.words.includes(content))) {
        open = { from: open?.from ?? at, to: at + line.length, put: `> ${WITHHELD}` };
      } else if (open !== undefined) {
        yield open;
        open = undefined;
      }
    }
    if (open !== undefined) yield open;
  });
}

export function foldQuote(words: string): Folded {
  return fold(words, { bare: true });
}

interface Line {
  readonly line: string;
  /** Where it begins in the whole. */
  readonly at: number;
  readonly quotes: boolean;
}

/** `>>>` quotes everything after it, as in Slack; a mark within a code fence quotes nothing. */
function linesOf(words: string): readonly Line[] {
  const lines: Line[] = [];
  let at = 0;
  let fenced = false;
  let quotesRest = false;
  for (const line of words.split('\n')) {
    const marked = QUOTE_MARK.test(line);
    if (FENCE.test(line) && !marked) fenced = !fenced;
    if (!fenced && /^[ \t]{0,3}>>>/.test(line)) quotesRest = true;
    lines.push({ line, at, quotes: quotesRest || (marked && !fenced) });
    at += line.length + 1;
  }
  return lines;
}
