import type { ReplyEnding } from '../model/reply';
import type { Sentences } from './shape';

/** Why an answer is not, or not wholly, there. */
export function sentenceOfEnding(ending: Exclude<ReplyEnding, { kind: 'complete' }>, sentences: Sentences): string {
  return ending.kind === 'failed' ? sentences.problem(ending.problem, ending) : sentences.ending[ending.kind];
}
