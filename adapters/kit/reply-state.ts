import type { ReplyControl, ReplyEnding } from '../../src/model/reply';
import type { Detour, ReplyMessage, ReplyTransport } from './reply-transport';
import type { Roller } from './roll';

/** Where an answer stands. It goes through these from the first to the last, and may leave some out. */
export type Phase =
  /** Nothing came but blanks. */
  | 'quiet'
  /** What comes is shown as it comes. */
  | 'showing'
  /** What comes waits for the end. */
  | 'holding'
  /** No more comes: what waits is shown, and how it ended. */
  | 'ending'
  /** No more is shown, whatever waits. */
  | 'over';

/** Why no more words are shown; the first reason counts. */
export type Halt =
  /** The platform did not take them in any way; `broke`: dejiren itself failed. */
  | { readonly kind: 'failed'; readonly code: string }
  /** They may not be shown any more. */
  | { readonly kind: 'withheld' }
  /** The person stopped the answer on the platform itself. */
  | { readonly kind: 'stopped' };

/** Words on their way into the open message: as they are shown, and as they waited. */
export interface Pending {
  readonly text: string;
  readonly raw: string;
  /** Whether they fill the message. */
  readonly full: boolean;
}

export interface ReplyState {
  phase: Phase;
  /** Words that are in no message yet. */
  waiting: string;
  pending: Pending | undefined;
  /** The message that takes the next words. */
  open: ReplyMessage | undefined;
  /** Messages before it: full, or such that the platform will not have written any further. */
  earlier: ReplyMessage[];
  halt: Halt | undefined;
  /** Whether any word of the answer was ever shown. */
  hasShown: boolean;
}

/** One answer on its way to the chat. Everything that works on it is given it whole. */
export interface ReplyJob {
  readonly transport: ReplyTransport;
  readonly control: ReplyControl;
  readonly roller: Roller;
  readonly state: ReplyState;
}

/** An answer of which nothing came yet. */
export function newState(): ReplyState {
  return {
    phase: 'quiet',
    waiting: '',
    pending: undefined,
    open: undefined,
    earlier: [],
    halt: undefined,
    hasShown: false,
  };
}

/** Whether words may still be shown, as far as is known without asking. */
export function mayShow({ state, control }: ReplyJob): boolean {
  return state.halt === undefined && !control.signal.aborted;
}

/** Whether there is something to show right now. */
export function hasWork(job: ReplyJob): boolean {
  const { phase, waiting } = job.state;
  return waiting !== '' && (phase === 'showing' || phase === 'ending') && mayShow(job);
}

/** No more words are shown, for the platform takes them in no way, or dejiren failed (`broke`). */
export function fail({ state }: ReplyJob, code: string): void {
  state.halt ??= { kind: 'failed', code };
}

/** The messages in which words of the answer stand. */
export function messagesOf({ earlier, open }: ReplyState): readonly ReplyMessage[] {
  return open?.posted === true ? [...earlier, open] : earlier;
}

/** Moves what the open message can hold from what waits to what is on its way. */
export function deal({ state, roller }: ReplyJob): Pending {
  const { portion, rest } = roller.next(state.waiting);
  state.pending = { ...portion, raw: state.waiting.slice(0, state.waiting.length - rest.length) };
  state.waiting = rest;
  return state.pending;
}

/** What was on its way is in the chat. */
export function settleIn({ control, state, transport }: ReplyJob): void {
  const { pending, open } = state;
  if (pending?.full === true && open !== undefined) {
    if (open.posted) state.earlier.push(open);
    state.open = undefined;
  }
  state.pending = undefined;
  if (state.hasShown) return;
  state.hasShown = true;
  transport.appeared?.();
  control.onFirstVisible();
}

/** Lets words that were refused wait again, where the platform may take them otherwise. `false`: it will not. */
export function dealAgain(job: ReplyJob, goes: Detour | undefined): boolean {
  const { state, roller, transport } = job;
  const { open, pending } = state;
  if (goes === undefined || open === undefined) return false;
  // A message whose words all stand stays as it is.
  if (pending === undefined && goes !== 'anew') return false;
  if (goes === 'smaller' && !roller.narrow(pending?.raw ?? '') && !transport.plainer()) return false;
  roller.again();
  state.waiting = (pending?.raw ?? '') + state.waiting;
  state.pending = undefined;
  if (goes === 'anew') {
    roller.restart();
    state.waiting = open.text + state.waiting;
    state.open = undefined;
  } else if (open.posted) {
    state.earlier.push(open);
    state.open = undefined;
  }
  if (goes !== 'smaller' && transport.holdsOnceRefused && state.phase === 'showing') state.phase = 'holding';
  return true;
}

/** How the answer ends, whatever it was ended with: what the person did counts before what failed. */
export function endingOf({ state, control }: ReplyJob, given: ReplyEnding): ReplyEnding {
  const { halt } = state;
  const unknown = (): ReplyEnding => ({ kind: 'failed', problem: 'unknown', errorId: control.errorId() });
  if (given.kind === 'retracted') return given;
  const brokenOff = control.brokenOff();
  if (brokenOff !== undefined) return brokenOff;
  if (halt?.kind === 'failed') return halt.code === 'broke' ? unknown() : { kind: 'failed', problem: 'not-shown' };
  const isWhole = given.kind === 'complete' || given.kind === 'cut';
  return halt !== undefined && isWhole ? unknown() : given;
}
