import { createHash } from 'node:crypto';
import type { Input, ToldAt } from '../../src/consent/input';
import type { Envelope } from './payloads';

/**
 * What an activity is known by, however often it is delivered: Teams gives each an id, and tells when it was done.
 * Edits and deletions have the id of their message, and so are known by their time as well.
 * Source: "Activity" (id, timestamp), Bot Connector API.
 */
export function inputOf(activity: Envelope, type = activity.type): Input {
  const told = toldAt(activity);
  const id = idOf(activity, type, told);
  return { id, ...(told !== undefined && { told }) };
}

const OF_A_MESSAGE: ReadonlySet<string> = new Set(['messageUpdate', 'messageDelete']);

function idOf({ id, conversation, from, timestamp }: Envelope, type: string, told: ToldAt | undefined) {
  const place = `${type}:${conversation.id}`;
  if (OF_A_MESSAGE.has(type)) return told && `${place}:${id ?? ''}:${timestamp}`;
  if (id !== undefined) return `${place}:${id}`;
  return told && `${place}:${from.id}:${timestamp}`;
}

/** A press, by what was pressed as well: an id alone might be that of the card. */
export function pressInput(
  activity: Envelope & { readonly replyToId?: string | null | undefined },
  data: unknown,
): Input {
  const { id, told } = inputOf(activity);
  const pressed = createHash('sha256').update(JSON.stringify([activity.from.id, activity.replyToId, data]));
  return { id: id && `${id}:${pressed.digest('base64url')}`, ...(told !== undefined && { told }) };
}

function toldAt({ timestamp }: Envelope): ToldAt | undefined {
  const at = Date.parse(timestamp ?? '') / 1_000;
  return Number.isNaN(at) ? undefined : { clock: 'activity', at, live: false };
}
