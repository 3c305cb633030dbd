import { pause } from '../../src/kit/wait';
import type { TeamsApi, TeamsFailure, TeamsRefusal, TeamsResult } from './api';
import type { BotPlace, OutgoingActivity } from './bot';
import { contentOf, finalOf, type Label } from './message-content';
import { threadless } from './turn';
import { FORBIDDEN, isOfPlace, type Way, type Ways } from './ways';

export type Sent = { readonly ok: true } | { readonly ok: false; readonly why: 'not-allowed' } | TeamsSent;
/**
 * `goes`: what is to become of text that was not taken: it goes to `another` message, as this one stays as it is; or
 * `anew` with all that this message held, as it is gone.
 */
interface TeamsSent {
  readonly ok: false;
  readonly why: 'stopped' | 'failed' | 'too-large';
  readonly code: string;
  readonly goes?: 'another' | 'anew';
}

export interface MessageParts {
  readonly api: Pick<TeamsApi, 'send' | 'update'>;
  readonly place: BotPlace;
  /** The message that is answered, where Teams shows it. */
  readonly replyTo: string | undefined;
  /** Whether the asker alone is there. */
  readonly isPersonal: boolean;
  /** The asker's personal chat; undefined where Teams gives none. */
  readonly personal: () => Promise<BotPlace | undefined>;
  /** Shared by the messages of one answer: what Teams refused once is not tried again. */
  readonly ways: Ways;
  readonly label: () => Label;
  /** Once it is aborted, no further word of the answer is shown. */
  readonly signal: AbortSignal;
}

/** Asked right before each call that shows model text. */
export type May = () => Promise<boolean>;

/** One message of an answer: streamed where it can be, otherwise posted and edited. */
export interface ReplyMessage {
  /** Whether words of the answer are in the chat. */
  readonly visible: boolean;
  /** Whether a post of it may stand in the chat or not: nobody knows, and a second one could be there twice. */
  readonly lost: boolean;
  /** As Teams knows it; empty before it is there. */
  readonly id: string;
  /** Shows that an answer is being written: a line above it in a personal chat, the dots in a group, nothing in a channel. */
  announce(words: string): Promise<void>;
  /** Shows the whole text so far. */
  grow(text: string, may: May): Promise<Sent>;
  /** Writes it for the last time. */
  close(text: string, may: May | undefined): Promise<Sent>;
}

const NO_CHAT: TeamsRefusal = { ok: false, kind: 'refused', code: 'no-personal-chat', status: 404 };
/** With the pauses between, more than a minute: what is to be shown is paid for. */
const ATTEMPTS = 8;
const MAX_PAUSE_MS = 30_000;

/**
 * Sources: "Stream bot messages" and "Bot messages with AI-generated content", learn.microsoft.com/microsoftteams. A
 * chunk holds all of the text so far; a stream ends with a final message, or, once its two minutes are over, goes on
 * as an edit of the same message.
 */
