import { anyOf, LONGEST_TAG } from './thoughts-tags';

const OPENED = new RegExp(anyOf('open'), 'iu');

type Looked =
  | { readonly found: 'nothing' }
  | { readonly found: 'said' }
  | { readonly found: 'closed'; readonly rest: string };

/** Looks, in words that are held back, for a tag that closes thoughts which nobody opened. */
export interface ClosingSearch {
  /**
   * Takes the next words. `closed`: the thoughts ended, and `rest` follows them. `said`: they are none, for they have
   * tags of their own.
   */
  push(words: string): Looked;
  /** Whether the words end with such a tag. */
  isClosed(): boolean;
  /** Everything that is held. */
  all(): string;
}

/** The tag ends its line, and stands in no code. What was looked at is set aside, so that long thoughts cost no more. */
export function createClosingSearch(): ClosingSearch {
  const closed = new RegExp(`${anyOf('close')}(?=[^\\S\\n]*(\\n|$))`, 'giu');
  const aside: string[] = [];
  let recent = '';
  let from = 0;
  let endsClosed = false;
  const all = (): string => aside.join('') + recent;

  return {
    push(words) {
      recent += words;
      endsClosed = false;
      closed.lastIndex = from;
      for (let found = closed.exec(recent); found !== null; found = closed.exec(recent)) {
        const before = aside.join('') + recent.slice(0, found.index);
        if (OPENED.test(before)) return { found: 'said' };
        if (isInCode(before)) continue;
        if (found[1] !== '') return { found: 'closed', rest: recent.slice(found.index + found[0].length) };
        // What follows on its line is not known yet.
        from = found.index;
        endsClosed = true;
        return { found: 'nothing' };
      }
      const kept = Math.max(from, recent.length - LONGEST_TAG);
      aside.push(recent.slice(0, kept));
      recent = recent.slice(kept);
      from = 0;
      return { found: 'nothing' };
    },
    isClosed: () => endsClosed,
    all,
  };
}

/** Whether these words end within a fence, or between two backticks of one line. */
function isInCode(before: string): boolean {
  const fences = before.match(/^\s*(?:```|~~~)/gmu) ?? [];
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return fences.length % 2 === 1 || (line.match(/`/gu) ?? []).length % 2 === 1;
}
