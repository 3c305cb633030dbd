import { pause } from '../../src/chat/wait';
import type { TeamsApi, TeamsFailure, TeamsResult } from './api';
import type { BotPlace, OutgoingActivity } from './bot';

/** What closes a message of an answer: who answered, as Teams shows it. */
export interface Label {
  readonly name: string;
  readonly description: string;
}

export type Sent = { readonly ok: true } | { readonly ok: false; readonly why: 'not-allowed' } | TeamsSent;
type TeamsSent = { readonly ok: false; readonly why: 'stopped' | 'failed' | 'too-large'; readonly code: string };

export interface MessageParts {
  readonly api: Pick<TeamsApi, 'send' | 'update'>;
  readonly place: BotPlace;
  /** The message that is answered, where Teams shows it. */
  readonly replyTo: string | undefined;
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

const ATTEMPTS = 5;
const MAX_PAUSE_MS = 30_000;

/**
 * Sources: "Stream bot messages" and "Bot messages with AI-generated content", learn.microsoft.com/microsoftteams. A
 * chunk holds all of the text so far; a stream ends with a final message, or, once its two minutes are over, goes on
 * as an edit of the same message.
 */
export function createReplyMessage(parts: MessageParts, streams: boolean): ReplyMessage {
  const { api, place, replyTo, signal } = parts;
  let mode: 'stream' | 'edit' = streams ? 'stream' : 'edit';
  let id = '';
  let sequence = 0;
  let visible = false;
  let lost = false;

  const entities = (): readonly unknown[] => [
    {
      type: 'https://schema.org/Message',
      '@type': 'Message',
      '@context': 'https://schema.org',
      '@id': '',
      additionalType: ['AIGeneratedContent'],
      usageInfo: { type: 'https://schema.org/Message', '@type': 'CreativeWork', ...parts.label() },
    },
  ];

  const whole = (text: string): OutgoingActivity => ({
    type: 'message',
    text,
    textFormat: 'markdown',
    entities: entities(),
    channelData: { feedbackLoop: { type: 'default' } },
  });

  const chunk = (text: string, streamType: 'informative' | 'streaming'): OutgoingActivity => {
    sequence += 1;
    const info = { streamType, streamSequence: sequence, ...(id !== '' && { streamId: id }) };
    return { type: 'typing', text, entities: [{ type: 'streaminfo', ...info }], channelData: info };
  };

  /** Makes a call until Teams takes it. A call that may have been taken is made again only where that does no harm. */
  async function until(
    harmless: boolean,
    may: May | undefined,
    call: (unless: AbortSignal | undefined) => Promise<TeamsResult>,
  ): Promise<TeamsResult> {
    const unless = may === undefined ? undefined : signal;
    let result: TeamsResult = { ok: false, kind: 'unreachable' };
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      if (may !== undefined && attempt > 1 && !(await may())) return { ok: false, kind: 'not-allowed' };
      result = await call(unless);
      if (result.ok || (result.kind !== 'later' && result.kind !== 'unreachable')) return result;
      if (result.kind === 'unreachable' && !harmless) return result;
      const waitMs = result.kind === 'later' ? Math.min(result.retryAfterMs, MAX_PAUSE_MS) : 500 * 2 ** attempt;
      if (attempt < ATTEMPTS) await pause(waitMs, unless);
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

  async function edit(text: string, may: May | undefined): Promise<Sent> {
    if (id !== '') {
      const result = await until(true, may, (unless) => api.update(place, id, whole(text), unless));
      // A line that Teams let go of, and that showed no words yet, leaves the answer to a message of its own.
      if (result.ok || result.kind !== 'refused' || result.code === 'too-large' || visible) return sentOf(result);
      id = '';
      if (may !== undefined && !(await may())) return { ok: false, why: 'not-allowed' };
    }
    const reply = replyTo === undefined ? {} : { replyToId: replyTo };
    const result = await until(false, may, (unless) => api.send(place, { ...whole(text), ...reply }, unless));
    if (result.ok) id = result.value;
    else if (result.kind === 'unreachable') lost = true;
    return sentOf(result);
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
      if (!(await may())) return { ok: false, why: 'not-allowed' };
      if (mode === 'edit') return edit(text, may);
      const next = chunk(text, 'streaming');
      const result = await until(true, may, (unless) => api.send(place, next, unless));
      if (result.ok && id === '') id = result.value;
      if (!result.ok && leavesStream(result)) return edit(text, may);
      return sentOf(result);
    },
    async close(text, may) {
      if (may !== undefined && !(await may())) return { ok: false, why: 'not-allowed' };
      if (mode === 'edit' || id === '') return edit(text, may);
      const info = { streamType: 'final', streamId: id };
      const final = whole(text);
      const last = {
        ...final,
        entities: [{ type: 'streaminfo', ...info }, ...entities()],
        channelData: { ...info, feedbackLoop: { type: 'default' } },
      };
      const result = await until(true, may, (unless) => api.send(place, last, unless));
      if (result.ok) mode = 'edit';
      if (!result.ok && leavesStream(result)) return edit(text, may);
      return sentOf(result);
    },
  };
}

function failed(failure: TeamsFailure): Sent {
  if (failure.kind === 'not-allowed') return { ok: false, why: 'not-allowed' };
  if (failure.kind === 'stream-stopped') return { ok: false, why: 'stopped', code: failure.kind };
  if (failure.kind !== 'refused') return { ok: false, why: 'failed', code: failure.kind };
  return { ok: false, why: failure.code === 'too-large' ? 'too-large' : 'failed', code: failure.code };
}