export function createReplyMessage(parts: MessageParts, streams: boolean): ReplyMessage {
  const { api, replyTo, signal, ways } = parts;
  let { place } = parts;
  let mode: 'stream' | 'edit' = streams ? 'stream' : 'edit';
  let id = '';
  let sequence = 0;
  let visible = false;
  let lost = false;
  /** What stands above the text. */
  let note = '';

  const chunk = (text: string, streamType: 'informative' | 'streaming'): OutgoingActivity => {
    sequence += 1;
    const info = { streamType, streamSequence: sequence, ...(id !== '' && { streamId: id }) };
    return { type: 'typing', text, entities: [{ type: 'streaminfo', ...info }], channelData: info };
  };

  /**
   * Makes a call until Teams takes it, looking each time whether its words may be shown still. A call that may have been
   * taken is made again only where that does no harm.
   */
  async function until(
    harmless: boolean,
    may: May | undefined,
    call: (unless: AbortSignal | undefined) => Promise<TeamsResult>,
  ): Promise<TeamsResult> {
    const unless = may === undefined ? undefined : signal;
    let result: TeamsResult = { ok: false, kind: 'unreachable' };
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      if (may !== undefined && !(await may())) return { ok: false, kind: 'not-allowed' };
      result = await call(unless);
      if (result.ok || (result.kind !== 'later' && result.kind !== 'unreachable')) return result;
      if (result.kind === 'unreachable' && !harmless) return result;
      const asked = result.kind === 'later' ? result.retryAfterMs : 0;
      // The first time for as long as Teams asks, and then for longer if that was not enough.
      const waitMs = Math.max(asked, result.kind === 'later' && attempt === 1 ? 0 : 500 * 2 ** attempt);
      if (attempt < ATTEMPTS) await pause(Math.min(waitMs, MAX_PAUSE_MS), unless);
    }
    return result;
  }

  function sentOf(result: TeamsResult): Sent {
    if (result.ok) {
      visible = true;
      return { ok: true };
    }
    return failed(result);
  }

  /** Writes the whole message anew, in the first form that Teams takes. */
  async function edit(text: string, may: May | undefined): Promise<Sent> {
    while (id !== '') {
      const { form } = ways.way;
      const above = note + ways.note('edit');
      const result = await until(true, may, (unless) =>
        api.update(place, id, contentOf(above + text, form, parts.label()), unless),
      );
      if (result.ok) {
        note = above;
        ways.noted('edit');
      }
      if (result.ok || result.kind !== 'refused' || result.code === 'too-large') return sentOf(result);
      // A line that Teams let go of, and that showed no words yet, leaves the answer to a message of its own.
      if (!visible) id = '';
      else {
        const goes = afterRefusal(result);
        if (goes !== 'on') return { ...failed(result), ...(goes !== undefined && { goes }) };
      }
    }
    return post(text, may);
  }

  /** What is to become of a message that shows words, and that Teams will not have edited so. */
  function afterRefusal(refusal: TeamsRefusal): 'on' | 'another' | 'anew' | undefined {
    const isRich = ways.way.form === 'rich';
    // Somebody who may took it away: it is not put back before everybody.
    if (/^Activity/u.test(refusal.code)) return parts.isPersonal || ways.leave(FORBIDDEN) ? 'anew' : undefined;
    // Of their personal chat Teams may take another message, where it takes no edit.
    if (parts.isPersonal && refusal.status === FORBIDDEN.status) return 'another';
    if (!ways.leave(refusal)) return undefined;
    return isRich && !isOfPlace(refusal) ? 'on' : 'another';
  }

  /** Posts in the first way that Teams takes. */
  async function post(text: string, may: May | undefined): Promise<Sent> {
    let refusal: TeamsRefusal | undefined;
    for (;;) {
      const { form, where } = ways.way;
      const at = await placeOf(where);
      const above = ways.note('post');
      const reply = replyTo === undefined || where !== 'here' ? {} : { replyToId: replyTo };
      const message = { ...contentOf(above + text, form, parts.label()), ...reply };
      const result: TeamsResult =
        at === undefined ? NO_CHAT : await until(false, may, (unless) => api.send(at, message, unless));
      if (result.ok && at !== undefined) {
        [id, note, place] = [result.value, above, at];
        ways.noted('post');
      }
      if (!result.ok && result.kind === 'unreachable') lost = true;
      if (result.ok || result.kind !== 'refused' || result.code === 'too-large') return sentOf(result);
      refusal = at === undefined ? (refusal ?? result) : result;
      if (!ways.leave(result)) return sentOf(refusal);
    }
  }

  async function placeOf(where: Way['where']): Promise<BotPlace | undefined> {
    if (where === 'personal') return parts.personal();
    if (where === 'here') return parts.place;
    // The root of a channel is its conversation without the message that began the thread.
    return { ...parts.place, conversation: threadless(parts.place.conversation) };
  }

  /** Past its time, or where Teams will not stream, the message goes on as one that is edited. */
  function leavesStream(failure: TeamsFailure): boolean {
    if (failure.kind !== 'stream-time-up' && failure.kind !== 'refused') return false;
    if (failure.kind === 'refused' && failure.code === 'too-large') return false;
    mode = 'edit';
    return true;
  }

  return {
    get visible() {
      return visible;
    },
    get lost() {
      return lost;
    },
    get id() {
      return id;
    },
    async announce(words) {
      // Teams has no dots in channels. Source: github.com/MicrosoftDocs/msteams-docs/issues/1451.
      if (place.kind === 'channel') return;
      if (mode === 'edit') return void (await api.send(place, { type: 'typing' }));
      const result = await api.send(place, chunk(words, 'informative'));
      if (result.ok) id = result.value;
      else if (!leavesStream(result)) sequence = 0;
    },
    async grow(text, may) {
      if (mode === 'edit') return edit(text, may);
      const next = chunk(text, 'streaming');
      const result = await until(true, may, (unless) => api.send(place, next, unless));
      if (result.ok && id === '') id = result.value;
      if (!result.ok && leavesStream(result)) return edit(text, may);
      return sentOf(result);
    },
    async close(text, may) {
      if (mode === 'edit' || id === '') return edit(text, may);
      // What was shown stands above: a stream's last text begins with it.
      const last = (): OutgoingActivity => {
        const noted = `${text}\n\n${ways.note('edit')}`.trimEnd();
        return finalOf(ways.note('edit') === '' ? text : noted, ways.way.form, parts.label(), id);
      };
      for (;;) {
        const result = await until(true, may, (unless) => api.send(place, last(), unless));
        if (result.ok) {
          mode = 'edit';
          ways.noted('edit');
        }
        if (result.ok || result.kind !== 'refused' || result.code === 'too-large' || isOfPlace(result))
          return !result.ok && leavesStream(result) ? edit(text, may) : sentOf(result);
        const wasRich = ways.way.form === 'rich';
        if (!wasRich || !ways.leave(result)) return leavesStream(result) ? edit(text, may) : sentOf(result);
      }
    },
  };
}

function failed(failure: TeamsFailure): Sent & { readonly ok: false } {
  if (failure.kind === 'not-allowed') return { ok: false, why: 'not-allowed' };
  if (failure.kind === 'stream-stopped') return { ok: false, why: 'stopped', code: failure.kind };
  if (failure.kind !== 'refused') return { ok: false, why: 'failed', code: failure.kind };
  return { ok: false, why: failure.code === 'too-large' ? 'too-large' : 'failed', code: failure.code };
}
