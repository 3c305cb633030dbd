import type { Oddity } from './oddity';
import { createEventDecoder, type SentEvent } from './server-sent-events';

/** What stands on a vendor's wire, event by event. */
export type WireEvent =
  /** `name` is the event's own, or empty. */
  | { readonly kind: 'value'; readonly name: string; readonly value: unknown }
  /** `[DONE]`: nothing comes after it. */
  | { readonly kind: 'done' }
  /** The server is there, and says nothing. */
  | { readonly kind: 'alive' }
  /** JSON that is not whole: words may be lost. */
  | { readonly kind: 'broken' }
  | { readonly kind: 'odd'; readonly oddity: Oddity };

/** An object or a list: not `[INFO] ready`. */
const BEGUN_JSON = /^(?:\{\s*(?:"|$)|\[\s*(?:[{["]|$))/u;
const ALIVE: WireEvent = { kind: 'alive' };
const DONE: WireEvent = { kind: 'done' };
const BROKEN: WireEvent = { kind: 'broken' };
const NOT_JSON: WireEvent = { kind: 'odd', oddity: 'not-json' };
const UNKNOWN_LINE: WireEvent = { kind: 'odd', oddity: 'unknown-line' };

/**
 * The events of a vendor's answer: server-sent events or, whatever its headers say, JSON in their place. It is read
 * here and not by the vendors' SDKs: those end at the first event that they do not understand, hide signs of life,
 * and throw errors that hold the vendor's words. Throws `protocol` where the body is a page.
 */
export async function* wireEventsOf(body: AsyncIterable<Uint8Array> | null): AsyncGenerator<WireEvent> {
  if (body === null) return;
  const decoder = createEventDecoder();
  const utf8 = new TextDecoder();
  let isWithin = false;
  for await (const piece of body) {
    const events = decoder.push(utf8.decode(piece, { stream: true }));
    // An event that takes more than one piece to come is a sign of life before it is whole.
    if (events.length === 0 && isWithin) yield ALIVE;
    isWithin = events.length === 0;
    for (const event of events) yield wireEventOf(event);
  }
  for (const event of decoder.push(utf8.decode())) yield wireEventOf(event);
  for (const event of decoder.end()) yield wireEventOf(event);
}

function wireEventOf(event: SentEvent): WireEvent {
  if (event.kind === 'comment') return ALIVE;
  if (event.kind === 'line') return UNKNOWN_LINE;
  const { name, data } = event;
  try {
    return { kind: 'value', name, value: JSON.parse(data) };
  } catch {
    const words = data.trim();
    if (words === '') return ALIVE;
    if (words === '[DONE]') return DONE;
    // What is told as an error is one in plain words as well.
    if (name === 'error') return { kind: 'value', name, value: words };
    return BEGUN_JSON.test(words) ? BROKEN : NOT_JSON;
  }
}
