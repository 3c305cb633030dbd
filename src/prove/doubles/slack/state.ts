import { createFiles } from './files';
import { type Block, isRecord } from './record';

/** What the fake Slack knows: a workspace, its people, its channels and what was said. */
export interface FakeUser {
  readonly id: string;
  readonly name: string;
  /** `name` when left out, like the next. */
  readonly realName?: string;
  readonly displayName?: string;
  readonly isBot?: boolean;
  readonly isGuest?: boolean;
  /** A guest of one channel only. */
  readonly isSingleChannelGuest?: boolean;
  /** Somebody of another organisation, met in a shared channel. */
  readonly isStranger?: boolean;
  readonly team?: string;
  /** Of people in an organisation with several workspaces. */
  readonly enterpriseUser?: { readonly enterprise: string; readonly teams: readonly string[] };
  readonly locale?: string;
}

export interface FakeChannel {
  readonly id: string;
  readonly kind: 'public' | 'private' | 'im';
  /** The id in lower case when left out. */
  readonly name?: string;
  readonly isExtShared?: boolean;
  /** Who is in it, the bot's user included; everybody when left out. */
  readonly members?: readonly string[];
}

export interface FakeMessage {
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  readonly botId?: string;
  /** The workspace that it was written in. */
  readonly team: string;
  readonly threadTs?: string;
  text: string;
  blocks: readonly Block[];
  metadata?: unknown;
  subtype?: string;
  /** It takes appends. */
  streaming: boolean;
  /** When it stops to, if nobody stops it before. */
  streamEndsAt?: number;
  /** Its text was streamed, so its blocks stand below the text, not in its place. */
  streamed?: boolean;
  /** Ids of files that came with it. */
  files?: readonly string[];
  deleted: boolean;
  edited: boolean;
}

export interface Ephemeral {
  readonly messageTs: string;
  readonly channel: string;
  readonly user: string;
  readonly threadTs?: string;
  text: string;
  blocks: readonly Block[];
  deleted: boolean;
}

export interface FakeCall {
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly status: number;
  readonly error?: string;
  readonly at: number;
}

export const TEAM = 'T0FAKE';
export const BOT_USER = 'U0BOT';
export const BOT_ID = 'B0BOT';
export const APP_ID = 'A0APP';

export interface WorldOptions {
  /** The scopes of the bot's token. */
  readonly scopes: readonly string[];
  /** All channels that exist. When left out, every well-formed id is a channel that everybody is in. */
  readonly channels?: readonly FakeChannel[];
  /** Channels that the bot is no member of. */
  readonly strangerIn?: readonly string[];
  /** Whether the app is declared as an agent: others have no sessions. */
  readonly isAgent?: boolean;
  readonly streamLifeMs: number;
  readonly now: () => number;
  /** The workspace's id. */
  readonly team?: string;
  /** The second in which every message is written, in place of one a second. */
  readonly second?: number;
}

/** It is let go of after two minutes without a message. */
const STATUS_MS = 120_000;

export type World = ReturnType<typeof createWorld>;

type NewMessage = Pick<FakeMessage, 'channel' | 'user' | 'text'> & Partial<Omit<FakeMessage, 'ts' | 'team'>>;

