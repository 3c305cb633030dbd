import type { ConsentView } from './consent';

/** Whether what was asked for is settled: what the ledger could not take is to be taken when it comes again. */
export function endOf(view: ConsentView): 'done' | 'failed' {
  return view.kind === 'refused' && view.reason === 'ledger-unavailable' ? 'failed' : 'done';
}
