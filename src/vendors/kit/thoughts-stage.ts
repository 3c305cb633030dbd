import type { Tag } from './thoughts-tags';

/** Where an answer goes on: the stage that takes what is left of its words. `thought`: thoughts went before. */
export type Next =
  | { readonly to: 'start' | 'saying'; readonly words: string; readonly thought?: true }
  | { readonly to: 'harmony' | 'bare' | 'waiting'; readonly words: string }
  | { readonly to: 'tagged'; readonly words: string; readonly tag: Tag }
  /** These words are said, and those that come are said as they come, with an eye on them. */
  | { readonly to: 'watching'; readonly words: string };

/**
 * One way in which an answer can begin, up to where that is decided.
 *
 * @example
 * const came = stage.push('<think>Let me see');
 * if (typeof came !== 'string') stage = open(came);
 */
export interface Stage {
  /** Takes the next words: gives those that are certain to be said, or where the answer goes on. */
  push(words: string): string | Next;
  /** Gives what was held back and is said after all. `isWhole`: the answer came to its end. */
  flush(isWhole: boolean): string;
}
