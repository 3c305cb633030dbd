import { z } from 'zod';
import type { ThreadMessage, ThreadReading } from '../../src/chat/adapter';
import type { MessageRef, TenantId, Turn, Utterance } from '../../src/chat/turn';
import { sealText } from '../../src/text/text';
import type { SlackApi } from './api';
import { type MessagePayload, messagePayload } from './payloads';
import type { People } from './people';
import type { SlackRates } from './rates';
import { slackPerson, standingOf } from './turn';
import { readUtterance } from './utterance';

export interface HistoryParts {
  readonly api: SlackApi;
  readonly rates: SlackRates;
  readonly people: People;
  /** Known once Slack has been asked who dejiren is. */
  readonly self: () => { readonly userId: string; readonly botId: string | undefined };
}

export interface History {
  /** Messages of the turn's thread before its question, oldest first. */
  readThread(turn: Turn, limit: number, signal: AbortSignal): Promise<ThreadReading>;
  /** One message as it stands now; undefined when it is gone, or may not be read. */
  readMessage(ref: MessageRef): Promise<MessagePayload | undefined>;
}

const WAIT_MS = 5_000;
/** Slack gives at most so many at a time, and answers slowly with more. */
const MOST = 200;
const page = z.object({ messages: z.array(z.unknown()).default([]) });

/** Reads Slack's own record at request time; nothing of it is kept. */
export function createHistory({ api, rates, people, self }: HistoryParts): History {
  async function read(
    method: 'conversations.replies' | 'conversations.history',
    args: Record<string, unknown>,
  ): Promise<readonly MessagePayload[] | 'not-permitted' | 'failed'> {
    const wait = rates.take(method);
    if (wait > WAIT_MS) return 'failed';
    await pause(wait);
    const result = await api.call(method, { ...args, include_all_metadata: true });
    if (!result.ok)
      return result.kind === 'refused' && /scope|not_in_channel|channel_not_found|not_allowed/u.test(result.code)
        ? 'not-permitted'
        : 'failed';
    const parsed = page.safeParse(result.body);
    if (!parsed.success) return 'failed';
    return parsed.data.messages.flatMap((raw) => {
      const message = messagePayload.safeParse(raw);
      return message.success ? [message.data] : [];
    });
  }

  async function threadMessage(message: MessagePayload, tenant: TenantId): Promise<ThreadMessage | undefined> {
    const { userId, botId } = self();
    const own = message.user === userId || (botId !== undefined && message.bot_id === botId);
    if (own) return ownAnswer(message);
    if (message.subtype !== undefined && !SPOKEN.has(message.subtype)) return undefined;
    const said = readUtterance(message.text, userId);
    const author = message.user ?? message.bot_id ?? 'UNKNOWN';
    const known = message.user === undefined ? undefined : await people.find(message.user, tenant);
    const given = [
      message.username,
      message.user_profile?.display_name,
      message.user_profile?.real_name,
      message.user_profile?.name,
    ];
    const names = given.flatMap((name) => (name === undefined || name === '' ? [] : [sealText(name)]));
    const standing = standingOf(message, tenant);
    return {
      kind: 'person',
      author: slackPerson(tenant, author, standing === 'member' ? (known?.standing ?? standing) : standing),
      names: [...names, ...(known?.names ?? [])],
      said,
    };
  }

  return {
    async readThread(turn, limit, signal) {
      const { conversation, message, person } = turn;
      if (isRoot(turn.message)) return { kind: 'read', messages: [] };
      const work = read('conversations.replies', { channel: conversation.id, ts: conversation.thread, limit: MOST });
      const found = await raced(work, signal);
      if (found === 'not-permitted' || found === 'failed') return { kind: 'unavailable', reason: found };
      const before = [...found]
        .filter(({ ts }) => Number(ts) < Number(message.message))
        .sort((one, other) => Number(one.ts) - Number(other.ts))
        .slice(-limit);
      const messages = await Promise.all(before.map((one) => threadMessage(one, person.tenant)));
      return { kind: 'read', messages: messages.flatMap((one) => one ?? []) };
    },
    async readMessage(ref) {
      const { conversation: channel, thread, message } = ref;
      const exactly = { channel, latest: message, oldest: message, inclusive: true };
      const found = isRoot(ref)
        ? await read('conversations.history', { ...exactly, limit: 1 })
        : await read('conversations.replies', { ...exactly, ts: thread, limit: 10 });
      return typeof found === 'string' ? undefined : found.find(({ ts }) => ts === message);
    },
  };
}

/** Whether a message is the first of its thread: nothing was said there before. */
function isRoot({ thread, message }: { readonly thread: string; readonly message: string }): boolean {
  return thread === message;
}

/** Subtypes that are still somebody speaking. */
const SPOKEN: ReadonlySet<string> = new Set(['thread_broadcast', 'file_share', 'me_message', 'bot_message']);

/** Of dejiren's own messages only answers count: cards and notes carry no such metadata. */
function ownAnswer(message: MessagePayload): ThreadMessage | undefined {
  if (message.metadata?.event_type !== 'dejiren_answer') return undefined;
  const { asker } = message.metadata.event_payload;
  return { kind: 'answer', asker: typeof asker === 'string' ? asker : undefined, said: wordsOf(message) };
}

function wordsOf(message: MessagePayload): Utterance {
  const markdown = (message.blocks ?? []).flatMap((block) =>
    block.type === 'markdown' && typeof block.text === 'string' ? [block.text] : [],
  );
  if (markdown.length > 0) return { text: sealText(markdown.join('\n')), mentions: [] };
  return readUtterance(message.text, '');
}

function pause(ms: number): Promise<void> {
  return ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
}

function raced<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result | 'failed'> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('failed'), WAIT_MS);
    const give = (result: Result | 'failed'): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', fail);
      resolve(result);
    };
    const fail = (): void => give('failed');
    signal.addEventListener('abort', fail, { once: true });
    work.then(give, fail);
  });
}
