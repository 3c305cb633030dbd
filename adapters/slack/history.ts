import { z } from 'zod';
import type { ThreadMessage, ThreadReading } from '../../src/chat/adapter';
import type { MessageRef, TenantId, Turn, Utterance } from '../../src/chat/turn';
import { pause, within } from '../../src/chat/wait';
import { sealText } from '../../src/text/text';
import type { SlackApi } from './api';
import { type MessagePayload, messagePayload } from './payloads';
import type { People } from './people';
import type { SlackRates } from './rates';
import { wordsOfRichText } from './rich-text';
import { exactStanding, slackPerson, standingOf } from './turn';
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
  /** The id of a message of dejiren's own that says exactly this, posted in a thread after another message. */
  findOwn(wanted: {
    readonly channel: string;
    readonly thread: string;
    readonly after: string;
    readonly text: string;
  }): Promise<string | undefined>;
}

const WAIT_MS = 5_000;
/** Slack gives at most so many at a time, and answers slowly with more. */
const MOST = 200;
/** Slack tells a thread from its beginning; what came right before the question is on the last page. */
const PAGES = 10;
const page = z.object({
  messages: z.array(z.unknown()).default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

type Reading<Found> = Found | 'not-permitted' | 'failed';
interface Page {
  readonly messages: readonly MessagePayload[];
  /** Undefined on the last page. */
  readonly next: string | undefined;
}

/** Reads Slack's own record at request time; nothing of it is kept. */
export function createHistory({ api, rates, people, self }: HistoryParts): History {
  async function read(
    method: 'conversations.replies' | 'conversations.history',
    args: Record<string, unknown>,
  ): Promise<Reading<Page>> {
    const wait = rates.take(method, WAIT_MS);
    if (wait === Number.POSITIVE_INFINITY) return 'failed';
    await pause(wait);
    const result = await api.call(method, { ...args, include_all_metadata: true });
    if (!result.ok && result.kind === 'rate-limited') rates.pause(method, result.retryAfterMs);
    if (!result.ok)
      return result.kind === 'refused' && /scope|not_in_channel|channel_not_found|not_allowed/u.test(result.code)
        ? 'not-permitted'
        : 'failed';
    const parsed = page.safeParse(result.body);
    if (!parsed.success) return 'failed';
    const next = parsed.data.response_metadata?.next_cursor;
    return {
      messages: parsed.data.messages.flatMap((raw) => {
        const message = messagePayload.safeParse(raw);
        return message.success ? [message.data] : [];
      }),
      next: next === '' ? undefined : next,
    };
  }

  /** The newest messages of a thread up to one of them, oldest first: the last two pages hold more than is asked for. */
  async function readUpTo(
    thread: Record<string, unknown>,
    latest: string,
    signal: AbortSignal,
  ): Promise<Reading<readonly MessagePayload[]>> {
    let found: readonly MessagePayload[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages < PAGES && !signal.aborted; pages += 1) {
      const more = cursor === undefined ? {} : { cursor };
      const one = await read('conversations.replies', { ...thread, latest, limit: MOST, ...more });
      if (typeof one === 'string') return one;
      found = [...found.slice(-MOST), ...one.messages];
      cursor = one.next;
      if (cursor === undefined) return found;
    }
    return 'failed';
  }

  const isOwn = (message: MessagePayload): boolean => {
    const { userId, botId } = self();
    return message.user === userId || (botId !== undefined && message.bot_id === botId);
  };

  async function threadMessage(
    message: MessagePayload,
    tenant: TenantId,
    sharedExternally: boolean,
  ): Promise<ThreadMessage | undefined> {
    if (isOwn(message)) return ownAnswer(message);
    if (message.subtype !== undefined && !SPOKEN.has(message.subtype)) return undefined;
    const said = readUtterance(message.text, self().userId);
    const author = message.user ?? message.bot_id ?? 'UNKNOWN';
    const known = message.user === undefined ? undefined : await people.find(message.user, tenant);
    const given = [
      message.username,
      message.user_profile?.display_name,
      message.user_profile?.real_name,
      message.user_profile?.name,
    ];
    const names = given.flatMap((name) => (name === undefined || name === '' ? [] : [sealText(name)]));
    const shown = standingOf(message, tenant, sharedExternally);
    return {
      kind: 'person',
      author: slackPerson(tenant, author, exactStanding(shown, known?.standing)),
      names: [...names, ...(known?.names ?? [])],
      said,
    };
  }

  return {
    async readThread(turn, limit, signal) {
      const { conversation, message, person } = turn;
      if (isRoot(turn.message)) return { kind: 'read', messages: [] };
      const thread = { channel: conversation.id, ts: conversation.thread };
      const work = readUpTo(thread, message.message, signal).then(async (found): Promise<ThreadReading> => {
        if (typeof found === 'string') return { kind: 'unavailable', reason: found };
        const before = [...found]
          .filter(({ ts }) => Number(ts) < Number(message.message))
          .sort((one, other) => Number(one.ts) - Number(other.ts))
          .slice(-limit);
        const messages = await Promise.all(
          before.map((one) => threadMessage(one, person.tenant, conversation.sharedExternally)),
        );
        return { kind: 'read', messages: messages.flatMap((one) => one ?? []) };
      });
      return within(work, WAIT_MS, { kind: 'unavailable', reason: 'failed' } as const, signal);
    },
    async readMessage(ref) {
      const { conversation: channel, thread, message } = ref;
      const exactly = { channel, latest: message, oldest: message, inclusive: true };
      const found = isRoot(ref)
        ? await read('conversations.history', { ...exactly, limit: 1 })
        : await read('conversations.replies', { ...exactly, ts: thread, limit: 10 });
      return typeof found === 'string' ? undefined : found.messages.find(({ ts }) => ts === message);
    },
    async findOwn({ channel, thread, after, text }) {
      const found = await read('conversations.replies', { channel, ts: thread, oldest: after, limit: MOST });
      if (typeof found === 'string') return undefined;
      return found.messages.find((one) => isOwn(one) && Number(one.ts) > Number(after) && one.text === text)?.ts;
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
  const words = (message.blocks ?? []).flatMap((block) => {
    if (block.type === 'rich_text') return [wordsOfRichText(block)];
    return block.type === 'markdown' && typeof block.text === 'string' ? [block.text] : [];
  });
  if (words.length > 0) return { text: sealText(words.join('\n')), mentions: [] };
  return readUtterance(message.text, '');
}
