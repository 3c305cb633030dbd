import { BareThoughts } from './thoughts-bare';
import { createClosingSearch } from './thoughts-closing';
import { createHarmonyReader } from './thoughts-harmony';
import type { Next, Stage } from './thoughts-stage';
import { Start } from './thoughts-start';
import { TaggedThoughts } from './thoughts-tagged';
import { NO_UNOPENED, type UnopenedThoughts } from './thoughts-unopened';
import { Waiting, Watching } from './thoughts-waiting';

/** Leaves out of an answer what its model thought before it. */
export interface ThoughtFilter {
  /** Takes the next words, and gives those that are certain to be said. */
  push(words: string): string;
  /** The model's thoughts come apart from its words: none are among these. */
  comesApart(): void;
  /** Gives what was held back and is said after all. `isWhole`: the answer came to its end. */
  flush(isWhole: boolean): string;
}

const SAYING: Stage = { push: (words) => words, flush: () => '' };

/**
 * Thoughts stand before the answer: whatever comes once it began is said, tags too. `unopened` tells of models whose
 * prompt already opened the thoughts, so that the answer shows their end alone.
 */
export function createThoughtFilter(unopened: UnopenedThoughts = NO_UNOPENED): ThoughtFilter {
  const closing = createClosingSearch();
  let hasThought = false;
  let stage: Stage = new Start(unopened.mayBe);

  /** The lines between the thoughts and the answer are neither's. */
  const withoutGap = (words: string): string => (hasThought ? words.trimStart() : words);

  function open(next: Next): Stage {
    switch (next.to) {
      case 'start':
        return new Start(hasThought ? () => false : unopened.mayBe);
      case 'tagged':
        return new TaggedThoughts(next.tag);
      case 'harmony':
        return createHarmonyReader();
      case 'bare':
        return new BareThoughts();
      case 'waiting':
        return new Waiting(closing, unopened);
      case 'watching':
        return new Watching(closing, unopened);
      case 'saying':
        return SAYING;
    }
  }

  return {
    push(words) {
      let came = stage.push(words);
      while (typeof came !== 'string') {
        if ('thought' in came || came.to === 'tagged') hasThought = true;
        stage = open(came);
        const { to, words: rest } = came;
        came = to === 'saying' || to === 'watching' ? withoutGap(rest) : stage.push(rest);
      }
      return came;
    },
    comesApart: () => unopened.learn(false),
    flush(isWhole) {
      const words = stage.flush(isWhole);
      return stage instanceof TaggedThoughts || stage instanceof Start ? withoutGap(words) : words;
    },
  };
}
