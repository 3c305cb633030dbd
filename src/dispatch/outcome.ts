import type { Problem } from '../model/problem';
import type { ReplyEnding } from '../model/reply';

/** What became of a turn. Answering never rejects. */
export type Outcome =
  | { readonly kind: 'answered'; readonly vendor: string }
  | { readonly kind: 'duplicate' | 'ignored' | 'needs-consent' | 'stopped' | 'withdrawn' | 'interrupted' }
  | { readonly kind: 'refused' | 'failed'; readonly problem: Problem };

/** What became of a turn whose reply ended so. */
export function outcomeOf(ending: ReplyEnding, vendor: string): Outcome {
  switch (ending.kind) {
    case 'complete':
    case 'cut':
      return { kind: 'answered', vendor };
    case 'retracted':
      return { kind: 'failed', problem: 'blocked-output' };
    case 'failed':
      return { kind: 'failed', problem: ending.problem };
    case 'stopped':
    case 'withdrawn':
    case 'interrupted':
      return { kind: ending.kind };
  }
}
