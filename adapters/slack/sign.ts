import { RecentMap } from '../../src/kit/recent-map';
import { pause } from '../../src/kit/wait';
import type { Sentences } from '../../src/language/shape';
import { Sign, type SignCalls } from '../kit/sign';
import type { Timers } from '../kit/timers';
import type { SlackApi } from './api';
import { createCalls } from './calls';
import { isTokenGone } from './failures';
import type { SlackRates } from './rates';

/** Where the sign stands, and for whom. */
export interface SignPlace {
  readonly channel: string;
  readonly thread: string;
  readonly user: string;
  readonly direct: boolean;
}

/** A session that Slack shows as processing, with a Stop of its own, until it is told that the answer is over. */
export interface SlackSession {
  readonly isProcessing: boolean;
  /** Slack was told in another way, with the last words. */
  ended(): void;
}

/** The sign that dejiren is at work on one question in Slack. */
export type SlackSign = Sign & { readonly session: SlackSession };

const STATUS = 'assistant.threads.setStatus';
const SESSION = 'agents.sessions.setStatus';
type Method = typeof STATUS | typeof SESSION;

/** Slack lets go of a status after two minutes without a message: "assistant.threads.setStatus", docs.slack.dev. */
const REPEAT_MS = 90_000;
/** What Slack refused is not asked for again for so long: somebody may give the app a scope meanwhile. */
const FORGET_MS = 10 * 60_000;
const PLACES = 1_000;

/** Refusals of a thread alone; those of the app and its token; all others are of the channel. */
const OF_THREAD: ReadonlySet<string> = new Set(['invalid_thread_ts', 'thread_not_found', 'message_not_found']);
const OF_APP: ReadonlySet<string> = new Set([
  'missing_scope',
  'not_allowed_token_type',
  'no_permission',
  'access_denied',
  'unknown_method',
  'method_deprecated',
  'feature_disabled',
  'feature_not_enabled',
]);

export interface SignsParts {
  readonly api: SlackApi;
  readonly rates: SlackRates;
  readonly timers: Timers;
  readonly now: () => number;
}

/** Makes the signs of one workspace. What Slack refused is remembered for a while, and costs no further call. */
export class SlackSigns {
  readonly #parts: SignsParts;
  readonly #refused = new RecentMap<string, number>(PLACES);

  constructor(parts: SignsParts) {
    this.#parts = parts;
  }

  of(place: SignPlace, words: Pick<Sentences, 'thinking' | 'stillThinking'>): SlackSign {
    const calls = new Calls({ ...this.#parts, place, words, ask: (method, args) => this.#ask(method, place, args) });
    return Object.assign(new Sign(calls, this.#parts.timers), { session: calls });
  }

  /** Makes a call where there is room for it, and Slack did not refuse the like a while ago. */
  async #ask(
    method: Method,
    place: SignPlace,
    args: Record<string, unknown>,
  ): Promise<'done' | 'unknown' | 'not-done'> {
    const { api, rates, now } = this.#parts;
    const { channel, thread } = place;
    const keys = [method, `${method} ${channel}`, `${method} ${channel} ${thread}`] as const;
    if (keys.some((key) => (this.#refused.get(key) ?? 0) > now())) return 'not-done';
    if (rates.free(method) === 0) return 'not-done';
    rates.take(method);
    const result = await api.call(method, { channel_id: channel, thread_ts: thread, ...args });
    if (result.ok) return 'done';
    if (result.kind === 'rate-limited') rates.pause(method, result.retryAfterMs);
    if (result.kind !== 'refused') return result.kind === 'unreachable' ? 'unknown' : 'not-done';
    const { code } = result;
    const key = keys[OF_APP.has(code) || isTokenGone(code) ? 0 : OF_THREAD.has(code) ? 2 : 1];
    this.#refused.set(key, now() + FORGET_MS);
    return 'not-done';
  }
}

interface CallsParts extends SignsParts {
  readonly place: SignPlace;
  readonly words: Pick<Sentences, 'thinking' | 'stillThinking'>;
  readonly ask: (method: Method, args: Record<string, unknown>) => Promise<'done' | 'unknown' | 'not-done'>;
}

/** How often it is tried again to take a sign away, where Slack did not say that it was. */
const REPEATS = 2;
const NEVER = new AbortController().signal;

/**
 * In direct messages a session that is processing: Slack then shows its own Stop as well. Elsewhere, where dejiren has a
 * Stop below its answer, and in other words when the wait is long, a status.
 */
class Calls implements SignCalls, SlackSession {
  readonly repeatMs = REPEAT_MS;
  readonly #parts: CallsParts;
  #isProcessing = false;
  #hasStatus = false;

  constructor(parts: CallsParts) {
    this.#parts = parts;
  }

  get isProcessing(): boolean {
    return this.#isProcessing;
  }

  ended(): void {
    this.#isProcessing = false;
  }

  async show(isLong: boolean): Promise<void> {
    const { place, words, ask } = this.#parts;
    if (place.direct && !isLong) {
      const done = await ask(SESSION, { status: 'processing', initiator_user_id: place.user });
      this.#isProcessing ||= done !== 'not-done';
      if (done === 'done') return;
    }
    const done = await ask(STATUS, { status: isLong ? words.stillThinking : words.thinking });
    this.#hasStatus ||= done !== 'not-done';
  }

  async clear(): Promise<void> {
    if (!this.#hasStatus) return;
    this.#hasStatus = false;
    await this.#insist(STATUS, '');
  }

  async end(): Promise<void> {
    if (!this.#isProcessing) return;
    this.#isProcessing = false;
    await this.#insist(SESSION, 'active');
  }

  /** It waits for its turn: what was shown is taken away. */
  async #insist(method: Method, status: string): Promise<void> {
    const { api, rates, place } = this.#parts;
    const calls = createCalls({ api, rates, channel: place.channel, pause, signal: NEVER });
    await calls(method, { channel_id: place.channel, thread_ts: place.thread, status }, REPEATS);
  }
}
