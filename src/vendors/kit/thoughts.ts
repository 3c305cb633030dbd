import { createClosingSearch } from './thoughts-closing';
import { BARE, createHarmonyReader, HARMONY } from './thoughts-harmony';
import { LONGEST_TAG, TAGS, type Tag } from './thoughts-tags';
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

/** Characters of blank lines that are kept before the first word. */
const MAX_BLANK = 1_000;

/**
 * Thoughts stand before the answer: whatever comes once it began is said, tags too. `unopened` tells of models whose
 * prompt already opened the thoughts, so that the answer shows their end alone.
 */
export function createThoughtFilter(unopened: UnopenedThoughts = NO_UNOPENED): ThoughtFilter {
  let state: 'start' | 'thinking' | 'harmony' | 'bare' | 'waiting' | 'watching' | 'saying' = 'start';
  let held = '';
  let hasThought = false;
  let tag: Tag | undefined;
  let depth = 0;
  /** Something stood before what is held of the thoughts. */
  let isCut = false;
  /** What followed the last closing tag, in case that one opened more than was ever closed. */
  let sinceClosed: string | undefined;
  const harmony = createHarmonyReader();
  const closing = createClosingSearch();

  function say(words: string): string {
    state = 'saying';
    held = '';
    // The lines between the thoughts and the answer are neither's.
    return hasThought ? words.trimStart() : words;
  }

  function begin(): string {
    const text = held.trimStart();
    if (text === '') {
      held = held.slice(-MAX_BLANK);
      return '';
    }
    const lower = text.slice(0, LONGEST_TAG).toLowerCase();
    const opened = TAGS.find(({ open }) => lower.startsWith(open.toLowerCase()));
    if (opened !== undefined) {
      state = 'thinking';
      hasThought = true;
      tag = opened;
      depth = 1;
      isCut = false;
      sinceClosed = undefined;
      held = text.slice(opened.open.length);
      return think();
    }
    if (HARMONY.some((token) => text.startsWith(token))) {
      state = 'harmony';
      held = '';
      return harmony.push(text);
    }
    if (BARE.begins.test(text)) {
      state = 'bare';
      held = '';
      return takeBare(text);
    }
    const closed = TAGS.find(({ close }) => lower.startsWith(close.toLowerCase()));
    if (closed !== undefined) {
      hasThought = true;
      held = text.slice(closed.close.length);
      return begin();
    }
    const undecided = (token: string): boolean => token.toLowerCase().startsWith(lower);
    if (TAGS.some(({ open, close }) => undecided(open) || undecided(close)) || [...HARMONY, BARE.name].some(undecided))
      return '';
    if (hasThought || !unopened.mayBe()) return say(held);
    state = 'waiting';
    return wait(held);
  }

  function think(): string {
    const { open, either } = tag ?? { open: '', either: /$^/u };
    let from = 0;
    // What stands first was looked at with what stood before it.
    either.lastIndex = isCut ? 1 : 0;
    for (let found = either.exec(held); found !== null; found = either.exec(held)) {
      const [token] = found;
      const to = found.index + token.length;
      if (token.toLowerCase() === open.toLowerCase()) {
        depth += 1;
        if (sinceClosed !== undefined) sinceClosed += held.slice(from, to);
      } else {
        depth -= 1;
        sinceClosed = '';
      }
      from = to;
      if (depth > 0) continue;
      state = 'start';
      held = held.slice(from);
      return begin();
    }
    const kept = Math.max(from, held.length - LONGEST_TAG - 1);
    if (sinceClosed !== undefined) sinceClosed += held.slice(from, kept);
    if (kept > from) isCut = true;
    held = held.slice(kept);
    return '';
  }

  function takeBare(words: string): string {
    const from = Math.max(0, held.length - BARE.ends.length);
    held += words;
    const at = held.indexOf(BARE.ends, from);
    if (at < 0) return '';
    hasThought = true;
    return say(held.slice(at + BARE.ends.length));
  }

  function wait(words: string): string {
    const looked = closing.push(words);
    if (looked.found === 'said') return say(closing.all());
    if (looked.found === 'nothing') {
      if (closing.isClosed() || unopened.mayBe()) return '';
      const all = say(closing.all());
      state = 'watching';
      return all;
    }
    unopened.learn(true);
    state = 'start';
    hasThought = true;
    held = looked.rest;
    return begin();
  }

  /** They were waited for in vain, and may have been thoughts: the next answer is to know. */
  function watch(words: string): string {
    const { found } = closing.push(words);
    if (found === 'closed') unopened.learn(true);
    if (found !== 'nothing') state = 'saying';
    return words;
  }

  return {
    push(words) {
      switch (state) {
        case 'saying':
          return words;
        case 'harmony':
          return harmony.push(words);
        case 'bare':
          return takeBare(words);
        case 'waiting':
          return wait(words);
        case 'watching':
          return watch(words);
        case 'thinking':
          held += words;
          return think();
        case 'start':
          held += words;
          return begin();
      }
    },
    comesApart() {
      unopened.learn(false);
    },
    flush(isWhole) {
      switch (state) {
        case 'saying':
          return '';
        case 'harmony':
          return harmony.flush();
        case 'thinking':
          return sinceClosed === undefined ? '' : say(`${sinceClosed}${held}`);
        case 'bare':
          return isWhole ? say(held) : '';
        case 'start':
          return held.trim() === '' ? '' : say(held);
        case 'waiting':
          if (closing.isClosed() || (!isWhole && unopened.isLikely())) return '';
          if (isWhole) unopened.learn(false);
          return say(closing.all());
        case 'watching':
          if (isWhole) unopened.learn(closing.isClosed());
          return '';
      }
    },
  };
}
