import { pause } from '../../src/kit/wait';
import { sentenceOfEnding } from '../../src/language/ending';
import { noteCard } from '../../src/language/note-card';
import { sentencesFor } from '../../src/language/sentences';
import type { Card } from '../../src/model/card';
import type { Answerer, ReplyControl, ReplyEnding, ReplyOutcome, ReplyStream } from '../../src/model/reply';
import { openText, type Text } from '../../src/model/text';
import type { Language } from '../../src/model/turn';
import { createRoller } from '../kit/roll';
import type { TeamsApi } from './api';
import type { BotPlace } from './bot';
import { createReplyMessage, type May, type ReplyMessage, type Sent } from './message';
import { createWays } from './ways';

export interface ReplyParts {
  readonly api: Pick<TeamsApi, 'send' | 'update'>;
  readonly place: BotPlace;
  readonly replyTo: string | undefined;
  /** The asker's personal chat; undefined where Teams gives none. */
  readonly personal: () => Promise<BotPlace | undefined>;
  /** Whether it is a personal chat: Teams streams nowhere else. */
  readonly direct: boolean;
  readonly language: Language;
  readonly control: ReplyControl;
  readonly tellPrivately: (card: Card) => Promise<boolean>;
  /** The person pressed Stop in Teams. */
  readonly onStop: () => void;
  /** The answer is in the chat, to its end, in messages of these ids. */
  readonly onAnswered: (answerer: Answerer, pieces: readonly Text[], messages: readonly string[]) => void;
}

/** Teams takes about 100 KB of UTF-16: in JSON a character of one byte takes up to four of those. */
const SIZE = { soft: 16_000, hard: 20_000 };
const TOO_LARGE = { status: 413 } as const;
/** Teams takes one chunk of a stream a second, and asks to gather for 1.5 to 2 seconds. */
const STREAM_PAUSE_MS = 1_500;
/** The last call of a stream counts as well. */
const STREAM_END_PAUSE_MS = 1_000;
/** 60 messages and edits in 30 seconds and 1,800 an hour are a thread's; the hour's is the tighter. */
const EDIT_PAUSE_MS = 2_500;

/**
 * Writes one answer into Teams: streamed in a personal chat, elsewhere posted and edited in its thread. What Teams
 * refuses is shown in a plainer way (`ways.ts`).
 */
