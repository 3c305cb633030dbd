import { dealAgain, fail, type ReplyJob, settleIn } from './reply-state';
import type { May, Sent } from './reply-transport';

/** Takes in what became of a call with the words that were on their way. */
export function heed(job: ReplyJob, sent: Sent): void {
  const { state, transport } = job;
  switch (sent.kind) {
    case 'taken':
      settleIn(job);
      return;
    case 'withheld':
      state.halt ??= { kind: 'withheld' };
      return;
    case 'stopped':
      state.halt ??= { kind: 'stopped' };
      // Once it is ending there is nothing left to stop, and the person may have asked something else.
      if (state.phase !== 'ending') transport.stopped?.();
      return;
    case 'refused':
      if (!dealAgain(job, sent.goes)) fail(job, sent.code);
  }
}

/** Looks right before a call whether its words may be shown still. A dispatcher that fails when it is asked says no. */
export function mayPost(job: ReplyJob): May {
  return async () => {
    try {
      return (await job.control.mayPost()) && !job.control.signal.aborted;
    } catch {
      fail(job, 'broke');
      return false;
    }
  };
}
