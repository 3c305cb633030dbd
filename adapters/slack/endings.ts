import { sentenceOfEnding } from '../../src/language/ending';
import type { Sentences } from '../../src/language/shape';
import type { Answerer, ReplyEnding } from '../../src/model/reply';
import { contextBlock, type SlackBlock } from './cards';

/** What stands below an answer: how it ended, unless it simply did, and who answered. */
export function blocksOfEnding(
  ending: ReplyEnding,
  { vendor, region }: Answerer,
  sentences: Sentences,
): readonly SlackBlock[] {
  const footer = contextBlock(sentences.footer(vendor, region));
  return ending.kind === 'complete' ? [footer] : [contextBlock(sentenceOfEnding(ending, sentences)), footer];
}