export function createReply(parts: ReplyParts): ReplyStream {
  const { control, direct } = parts;
  const sentences = sentencesFor(parts.language);
  const roller = createRoller(SIZE);
  const label = () => {
    const { vendor, region } = control.answerer();
    return { name: `${vendor}, ${sentences.region(region)}`, description: sentences.footer(vendor, region) };
  };
  const ways = createWays(direct, sentences.shown);
  let opened: Promise<BotPlace | undefined> | undefined;
  const personal = (): Promise<BotPlace | undefined> => {
    opened ??= parts.personal();
    return opened;
  };
  const { api, place, replyTo } = parts;
  const { signal } = control;
  const newMessage = (streams: boolean): ReplyMessage =>
    createReplyMessage({ api, place, replyTo, isPersonal: direct, personal, ways, label, signal }, streams);

  let message = newMessage(direct);
  /** What the open message is to hold, and what of it Teams has taken. */
  let shown = '';
  let taken = '';
  let waiting = '';
  /** The last portion, as it waited. */
  let dealt = '';
  const pieces: Text[] = [];
  const closed: ReplyMessage[] = [];
  let visible = false;
  let ended = false;
  let stopped = false;
  let failure: string | undefined;
  let lastCall = Number.NEGATIVE_INFINITY;
  let pumping: Promise<void> | undefined;
  let wake: (() => void) | undefined;
  let announced: Promise<void> | undefined = message.announce(sentences.working).then(() => {
    lastCall = Date.now();
  });

  const mayPost = async (): Promise<boolean> => !control.signal.aborted && (await control.mayPost());
  const over = (): boolean => failure !== undefined || stopped || control.signal.aborted;

  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        control.signal.removeEventListener('abort', done);
        wake = undefined;
        resolve();
      };
      const timer = setTimeout(done, ms);
      control.signal.addEventListener('abort', done, { once: true });
      wake = done;
    });

  function took(sent: Sent): boolean {
    if (sent.ok) {
      if (!visible) control.onFirstVisible();
      visible = true;
      return true;
    }
    if (sent.why === 'stopped') {
      stopped = true;
      visible ||= message.visible;
      parts.onStop();
    } else if (sent.why !== 'not-allowed') failure = sent.code;
    return false;
  }

  /** Brings what waits into the chat; what fits into no further call before the end is left to it. */
  async function pump(): Promise<void> {
    await announced;
    announced = undefined;
    while (waiting !== '' && !over()) {
      const due = lastCall + (direct ? STREAM_PAUSE_MS : EDIT_PAUSE_MS) - Date.now();
      if (!ended && due > 0 && (direct || visible)) {
        await sleep(due);
        continue;
      }
      const { portion, rest } = roller.next(waiting);
      dealt = waiting.slice(0, waiting.length - rest.length);
      waiting = rest;
      shown += portion.text;
      if (!portion.full && ended && rest === '') return;
      const sent = await (portion.full ? close(shown, mayPost) : message.grow(shown, mayPost));
      lastCall = Date.now();
      if (await goesElsewhere(sent)) continue;
      if (!took(sent)) return;
      if (portion.full) goOn();
      else taken = shown;
    }
  }

  function goOn(): void {
    closed.push(message);
    message = newMessage(false);
    shown = '';
    taken = '';
  }

  /** Deals out again what Teams did not take, where it may take it otherwise. */
  async function goesElsewhere(sent: Sent): Promise<boolean> {
    if (sent.ok || sent.why === 'not-allowed' || sent.why === 'stopped') return false;
    if (sent.why === 'too-large') return taken.trim() === '' ? dealSmaller() : goOnIn(await close(taken, mayPost));
    if (sent.goes === 'another') return shown !== taken && goOnIn({ ok: true });
    if (sent.goes !== 'anew') return false;
    roller.restart();
    waiting = shown + waiting;
    message = newMessage(false);
    shown = '';
    taken = '';
    return true;
  }

  /** The message stays as it is, if it could be closed so; the rest goes to a new one. */
  function goOnIn(closing: Sent): boolean {
    if (!took(closing)) return false;
    roller.again();
    waiting = dealt + waiting;
    goOn();
    return true;
  }

  function dealSmaller(): boolean {
    if (!roller.narrow(dealt)) {
      if (!ways.leave(TOO_LARGE)) return false;
      roller.again();
    }
    waiting = dealt + waiting;
    shown = '';
    return true;
  }

  const kick = (): void => {
    pumping ??= pump().finally(() => {
      pumping = undefined;
      if (waiting !== '' && !over()) kick();
    });
  };

  async function settle(): Promise<void> {
    while (pumping !== undefined) await pumping;
    await announced;
  }

  async function finish(given: ReplyEnding): Promise<ReplyOutcome> {
    if (given.kind === 'complete' || given.kind === 'cut' || given.kind === 'failed') {
      if (waiting !== '') kick();
      await settle();
    }
    const whole: ReplyEnding = failure === undefined ? given : { kind: 'failed', problem: 'not-shown' };
    const ending: ReplyEnding = stopped ? { kind: 'stopped' } : (control.brokenOff() ?? whole);
    if (given.kind === 'retracted' && !stopped) return retract();
    const words = ending.kind === 'complete' ? '' : sentenceOfEnding(ending, sentences);
    const mayShow = !control.signal.aborted;
    if (!visible && (!mayShow || shown.trim() === '')) return tellWhyNothing(ending, words);
    // Teams wrote its own word below what the person stopped, and takes no more of that message.
    if (stopped) return { delivered: true };
    // Words that were never shown stay so once nothing more may be.
    if (!mayShow && !message.visible) return words === '' ? { delivered: true } : post(words);
    // A stream's last text begins with what was shown of it, to the last space.
    const said = mayShow ? shown : taken;
    const text = words === '' ? said : `${said}${said === '' ? '' : '\n\n'}*${words}*`;
    const sent = text === '' ? ({ ok: true } as const) : await close(text, mayShow ? mayPost : undefined);
    // All words stand; that this one could not be closed as it should is told to the asker, if anything is.
    const stands = !sent.ok && sent.why === 'failed' && sent.goes === 'another' && mayShow && shown === taken;
    if (stands && words !== '') await parts.tellPrivately(noteCard(words));
    if (sent.ok || stands) {
      took({ ok: true });
      const ids = [...closed, message].flatMap(({ id }) => (id === '' ? [] : [id]));
      // Whoever broke off meanwhile, by a withdrawal above all, has nothing remembered.
      if (!control.signal.aborted && (ending.kind === 'complete' || ending.kind === 'cut'))
        parts.onAnswered(control.answerer(), pieces, ids);
      return failure === undefined ? { delivered: true } : { delivered: false, code: failure };
    }
    if (sent.why === 'not-allowed' || (mayShow && (await goesElsewhere(sent)))) return finish(given);
    if (sent.why === 'stopped') return { delivered: true };
    failure ??= sent.code;
    const sentence = words === '' ? sentences.problem('not-shown') : words;
    // The line above, where there is one, does not stay behind.
    const closes = direct && !visible && (await post(sentence)).delivered;
    if (!closes) await parts.tellPrivately(noteCard(sentence));
    return { delivered: false, code: failure };
  }

  async function close(text: string, may: May | undefined): Promise<Sent> {
    if (message.lost) return { ok: false, why: 'failed', code: 'unreachable' };
    if (direct) await pause(lastCall + STREAM_END_PAUSE_MS - Date.now());
    return message.close(text, may);
  }

  /** A sentence of dejiren's own, as a message of its own. */
  async function post(words: string): Promise<ReplyOutcome> {
    const sent = await close(`*${words}*`, undefined);
    return sent.ok ? { delivered: true } : { delivered: false, code: 'not-told' };
  }

  async function retract(): Promise<ReplyOutcome> {
    const words = sentences.ending.retracted;
    if (!visible) return tellWhyNothing({ kind: 'retracted' }, words);
    // A stream ends with what it showed; only then may other words stand there.
    if (direct && message.visible) await close(taken, undefined);
    for (const one of [...closed, message]) if (one.visible) await one.close(words, undefined);
    return { delivered: true };
  }

  /** Nothing is in the chat: only the asker is told why. An open stream is closed with the sentence. */
  async function tellWhyNothing(ending: ReplyEnding, words: string): Promise<ReplyOutcome> {
    const sentence = words === '' ? sentences.problem(failure === undefined ? 'unknown' : 'not-shown') : words;
    if (direct) return post(sentence);
    if (ending.kind === 'stopped' || ending.kind === 'withdrawn') return { delivered: true };
    const told = await parts.tellPrivately(noteCard(sentence));
    if (failure !== undefined) return { delivered: false, code: failure };
    return told ? { delivered: true } : { delivered: false, code: 'not-told' };
  }

  return {
    write(piece) {
      if (ended) return;
      pieces.push(piece);
      waiting += openText(piece);
      if (/\S/u.test(waiting)) kick();
    },
    async end(ending) {
      ended = true;
      wake?.();
      await settle();
      return finish(ending);
    },
  };
}
