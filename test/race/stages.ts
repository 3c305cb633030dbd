import { webApi } from '@slack/bolt';
import { TIMERS } from '../../adapters/kit/timers';
import { withholding } from '../../adapters/kit/withhold';
import { createRoom } from '../../adapters/local/room';
import { createSurface } from '../../adapters/local/surface';
import type { PlatformId } from '../../adapters/registry';
import { createSlackApi } from '../../adapters/slack/api';
import { createSlackRates } from '../../adapters/slack/rates';
import { SlackSigns } from '../../adapters/slack/sign';
import { surfaceOf as slackSurface } from '../../adapters/slack/surface';
import { createTeamsApi } from '../../adapters/teams/api';
import { createAttributions } from '../../adapters/teams/attributions';
import { type Bot, createBot } from '../../adapters/teams/bot';
import { createMemory, type Memory } from '../../adapters/teams/memory';
import { surfaceOf as teamsSurface } from '../../adapters/teams/surface';
import type { ConsentPerson } from '../../src/consent/consent';
import type { TurnInbox, TurnSurface } from '../../src/model/adapter';
import { openText } from '../../src/model/text';
import type { Turn } from '../../src/model/turn';
import { quietLog } from '../support/consent';

/** What a chat answers a call with. */
export type Answer = 'taken' | 'refused' | 'busy' | 'lost' | 'lost-but-taken';

export interface StageParts {
  readonly inbox: TurnInbox;
  /** Told of a call in the tick in which it goes to the wire, with all the words that it carries. */
  readonly onCall: (words: string) => void;
  /** Resolves when the chat answers. */
  readonly answer: (call: string) => Promise<Answer>;
  /** Stands before the bot's token is there. */
  readonly token: () => Promise<void>;
}

/** One chat platform: the real adapter's surface and reply, the real SDK, and a chat in this process. */
export interface Stage {
  surface(turn: Turn): TurnSurface;
  /** What stands in the chat now, model text and sentences. */
  shown(): string;
  forget(person: ConsentPerson): void;
  /** What is remembered of a person's turn. */
  recalled(turn: Turn): number;
}

export const STAGES: Readonly<Record<PlatformId, (parts: StageParts) => Promise<Stage>>> = {
  slack: openSlack,
  teams: openTeams,
  local: openLocal,
};

interface Message {
  words: string;
  open: boolean;
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}

function wordsIn(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  return Object.values(value).map(wordsIn).join('\n');
}

async function openSlack({ inbox, onCall, answer }: StageParts): Promise<Stage> {
  const messages = new Map<string, Message>();
  const whispers: string[] = [];
  let last = 100;

  const done = (method: string, args: Readonly<Record<string, string>>): Response => {
    const { ts = '', markdown_text: piece = '', blocks = '', text = '' } = args;
    const message = messages.get(ts);
    switch (method) {
      case 'chat.startStream':
      case 'chat.postMessage': {
        last += 1;
        messages.set(`${last}.0`, { words: piece + blocks, open: method === 'chat.startStream' });
        return json(200, { ok: true, ts: `${last}.0` });
      }
      case 'chat.appendStream':
      case 'chat.stopStream':
        if (message?.open !== true) return json(200, { ok: false, error: 'message_not_in_streaming_state' });
        message.words += piece + blocks;
        message.open = method === 'chat.appendStream';
        return json(200, { ok: true });
      case 'chat.update':
        if (message === undefined) return json(200, { ok: false, error: 'message_not_found' });
        message.words = blocks;
        return json(200, { ok: true, ts });
      case 'chat.postEphemeral':
        whispers.push(text);
        return json(200, { ok: true });
      case 'conversations.replies':
        return json(200, { ok: true, messages: [] });
      default:
        return json(200, { ok: true });
    }
  };

  const send: typeof fetch = async (input, init) => {
    const method = new URL(String(input)).pathname.split('/').at(-1) ?? '';
    const args = Object.fromEntries(new URLSearchParams(String(init?.body ?? '')));
    onCall(Object.values(args).join('\n'));
    const how = await answer(method);
    if (how === 'lost') throw new TypeError('fetch failed');
    if (how === 'busy') return json(429, {}, { 'retry-after': '1' });
    if (how === 'refused') return json(200, { ok: false, error: 'internal_error' });
    const response = done(method, args);
    if (how === 'lost-but-taken') throw new TypeError('fetch failed');
    return response;
  };
  const silent = (): void => {};
  const client = new webApi.WebClient('xoxb', {
    slackApiUrl: 'http://slack.invalid/api/',
    fetch: withholding(send),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    maxRequestConcurrency: Number.POSITIVE_INFINITY,
    logger: {
      debug: silent,
      info: silent,
      warn: silent,
      error: silent,
      setLevel: silent,
      setName: silent,
      getLevel: () => webApi.LogLevel.ERROR,
    },
  });
  const api = createSlackApi({ apiCall: (method, args) => client.apiCall(method, args) }, quietLog);
  const rates = createSlackRates(Date.now);
  const workspace = {
    api,
    rates,
    signs: new SlackSigns({ api, rates, timers: TIMERS, now: Date.now }),
    traffic: { streaming: 0, editing: 0 },
    history: { findOwn: async () => undefined },
    self: () => ({ userId: 'U0', botId: 'B0', scopes: new Set<string>() }),
    inbox,
  };
  return {
    surface: (turn) => slackSurface(turn, workspace as never),
    shown: () => [...messages.values()].map(({ words }) => words).join('\n'),
    forget() {},
    recalled: () => 0,
  };
}

