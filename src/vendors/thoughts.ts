import { createHarmonyReader, HARMONY } from './thoughts-harmony';
import { NO_UNOPENED, type UnopenedThoughts } from './thoughts-unopened';

/** Leaves out of an answer what its model thought before it. */
export interface ThoughtFilter {
  /** Takes the next words, and gives those that are certain to be said. */
  push(words: string): string;
  /** The model's thoughts come apart from its words: none are among these. */
  comesApart(): void;
  /** Gives what was held back and is said after all. `isWhole`: the answer came to its end. */
  flush(isWhole: boolean): string;
}

interface Tag {
  readonly open: string;
  readonly close: string;
  readonly either: RegExp;
}

/** A tag of which the thoughts speak, in code, is none. */
const tagOf = (open: string, close: string): Tag => {
  const token = `(?:${escaped(open)}|${escaped(close)})`;
  return { open, close, either: new RegExp(`(?<!\`)${token}|(?<=\`)${token}(?=[^\`])`, 'giu') };
};

/**
 * How models write that they think, where their server does not take it out: DeepSeek's and Qwen's `<think>` and its
 * cousins, Seed's, Magistral's, Kimi's, and OpenThinker's.
 */
const TAGS: readonly Tag[] = [
  ...['think', 'thinking', 'thought', 'thoughts', 'reasoning', 'reason', 'reflection', 'scratchpad', 'seed:think'].map(
    (name) => tagOf(`<${name}>`, `</${name}>`),
  ),
  tagOf('[THINK]', '[/THINK]'),
  tagOf('◁think▷', '◁/think▷'),
  tagOf('<|begin_of_thought|>', '<|end_of_thought|>'),
];
/** Characters. */
const LONGEST_TAG = Math.max(...TAGS.map(({ open, close }) => Math.max(open.length, close.length)));
/** A closing tag that nobody opened: it ends its line, and stands in no code. */
const CLOSED = new RegExp(`(?:${TAGS.map(({ close }) => escaped(close)).join('|')})(?=[^\\S\\n]*(\\n|$))`, 'iu');
const OPENED = new RegExp(TAGS.map(({ open }) => escaped(open)).join('|'), 'iu');

/**
 * Thoughts stand before the answer: whatever comes once it began is said, tags too. `unopened` tells of models whose
 * prompt already opened the thoughts, so that the answer shows their end alone.
 */
export function createThoughtFilter(unopened: UnopenedThoughts = NO_UNOPENED): ThoughtFilter {
  let state: 'start' | 'thinking' | 'harmony' | 'waiting' | 'saying' = 'start';
  let held = '';
  let hasThought = false;
  let tag: Tag | undefined;
  let depth = 0;
  /** Something stood before what is held of the thoughts. */
  let isCut = false;
  /** What followed the last closing tag, in case that one opened more than was ever closed. */
  let sinceClosed: string | undefined;
  const harmony = createHarmonyReader();

  function release(): string {
    // The lines between the thoughts and the answer are neither's.
    const words = hasThought ? held.trimStart() : held;
    state = 'saying';
    held = '';
    return words;
  }

  function begin(): string {
    const text = held.trimStart();
    if (text === '') return '';
    const lower = text.slice(0, LONGEST_TAG).toLowerCase();
    const opened = TAGS.find(({ open }) => lower.startsWith(open.toLowerCase()));
    if (opened !== undefined) {
      state = 'thinking';
      hasThought = true;
      tag = opened;
      depth = 1;
      sinceClosed = undefined;
      held = text.slice(opened.open.length);
      return think();
    }
    if (HARMONY.some((token) => text.startsWith(token))) {
      state = 'harmony';
      held = '';
      return harmony.push(text);
    }
    const closed = TAGS.find(({ close }) => lower.startsWith(close.toLowerCase()));
    if (closed !== undefined) {
      hasThought = true;
      held = text.slice(closed.close.length);
      return begin();
    }
    const undecided = (token: string): boolean => token.toLowerCase().startsWith(lower);
    if (TAGS.some(({ open, close }) => undecided(open) || undecided(close)) || HARMONY.some(undecided)) return '';
    if (!hasThought && unopened.mayBe()) {
      state = 'waiting';
      return wait();
    }
    return release();
  }

  function think(): string {
    const { open, either } = tag ?? { open: '', either: /$^/u };
    let from = 0;
    // What stands first was looked at with what stood before it.
    either.lastIndex = isCut ? 1 : 0;
    for (let found = either.exec(held); found !== null; found = either.exec(held)) {
      const [token] = found;
      from = found.index + token.length;
      if (token.toLowerCase() === open.toLowerCase()) {
        depth += 1;
        continue;
      }
      depth -= 1;
      sinceClosed = '';
      if (depth > 0) continue;
      state = 'start';
      held = held.slice(from);
      isCut = false;
      return begin();
    }
    const rest = held.slice(from);
    const tail = Math.min(rest.length, LONGEST_TAG + 1);
    if (sinceClosed !== undefined) sinceClosed += rest.slice(0, rest.length - tail);
    held = rest.slice(rest.length - tail);
    if (rest.length > tail) isCut = true;
    return '';
  }

  function wait(): string {
    const closed = CLOSED.exec(held);
    const isAtEnd = closed?.[1] === '';
    if (closed === null || OPENED.test(held.slice(0, closed.index)) || isInCode(held.slice(0, closed.index)))
      return unopened.mayBe() ? '' : release();
    // What follows on its line is not known yet.
    if (isAtEnd) return '';
    unopened.learn(true);
    state = 'start';
    hasThought = true;
    held = held.slice(closed.index + closed[0].length);
    return begin();
  }

  return {
    push(words) {
      if (state === 'saying') return words;
      if (state === 'harmony') return harmony.push(words);
      held += words;
      switch (state) {
        case 'start':
          return begin();
        case 'thinking':
          return think();
        case 'waiting':
          return wait();
      }
    },
    comesApart() {
      unopened.learn(false);
    },
    flush(isWhole) {
      if (state === 'harmony') return harmony.flush();
      if (state === 'thinking') return sinceClosed === undefined ? '' : `${sinceClosed}${held}`.trimStart();
      if (state !== 'waiting') return held.trim() === '' ? '' : release();
      const closed = CLOSED.exec(held);
      if (closed?.[1] === '' && !isInCode(held.slice(0, closed.index))) return '';
      if (!isWhole && unopened.isLikely()) return '';
      if (isWhole) unopened.learn(false);
      return release();
    },
  };
}

/** Whether these words end within a fence, or between two backticks of one line. */
function isInCode(before: string): boolean {
  const fences = before.match(/^\s*(?:```|~~~)/gmu) ?? [];
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return fences.length % 2 === 1 || (line.match(/`/gu) ?? []).length % 2 === 1;
}

function escaped(token: string): string {
  return token.replace(/[[\]|/\\^$.*+?(){}]/gu, '\\$&');
}
