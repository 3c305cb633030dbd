import { sentencesFor } from '../../src/language/sentences';
import type { ReplyControl, ReplyStream } from '../../src/model/reply';
import { openText, type SafeText } from '../../src/model/text';
import type { Language } from '../../src/model/turn';
import { finish } from './reply-ending';
import { ReplyPump } from './reply-pump';
import { newState, type ReplyJob } from './reply-state';
import type { ReplyTransport } from './reply-transport';
import { createRoller } from './roll';

/** A reason of our own: without one Node makes an error, with a stack, for each answer. */
const HURRY = 'hurry';

/**
 * Writes one answer by a platform's transport. Words are shown as they come, at the transport's pace and one call at a
 * time; what the platform refuses goes to another message, in a plainer way; each word is shown once and in order, and
 * none after the reply was broken off. How it ended is told exactly once: below the answer, or to the asker alone.
 *
 * @example
 * const reply = createReplyStream(slackTransport(parts), control, 'en');
 * reply.write(words);
 * const { delivered } = await reply.end({ kind: 'complete' });
 */
export function createReplyStream(transport: ReplyTransport, control: ReplyControl, language: Language): ReplyStream {
  const job: ReplyJob = { transport, control, roller: createRoller(transport.size), state: newState() };
  const hurry = new AbortController();
  const pump = new ReplyPump(job, AbortSignal.any([control.signal, hurry.signal]));
  return {
    write(piece) {
      take(job, piece);
      pump.start();
    },
    async end(given) {
      job.state.phase = given.kind === 'retracted' ? 'over' : 'ending';
      hurry.abort(HURRY);
      await pump.settled();
      try {
        return await finish({ job, pump, given, sentences: sentencesFor(language) });
      } finally {
        transport.finished();
      }
    },
  };
}

/** Nothing is shown before the first word, so that no message is opened for blanks. */
function take({ state, transport }: ReplyJob, piece: SafeText): void {
  if (state.phase === 'ending' || state.phase === 'over') return;
  state.waiting += openText(piece);
  if (state.phase === 'quiet' && /\S/u.test(state.waiting))
    state.phase = transport.begin() === 'as-it-comes' ? 'showing' : 'holding';
}
