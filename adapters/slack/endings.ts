import type { Answerer, ReplyEnding } from '../../src/chat/reply';
import type { Sentences } from '../../src/language/shape';
import { contextBlock, type SlackBlock } from './cards';

type Unfinished = Exclude<ReplyEnding, { kind: 'complete' }>;

/** Why an answer is not, or not wholly, there. */
export function sentenceOfEnding(ending: Unfinished, sentences: Sentences): string {
  return ending.kind === 'failed'
    ? sentences.problem(ending.problem, ending.retryAfterMs)
    : sentences.ending[ending.kind];
}

/** What stands below an answer: how it ended, unless it simply did, and who answered. */
export function blocksOfEnding(
  ending: ReplyEnding,
  { vendor, region }: Answerer,
  sentences: Sentences,
): readonly SlackBlock[] {
  const footer = contextBlock(sentences.footer(vendor, region));
  return ending.kind === 'complete' ? [footer] : [contextBlock(sentenceOfEnding(ending, sentences)), footer];
}