export function createWorld(options: WorldOptions) {
  const users = new Map<string, FakeUser>();
  const channels = new Map((options.channels ?? []).map((channel) => [channel.id, channel]));
  const byTs = new Map<string, FakeMessage>();
  const byChannel = new Map<string, FakeMessage[]>();
  const ephemerals: Ephemeral[] = [];
  const statuses = new Map<string, { readonly status: string; readonly until: number }>();
  /** Of one clock with the requests that Slack signs. */
  const clock = (): number => Math.floor(options.now() / 1_000);
  let counter = 0;

  const nextTs = (): string => {
    counter += 1;
    return `${options.second ?? clock()}.${String(counter).padStart(6, '0')}`;
  };

  function channelOf(id: string): FakeChannel | undefined {
    const known = channels.get(id);
    if (known !== undefined || options.channels !== undefined || !/^[CDG][A-Z0-9]+$/u.test(id)) return known;
    const made: FakeChannel = { id, kind: id[0] === 'D' ? 'im' : id[0] === 'G' ? 'private' : 'public' };
    channels.set(id, made);
    return made;
  }

  return {
    team: options.team ?? TEAM,
    users,
    ephemerals,
    homes: new Map<string, unknown>(),
    /** The status that people see in a thread; empty where there is none, or where Slack let go of it. */
    statusIn: (channel: string, thread: string): string => {
      const one = statuses.get(`${channel}:${thread}`);
      return one === undefined || options.now() >= one.until ? '' : one.status;
    },
    setStatus(channel: string, thread: string, status: string): void {
      statuses.set(`${channel}:${thread}`, { status, until: options.now() + STATUS_MS });
    },
    /** Whether anybody sees a status anywhere. */
    hasStatus: (): boolean =>
      [...statuses.values()].some(({ status, until }) => status !== '' && options.now() < until),
    isAgent: options.isAgent ?? true,
    sessions: new Map<string, string>(),
    prompts: new Map<string, unknown>(),
    files: createFiles(),
    scopes: new Set(options.scopes),
    channelOf,
    nameChannel: (channel: FakeChannel): void => void channels.set(channel.id, channel),
    nextTs,
    /** Seconds, as Slack's events tell the time. */
    time: clock,
    next(): number {
      counter += 1;
      return counter;
    },
    isMember(id: string, user: string): boolean {
      if (user === BOT_USER && options.strangerIn?.includes(id) === true) return false;
      return channelOf(id)?.members?.includes(user) ?? true;
    },
    meet(id: string): FakeUser {
      const user = users.get(id) ?? { id, name: `name-of-${id}` };
      users.set(id, user);
      return user;
    },
    store(message: NewMessage): FakeMessage {
      const stored: FakeMessage = {
        ts: nextTs(),
        team: options.team ?? TEAM,
        blocks: [],
        streaming: false,
        deleted: false,
        edited: false,
        ...message,
      };
      // Slack takes a status away with the app's first message in its thread.
      if (stored.user === BOT_USER) statuses.delete(`${stored.channel}:${stored.threadTs ?? ''}`);
      if (stored.streaming) stored.streamEndsAt = options.now() + options.streamLifeMs;
      byTs.set(stored.ts, stored);
      const others = byChannel.get(stored.channel);
      if (others === undefined) byChannel.set(stored.channel, [stored]);
      else others.push(stored);
      return stored;
    },
    find(channel: string, ts: string): FakeMessage | undefined {
      const found = byTs.get(ts);
      if (found?.channel !== channel || found.deleted) return undefined;
      if (options.now() >= (found.streamEndsAt ?? Number.POSITIVE_INFINITY)) found.streaming = false;
      return found;
    },
    byTs(ts: string): FakeMessage {
      const found = byTs.get(ts);
      if (found === undefined) throw new Error('no such message');
      return found;
    },
    /** What stands in a channel, oldest first. */
    inChannel: (channel: string): readonly FakeMessage[] =>
      (byChannel.get(channel) ?? []).filter(({ deleted }) => !deleted),
    all: (): Iterable<FakeMessage> => byTs.values(),
    whisper(content: Omit<Ephemeral, 'messageTs' | 'deleted'>): Ephemeral {
      const ephemeral: Ephemeral = { messageTs: nextTs(), ...content, deleted: false };
      ephemerals.push(ephemeral);
      return ephemeral;
    },
  };
}

/** What a person sees of a message: its blocks where it has some, else its text; of a streamed one, both. */
export function seen(message: Pick<FakeMessage, 'text' | 'blocks' | 'streamed'>): string {
  const words = message.blocks.flatMap(wordsOf);
  const instead = message.blocks.some(({ type }) => typeof type === 'string' && BODIES.has(type));
  return [...(instead && message.streamed !== true ? [] : [message.text]), ...words]
    .filter((part) => part !== '')
    .join('\n');
}

const BODIES: ReadonlySet<string> = new Set(['markdown', 'header', 'section', 'rich_text']);

function wordsOf(block: Block): string[] {
  const own = typeof block.text === 'string' ? [block.text] : textOf(block.text);
  const fields = Array.isArray(block.fields) ? block.fields.flatMap(textOf) : [];
  const elements = Array.isArray(block.elements) ? block.elements : [];
  return [...own, ...fields, ...elements.flatMap((element: unknown) => (isRecord(element) ? wordsOf(element) : []))];
}

function textOf(value: unknown): string[] {
  return isRecord(value) && typeof value.text === 'string' ? [value.text] : [];
}
