import { sentenceOfEnding } from '../../src/language/ending';
import type { Sentences } from '../../src/language/shape';
import { type ReplyEnding, type ReplyOutcome, withoutWords } from '../../src/model/reply';
import { heed, mayPost } from './reply-calls';
import type { ReplyPump } from './reply-pump';
import { dealAgain, endingOf, fail, mayShow, messagesOf, type ReplyJob } from './reply-state';
import type { ReplyMessage, Sent, Telling } from './reply-transport';

const DELIVERED: ReplyOutcome = { delivered: true };

/** Tells the asker alone, unless they ended the answer themselves. */
export async function tellUnlessEnded(
  tell: (sentence: string) => Promise<boolean>,
  sentence: string,
  { kind }: ReplyEnding,
): Promise<Telling> {
  if (kind === 'stopped' || kind === 'withdrawn') return 'silent';
  return (await tell(sentence)) ? 'told' : 'untold';
}

/** What is needed to end an answer. */
export interface Closing {
  readonly job: ReplyJob;
  readonly pump: ReplyPump;
  readonly sentences: Sentences;
  /** What the dispatcher ended it with. */
  readonly given: ReplyEnding;
}

/** Shows what is left of an answer, and how it ended: below its words where there are any, otherwise to the asker alone. */
export async function finish(closing: Closing): Promise<ReplyOutcome> {
  const { job, pump, given } = closing;
  for (;;) {
    if (given.kind === 'complete' || given.kind === 'cut' || given.kind === 'failed') {
      pump.start();
      await pump.settled();
    }
    if (job.state.halt?.kind === 'stopped') return stoppedThere(job);
    const ending = endingOf(job, given);
    if (ending.kind === 'retracted' && messagesOf(job.state).length > 0) return takeBack(closing);
    const last = lastMessage(job);
    if (last === undefined) return tellWhyNothing(closing, ending);
    const outcome = await closeIn(last, ending, closing);
    if (outcome !== 'again') return outcome;
  }
}

/** The message to be closed: the one that takes the last words, or the last one that shows any. */
function lastMessage(job: ReplyJob): ReplyMessage | undefined {
  const { pending, open } = job.state;
  const shown = messagesOf(job.state);
  const isBlank = pending?.text.trim() === '' && open?.posted !== true;
  return pending !== undefined && !isBlank && mayShow(job) ? open : shown.at(-1);
}

/** Closes a message with the words that are left, as far as they may be shown. `again`: the answer ends otherwise. */
async function closeIn(last: ReplyMessage, ending: ReplyEnding, closing: Closing): Promise<ReplyOutcome | 'again'> {
  const { job } = closing;
  const { state } = job;
  const shows = mayShow(job);
  const words = shows && last === state.open ? (state.pending?.text ?? '') : '';
  const sent = await last.close(words, ending, shows ? mayPost(job) : undefined);
  if (sent.kind === 'taken') {
    if (words !== '') heed(job, sent);
    return outcomeOf(job, ending);
  }
  if (sent.kind === 'stopped') return stoppedThere(job);
  if (shows && sent.kind === 'withheld') heed(job, sent);
  else if (!shows || !goesOn(job, sent, words, last)) return tellEnding(closing, ending, codeOf(sent));
  return 'again';
}

/** Whether there is still something to try after a refusal of the last call. */
function goesOn(job: ReplyJob, sent: Sent, words: string, last: ReplyMessage): boolean {
  if (sent.kind === 'refused' && last === job.state.open && dealAgain(job, sent.goes)) return true;
  if (words === '' && !last.unfinished) return false;
  fail(job, codeOf(sent));
  return true;
}

/** All words that may be shown stand; how the answer ended could not be written below them. */
async function tellEnding({ job, sentences }: Closing, ending: ReplyEnding, code: string): Promise<ReplyOutcome> {
  const told = ending.kind === 'complete' || (await job.transport.tellPrivately(sentenceOfEnding(ending, sentences)));
  return told ? outcomeOf(job, ending) : { delivered: false, code: failureOf(job) ?? code };
}

/** The platform wrote its own word below what the person stopped there, and takes no more of that message. */
function stoppedThere(job: ReplyJob): ReplyOutcome {
  const code = failureOf(job);
  return code === undefined ? DELIVERED : { delivered: false, code };
}

function outcomeOf(job: ReplyJob, ending: ReplyEnding): ReplyOutcome {
  const code = failureOf(job);
  if (code !== undefined) return { delivered: false, code };
  const isWhole = ending.kind === 'complete' || ending.kind === 'cut';
  // Whoever broke off meanwhile, by a withdrawal above all, has nothing remembered.
  if (isWhole && mayShow(job))
    job.transport.answered?.(messagesOf(job.state).flatMap(({ id }) => (id === '' ? [] : [id])));
  return DELIVERED;
}

async function takeBack({ job, sentences }: Closing): Promise<ReplyOutcome> {
  for (const message of messagesOf(job.state)) await message.replace(sentences.ending.retracted);
  return DELIVERED;
}

/** Nothing of the answer is in the chat. */
async function tellWhyNothing({ job, sentences }: Closing, ending: ReplyEnding): Promise<ReplyOutcome> {
  const sentence = sentenceOfEnding(withoutWords(ending), sentences);
  const telling = await job.transport.tellWhyNothing(sentence, ending);
  const code = failureOf(job) ?? (telling === 'untold' ? 'not-told' : undefined);
  return code === undefined ? DELIVERED : { delivered: false, code };
}

/** Why words are missing, unless the person ended the answer. */
function failureOf({ state, control }: ReplyJob): string | undefined {
  if (state.halt?.kind === 'failed') return state.halt.code;
  return state.halt?.kind === 'withheld' && control.brokenOff() === undefined ? 'withheld' : undefined;
}

function codeOf(sent: Sent): string {
  return sent.kind === 'refused' ? sent.code : sent.kind;
}
