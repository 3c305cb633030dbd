import { createWatch, type Watch } from '../watch';

export const APP_ID = '11111111-2222-3333-4444-555555555555';
export const SECRET = 'the-secret-of-the-bot';
export const TENANT = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee';
export const BOT = `28:${APP_ID}`;

export interface CardAction {
  readonly title: string;
  readonly data: Record<string, unknown>;
}

export interface Activity {
  readonly type: string;
  readonly text?: string;
  readonly textFormat?: string;
  readonly entities?: readonly Record<string, unknown>[];
  readonly channelData?: Record<string, unknown>;
  readonly attachments?: readonly { contentType: string; content: { body: unknown[]; actions?: CardAction[] } }[];
  readonly suggestedActions?: { readonly actions: readonly { value: string }[] };
  readonly replyToId?: string;
  readonly recipient?: { id: string; isTargeted?: boolean };
}

/** A message of the bot as it stands in a conversation now. */
export interface Shown {
  readonly id: string;
  readonly conversation: string;
  /** The account that alone sees it; undefined: everybody there. */
  readonly to: string | undefined;
  activity: Activity;
  edits: number;
  state: 'stream' | 'stopped' | 'whole';
}

export interface Member {
  readonly userRole?: string;
  readonly tenantId?: string;
  readonly name?: string;
}

/** A message that is being streamed. */
export interface OpenStream {
  readonly shown: Shown;
  sequence: number;
  readonly startedAt: number;
  lastAt: number;
  text: string;
}

/** What stands in Teams: the bot's messages, its streams, who is a member, and what the bot did that Teams refuses. */
export class TeamsState {
  readonly shown: Shown[] = [];
  /** What the bot took away again. */
  readonly removed: Shown[] = [];
  readonly streams = new Map<string, OpenStream>();
  readonly members = new Map<string, Member>();
  readonly typing: string[] = [];
  readonly breaches: string[] = [];
  readonly watch: Watch = createWatch();
  readonly #firstId: number;
  #count = 0;
  #time = 0;

  constructor(firstId: number) {
    this.#firstId = firstId;
  }

  nextId(): string {
    this.#count += 1;
    return String(this.#firstId + this.#count);
  }

  /** Teams' clock, which its ids tell as well; no two activities are of one moment. */
  nextTime(): string {
    this.#time = Math.max(this.#firstId + this.#count, this.#time + 1);
    return new Date(this.#time).toISOString();
  }

  /** Puts a message of the bot's before people. */
  show(conversation: string, activity: Activity, to: string | undefined, state: Shown['state']): Shown {
    const one: Shown = { id: this.nextId(), conversation, to, activity, edits: 0, state };
    this.shown.push(one);
    return one;
  }

  /** Teams takes an account's id of its own, and the one of the directory. */
  memberOf(id: string): Member | undefined {
    return this.members.get(id) ?? [...this.members].find(([account]) => objectIdOf(account.slice(3)) === id)?.[1];
  }
}

export function accountOf(user = 'u1'): string {
  return `29:${user}`;
}

export function objectIdOf(user: string): string {
  return `00000000-0000-0000-0000-${Buffer.from(user).toString('hex').padStart(12, '0').slice(-12)}`;
}

export function isPersonal(conversation: string): boolean {
  return conversation.startsWith('a:');
}

/** All words of a message, those on its cards among them. */
export function seen({ activity }: Shown): string {
  return [activity.text ?? '', ...(activity.attachments ?? []).map(({ content }) => wordsOf(content))].join('\n');
}

function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsOf).join('\n');
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([key, inner]) =>
      typeof inner === 'string' ? (['text', 'title'].includes(key) ? inner : '') : wordsOf(inner),
    )
    .join('\n');
}