const teamsNow: { parts: StageParts | undefined; send: typeof fetch | undefined } = {
  parts: undefined,
  send: undefined,
};
let teamsBot: Promise<Bot> | undefined;

async function openTeams(parts: StageParts): Promise<Stage> {
  const messages = new Map<string, Message>();
  let last = 0;
  teamsNow.parts = parts;
  teamsNow.send = async (_input, init) => {
    const body: unknown = JSON.parse(String(init?.body ?? '{}'));
    const { text = '', attachments, channelData, type } = Object(body);
    const words = `${text}${wordsIn(attachments)}`;
    parts.onCall(words);
    const how = await parts.answer(`${init?.method} ${type}`);
    if (how === 'lost') throw new TypeError('fetch failed');
    if (how === 'busy') return json(429, {}, { 'retry-after': '1' });
    if (how === 'refused') return json(403, { error: { code: 'Forbidden', message: 'no' } });
    const path = new URL(String(_input)).pathname.split('/');
    const id: string = init?.method === 'PUT' ? (path.at(-1) ?? '') : (channelData?.streamId ?? `m${++last}`);
    if (type === 'message' || channelData?.streamType === 'streaming') messages.set(id, { words, open: false });
    if (how === 'lost-but-taken') throw new TypeError('fetch failed');
    return json(200, { id });
  };
  const sendNow: typeof fetch = (input, init) => teamsNow.send?.(input, init) ?? Promise.reject(new TypeError('none'));
  teamsBot ??= createBot({
    appId: 'app',
    token: async () => {
      await teamsNow.parts?.token();
      return 'token';
    },
    fetch: withholding(sendNow),
  });
  const bot = await teamsBot;
  const memory: Memory = createMemory({ turns: 8, minutes: 15 }, Date.now);
  const api = createTeamsApi({ bot, token: undefined, fetch: sendNow, log: quietLog });
  const attributions = createAttributions();
  const room = { api, memory, attributions, history: undefined, fetch: sendNow, inbox: parts.inbox, timers: TIMERS };
  return {
    surface(turn) {
      const place = {
        serviceUrl: 'http://teams.invalid/',
        conversation: turn.conversation.id,
        kind: turn.conversation.kind === 'direct' ? ('personal' as const) : ('channel' as const),
        bot: '28:bot',
      };
      const where = { place, account: '29:one', team: undefined };
      return teamsSurface({ turn, where, targeted: false, files: [] }, room as never);
    },
    shown: () => [...messages.values()].map(({ words }) => words).join('\n'),
    forget: (person) => memory.forget(person),
    recalled: (turn) => memory.recall(turn).length,
  };
}

async function openLocal({ onCall }: StageParts): Promise<Stage> {
  const room = createRoom({
    changed() {},
    grew: (entry) => onCall(entry.pieces.map(openText).join('')),
    removed() {},
  });
  return {
    surface: (turn) => createSurface(turn, { room, now: Date.now, timers: TIMERS }),
    shown: () =>
      room.conversations
        .flatMap((id) => room.entries(id))
        .map((entry) => (entry.kind === 'answer' ? entry.pieces.map(openText).join('') + (entry.ending ?? '') : ''))
        .join('\n'),
    forget() {},
    recalled: () => 0,
  };
}
