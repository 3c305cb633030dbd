import { type Block, isRecord } from './record';

/** The arguments of a Web API call, its JSON fields already read. */
export type Args = Readonly<Record<string, unknown>>;
export type Answer = Readonly<Record<string, unknown>>;

export const fail = (error: string, more: Answer = {}): Answer => ({ ok: false, error, ...more });
export const word = (value: unknown): string => (typeof value === 'string' ? value : '');
export const truth = (value: unknown): boolean => String(value) === 'true';
export const key = (channel: unknown, ts: unknown): string => `${word(channel)}:${word(ts)}`;
export const blocksIn = (value: unknown): readonly Block[] => (Array.isArray(value) ? value.filter(isRecord) : []);

const SESSION_STATUSES: ReadonlySet<string> = new Set(['active', 'processing', 'suspended', 'closed']);

/** Source: "agents.sessions.setStatus", docs.slack.dev. */
export function isSessionStatus(value: unknown): boolean {
  return SESSION_STATUSES.has(word(value));
}

/** Fields that the SDK sends as JSON inside a form: `serializeBody` in WebClient.js of @slack/web-api 8. */
const JSON_FIELDS: ReadonlySet<string> = new Set([
  'blocks',
  'attachments',
  'metadata',
  'prompts',
  'view',
  'chunks',
  'loading_messages',
]);

/** Reads a form or JSON body; a field whose JSON is broken stays a string, which no method takes. */
export function argsOf(raw: string, type: string): Args {
  if (type.startsWith('application/json')) {
    const content = jsonOf(raw);
    return isRecord(content) ? content : {};
  }
  return Object.fromEntries(
    [...new URLSearchParams(raw)].map(([name, value]) => [name, JSON_FIELDS.has(name) ? jsonOf(value) : value]),
  );
}

/** The value that a JSON text tells; the text itself where it is none. */
export function jsonOf(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return raw;
  }
}
