import { sentenceOfEnding } from '../../src/language/ending';
import { noteCard } from '../../src/language/note-card';
import { sentencesFor } from '../../src/language/sentences';
import type { Card } from '../../src/model/card';
import type { Problem } from '../../src/model/problem';
import type { ReplyControl, ReplyEnding, ReplyOutcome, ReplyStream } from '../../src/model/reply';
import { openText } from '../../src/model/text';
import type { Language } from '../../src/model/turn';
import { createRoller } from '../kit/roll';
import type { SlackApi } from './api';
import { stopBlock } from './cards';
import { blocksOfEnding } from './endings';
import type { History } from './history';
import { createReplyMessage, type Place, type ReplyMessage, type Sent } from './message';
import type { SlackRates } from './rates';
import { createReplyPace, type ReplyTraffic, STREAM_PAUSE_MS } from './reply-pace';
import { createWays } from './ways';

export interface ReplyParts {
  readonly api: SlackApi;
  readonly rates: SlackRates;
  readonly traffic: ReplyTraffic;
  readonly history: Pick<History, 'findOwn'>;
  readonly place: Place;
  readonly language: Language;
  readonly control: ReplyControl;
  readonly tellPrivately: (card: Card) => Promise<boolean>;
  /** Told when the reply ended with nothing to see for anybody. */
  readonly onNothingShown: () => void;
}

/** Slack refuses streamed messages from some 10,600 bytes. */
const SIZE = { soft: 7_500, hard: 9_000 };

/**
 * Writes one answer into Slack. The first words are posted at once; what comes after is gathered for as long as
 * the workspace's budget asks, one call at a time. In channels Slack shows a stream to others only when it is
 * finished, so answers there are posted and edited; when the budget is short, they are posted once, whole. What Slack
 * refuses is shown in a plainer way (`ways.ts`).
 */
