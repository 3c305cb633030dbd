/** What the fake Slack knows: a workspace, its people, its channels and what was said. */
export interface FakeUser {
  readonly id: string;
  readonly name: string;
  readonly isBot?: boolean;
  readonly isGuest?: boolean;
  readonly team?: string;
}

export interface FakeMessage {
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  readonly botId?: string;
  readonly threadTs?: string;
  text: string;
  blocks: readonly Record<string, unknown>[];
  metadata?: unknown;
  subtype?: string;
  streaming: boolean;
  deleted: boolean;
  edited: boolean;
}

export interface Ephemeral {
  readonly channel: string;
  readonly user: string;
  readonly threadTs?: string;
  text: string;
  blocks: readonly Record<string, unknown>[];
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

/** What a person sees of a message: its blocks where it has some, else its text. */
export function seen(message: Pick<FakeMessage, 'text' | 'blocks'>): string {
  const words = message.blocks.flatMap(wordsOf);
  const body = message.blocks.some(({ type }) => type === 'markdown' || type === 'header' || type === 'section');
  return [...(body ? [] : [message.text]), ...words].filter((part) => part !== '').join('\n');
}

function wordsOf(block: Record<string, unknown>): string[] {
  const text = block.text;
  const own = typeof text === 'string' ? [text] : textOf(text);
  const elements = Array.isArray(block.elements) ? block.elements : [];
  return [...own, ...elements.flatMap((element: unknown) => (isRecord(element) ? wordsOf(element) : []))];
}

function textOf(value: unknown): string[] {
  return isRecord(value) && typeof value.text === 'string' ? [value.text] : [];
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
