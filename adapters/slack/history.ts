import { z } from 'zod';
import { pause, within } from '../../src/kit/wait';
import type { ThreadMessage, ThreadReading } from '../../src/model/adapter';
import { sealText } from '../../src/model/text';
import type { MessageRef, Person, TenantId, Turn } from '../../src/model/turn';
import type { SlackApi } from './api';
import { wordsOfAnswer, wordsOfMessage } from './message-words';
import { exactMembership, type Organisation } from './organisation';
import { type MessagePayload, messagePayload } from './payloads';
import { type KnownPerson, NOBODY, type People } from './people';
import type { SlackRates } from './rates';
import { createThreadReader, type Refusal, type ThreadPage } from './thread-reader';
import { shownOf, slackPerson } from './turn';

export interface HistoryParts {
  readonly api: SlackApi;
  readonly rates: SlackRates;
  readonly people: People;
  readonly organisation: Pick<Organisation, 'enterpriseOf'>;
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
/** For asking who wrote what was read. */
const AUTHORS_MS = 3_000;
/**
 * Of so many authors of one thread Slack is asked who they are, where it may be: it allows few such calls. The rest stay
 * unknown, and their words withheld.
 */
const MOST_ASKED = 40;
/** Slack gives at most so many at a time, and answers slowly with more. */
const MOST = 200;
const page = z.object({
  messages: z.array(z.unknown()).default([]),
  response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
});

type Reading<Found> = Found | Refusal;

/** Reads Slack's own record at request time; nothing of it is kept. */
export function createHistory({ api, rates, people, organisation, self }: HistoryParts): History {
  async function read(
    method: 'conversations.replies' | 'conversations.history',
    args: Record<string, unknown>,
    signal?: AbortSignal,
  ): Promise<Reading<ThreadPage>> {
    const wait = rates.take(method, WAIT_MS);
    if (wait === Number.POSITIVE_INFINITY) return 'failed';
    await pause(wait, signal);
    if (signal?.aborted === true) return 'failed';
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
      next: next || undefined,
    };
  }

  const isOwn = (message: MessagePayload): boolean => {
    const { userId, botId } = self();
    return message.user === userId || (botId !== undefined && message.bot_id === botId);
  };

  /** Asks Slack who wrote a thread: about the asker, and so many others. */
  function createAuthors({ tenant, id: asker }: Person): (user: string) => Promise<KnownPerson> {
    const asked = new Set<string>([asker]);
    return async (user) => {
      if (asked.has(user) || asked.size <= MOST_ASKED) {
        asked.add(user);
        return people.find(user, tenant);
      }
      const maySlackBeAsked = (await people.find(asker, tenant)) !== NOBODY;
      return maySlackBeAsked ? { ...NOBODY, membership: 'unknown' } : NOBODY;
    };
  }

  async function threadMessage(
    message: MessagePayload,
    tenant: TenantId,
    sharedExternally: boolean,
    find: (user: string) => Promise<KnownPerson>,
  ): Promise<ThreadMessage | undefined> {
    if (isOwn(message)) return ownAnswer(message);
    if (message.subtype !== undefined && !SPOKEN.has(message.subtype)) return undefined;
    const said = wordsOfMessage(message, self().userId);
    const author = message.user ?? message.bot_id ?? 'UNKNOWN';
    const given = [
      message.username,
      message.user_profile?.display_name,
      message.user_profile?.real_name,
      message.user_profile?.name,
    ];
    const names = given.flatMap((name) => (name ? [sealText(name)] : []));
    const shown = shownOf(message, { tenant, enterprise: organisation.enterpriseOf(tenant) }, sharedExternally);
    const user = shown.membership === 'bot' ? undefined : message.user;
    const known = user === undefined ? NOBODY : await find(user);
    return {
      kind: 'person',
      author: slackPerson(tenant, author, user === undefined ? 'bot' : exactMembership(shown, known)),
      names: [...names, ...known.names],
      said,
    };
  }

  return {
    async readThread(turn, limit, signal) {
      const { conversation, message, person } = turn;
      if (isRoot(turn.message)) return { kind: 'read', messages: [] };
      const { thread: ts, id: channel } = conversation;
      const place = { channel, ts, latest: message.message, limit: MOST, inclusive: true };
      const deadline = AbortSignal.any([signal, AbortSignal.timeout(WAIT_MS)]);
      // What was read by then counts.
      const reader = createThreadReader(message.message, (wish) =>
        within(read('conversations.replies', { ...place, ...wish }, deadline), WAIT_MS, 'failed', deadline),
      );
      const find = createAuthors(person);
      const next = async (): Promise<ThreadReading> => {
        const found = await reader.read(limit);
        if (typeof found === 'string') return { kind: 'unavailable', reason: found };
        // Those who spoke last are asked about first.
        const newestFirst = await Promise.all(
          found.toReversed().map((one) => threadMessage(one, person.tenant, conversation.sharedExternally, find)),
        );
        return {
          kind: 'read',
          messages: newestFirst.toReversed().flatMap((one) => one ?? []),
          ...(reader.more && { older: () => inTime(next()) }),
        };
      };
      const inTime = (work: Promise<ThreadReading>): Promise<ThreadReading> =>
        within(work, WAIT_MS + AUTHORS_MS, { kind: 'unavailable', reason: 'failed' }, signal);
      return inTime(next());
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
  return { kind: 'answer', asker: typeof asker === 'string' ? asker : undefined, said: wordsOfAnswer(message) };
}