export function createReply(parts: ReplyParts): ReplyStream {
  const { api, rates, history, place, control } = parts;
  const sentences = sentencesFor(parts.language);
  const metadata = () => {
    const { asker, vendor, noticeId } = control.answerer();
    return { event_type: 'dejiren_answer', event_payload: { asker, vendor, notice: noticeId } };
  };
  const roller = createRoller(SIZE);
  const pace = createReplyPace(rates, parts.traffic, place.direct);
  const ways = createWays(place.direct, sentences.shown);
  const stop = [stopBlock(sentences.stop, place.user)];

  let waiting = '';
  let message: ReplyMessage | undefined;
  /** Messages before it: full, or such that Slack will not have written any further. */
  const standing: ReplyMessage[] = [];
  let visible = false;
  /** What is left for the call that closes the message. */
  let lastWords = '';
  /** The same, as it was before it was made to fit. */
  let lastDealt = '';
  /** Nothing more is shown before the end. */
  let holds = false;
  let ended = false;
  let failure: string | undefined;
  let lastCall = Number.NEGATIVE_INFINITY;
  let pumping: Promise<void> | undefined;
  let wake: (() => void) | undefined;

  const mayPost = async (): Promise<boolean> => !control.signal.aborted && (await control.mayPost());

  /** Sleeps until the time is up, or until the reply ends or is broken off. */
  const sleep = (ms: number, wakes: boolean): Promise<boolean> =>
    new Promise((resolve) => {
      const done = (worthIt: boolean) => (): void => {
        clearTimeout(timer);
        control.signal.removeEventListener('abort', aborted);
        wake = undefined;
        resolve(worthIt);
      };
      const aborted = done(false);
      const timer = setTimeout(done(true), ms);
      control.signal.addEventListener('abort', aborted, { once: true });
      if (wakes) wake = done(true);
    });

  const newMessage = (): ReplyMessage => {
    const streams = pace.plan === 'stream' && (visible ? pace.mayStream() : true);
    const { signal } = control;
    const pause = (ms: number): Promise<boolean> => sleep(ms, false);
    return createReplyMessage({ api, rates, history, place, ways, signal, metadata: metadata(), pause }, streams);
  };

  /** Brings what waits into the chat, until nothing waits or nothing may be shown any more. */
  async function pump(): Promise<void> {
    while (waiting !== '' && failure === undefined && !control.signal.aborted) {
      const mode = message?.mode === 'stream' ? 'stream' : 'edit';
      const due = lastCall + pace.gatherMs(mode) - Date.now();
      if (!ended && message?.posted === true && (due > 0 || !pace.mayGrow(mode))) {
        await sleep(Math.max(due, STREAM_PAUSE_MS), true);
        continue;
      }
      const { portion, rest } = roller.next(waiting);
      const dealt = waiting.slice(0, waiting.length - rest.length);
      waiting = rest;
      message ??= newMessage();
      if (ended && rest === '' && !portion.full) {
        lastWords = portion.text;
        lastDealt = dealt;
        return;
      }
      const below = ended || portion.full || place.direct ? [] : stop;
      const sent =
        portion.text === '' ? ({ ok: true } as const) : await message.grow(portion.text, below, mayPost, portion.full);
      lastCall = Date.now();
      if (goesElsewhere(sent, dealt)) {
        if (holds && !ended) return;
        continue;
      }
      if (!took(sent)) return;
      if (portion.full) {
        if (message.mode === 'stream') took(await message.close('', [], mayPost));
        standing.push(message);
        message = undefined;
      }
    }
  }

  /**
   * Deals out again what Slack did not take, where it may take it otherwise. Unless it was too long, it waits for the
   * end and is shown whole: with a message for each refusal an answer would come in crumbs.
   */
  function goesElsewhere(sent: Sent, dealt: string): boolean {
    if (sent.ok || sent.goes === undefined || message === undefined) return false;
    if (sent.goes === 'smaller' && !roller.narrow(dealt) && !ways.leave(sent.code)) return false;
    roller.again();
    waiting = dealt + waiting;
    if (sent.goes === 'anew') {
      roller.restart();
      waiting = message.text + waiting;
    } else if (message.posted) standing.push(message);
    message = undefined;
    lastWords = '';
    holds ||= sent.goes !== 'smaller';
    return true;
  }

  function took(sent: Sent): boolean {
    if (!sent.ok && sent.code !== 'not-allowed') failure = sent.code;
    if (sent.ok && !visible) {
      visible = true;
      control.onFirstVisible();
    }
    return sent.ok;
  }

  const kick = (): void => {
    const broke = (): void => {
      failure ??= 'broke';
    };
    pumping ??= pump()
      .catch(broke)
      .finally(() => {
        pumping = undefined;
        if (waiting !== '' && !(holds && !ended) && failure === undefined && !control.signal.aborted) kick();
      });
  };

  async function settle(): Promise<void> {
    while (pumping !== undefined) await pumping;
  }

  async function finish(ending: ReplyEnding): Promise<ReplyOutcome> {
    if (ending.kind === 'complete' || ending.kind === 'cut' || ending.kind === 'failed') {
      if (pace.plan === undefined && waiting !== '') pace.begin('once');
      if (waiting !== '') kick();
      await settle();
    }
    // What was taken back is not shown to its end first.
    while (lastWords !== '' && message !== undefined && ending.kind !== 'retracted') {
      const closed = await message.close(lastWords, blocksOfEnding(ending, control.answerer(), sentences), mayPost);
      if (goesElsewhere(closed, lastDealt)) {
        kick();
        await settle();
      } else if (took(closed)) return { delivered: true };
      else break;
    }
    const last = ending.kind === 'retracted' ? ending : (control.brokenOff() ?? ending);
    if (!visible) return tellWhyNothing(last);
    if (last.kind === 'retracted') {
      for (const one of [...standing, message]) await one?.replace(sentences.ending.retracted);
      return { delivered: true };
    }
    return closeLast(failure === undefined ? last : { kind: 'failed', problem: problemOf(failure) });
  }

  /** Writes how it ended below what is shown; where Slack will not have it there, the asker alone is told. */
  async function closeLast(ending: ReplyEnding): Promise<ReplyOutcome> {
    const open = message?.posted === true ? message : standing.at(-1);
    const closed = (await open?.close('', blocksOfEnding(ending, control.answerer(), sentences), mayPost)) ?? {
      ok: true,
    };
    const code = failure ?? (closed.ok ? undefined : closed.code);
    if (!closed.ok && ending.kind !== 'complete')
      await parts.tellPrivately(noteCard(sentenceOfEnding(ending, sentences)));
    if (code === undefined || (failure === undefined && ending.kind === 'complete')) return { delivered: true };
    return { delivered: false, code };
  }

  /** Nothing is in the chat: only the asker is told why, and nobody where they did it themselves. */
  async function tellWhyNothing(ending: ReplyEnding): Promise<ReplyOutcome> {
    if (ending.kind === 'stopped' || ending.kind === 'withdrawn') {
      parts.onNothingShown();
      return { delivered: true };
    }
    const sentence =
      failure !== undefined
        ? sentences.problem(problemOf(failure))
        : ending.kind === 'complete' || ending.kind === 'cut'
          ? sentences.problem('unknown')
          : sentenceOfEnding(ending, sentences);
    const told = await parts.tellPrivately(noteCard(sentence));
    if (!told) parts.onNothingShown();
    if (failure !== undefined) return { delivered: false, code: failure };
    return told ? { delivered: true } : { delivered: false, code: 'not-told' };
  }

  return {
    write(piece) {
      if (ended) return;
      waiting += openText(piece);
      if (pace.plan === undefined && !/\S/u.test(waiting)) return;
      if (pace.plan === undefined) pace.begin();
      if (pace.plan !== 'once' && !holds) kick();
    },
    async end(ending) {
      ended = true;
      wake?.();
      try {
        await settle();
        return await finish(ending);
      } finally {
        // Slack ends “is thinking…” with the first message in the thread.
        if (ways.way.where !== 'thread') parts.onNothingShown();
        pace.end();
      }
    },
  };
}

/** Slack's refusals and its silence are told of as such; what failed in dejiren itself is not. */
function problemOf(failure: string): Problem {
  return failure === 'broke' ? 'unknown' : 'not-shown';
}
