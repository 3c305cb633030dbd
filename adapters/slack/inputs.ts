import { createHash } from 'node:crypto';
import { z } from 'zod';
import { parseConsentCommand } from '../../src/consent/command';
import type { Input } from '../../src/consent/input';
import { sealText } from '../../src/model/text';

/** What the receiver tells of a signed request: when Slack made it, in seconds, and what signs it. */
export interface SignedRequest {
  readonly at: number;
  readonly signature: string;
}

const signedRequest = z.object({ slackRequest: z.object({ at: z.number(), signature: z.string() }) });

/** How the receiver hands a request's signature on: Bolt puts it into the context. */
export function customPropertiesOf(request: SignedRequest): Readonly<Record<string, unknown>> {
  return { slackRequest: request };
}

/** Undefined over Socket Mode, where nothing is signed. */
export function requestOf(context: unknown): SignedRequest | undefined {
  const parsed = signedRequest.safeParse(context);
  return parsed.success ? parsed.data.slackRequest : undefined;
}

/** How a command or a press came in: by a request, or at this moment of Slack's clock. */
export interface Live {
  readonly request: SignedRequest | undefined;
  readonly now: number | undefined;
}

/** A message is known by its place, in every event that tells of it; an edit of it, which decides nothing, by its time. */
export function messageInput(channel: string, ts: string, edited?: string): Input {
  const id = `message:${channel}:${ts}${edited === undefined ? '' : `:${edited}`}`;
  return { id, told: { clock: 'message', at: Number(ts), live: false } };
}

/** Slack's own Stop, which names no answer: delivered again, it would stop the next one. */
export function stopInput({
  event_id,
  event: { channel, thread_ts = '', event_ts },
}: {
  readonly event_id?: string | undefined;
  readonly event: {
    readonly channel: string;
    readonly thread_ts?: string | undefined;
    readonly event_ts?: string | undefined;
  };
}): string | undefined {
  const own = event_ts ?? event_id;
  return own === undefined ? undefined : `stop:${channel}:${thread_ts}:${own}`;
}

/** A command that was typed, by what Slack made for it alone. */
export function commandInput(
  body: { readonly user_id: string; readonly text: string; readonly trigger_id?: string | undefined },
  live: Live,
): Input {
  const words = JSON.stringify(parseConsentCommand(sealText(body.text)));
  return liveInput(['command', body.user_id, words], body.trigger_id, live);
}

/** A press of a button, by what Slack made for it alone. */
export function pressInput(
  press: {
    readonly user: string;
    readonly action: string;
    readonly value: string;
    readonly actionTs?: string | undefined;
    readonly triggerId?: string | undefined;
  },
  live: Live,
): Input {
  const { user, action, value, actionTs = '' } = press;
  return liveInput(['press', user, action, value, actionTs], press.triggerId, live);
}

/** Slack's are dozens of characters; one that is too short to be the only one of its kind tells no acts apart. */
const TRIGGER_CHARACTERS = 8;

/**
 * A `trigger_id` is made anew for each command and press: "Handling user interaction", docs.slack.dev. Where a request
 * has none, its signature is what it is known by: Slack sends it once, and who captured it can make no other.
 */
function liveInput(parts: readonly string[], trigger: string | undefined, { request, now }: Live): Input {
  const at = request?.at ?? now;
  const isOwn = trigger !== undefined && trigger.length >= TRIGGER_CHARACTERS;
  const own = isOwn ? trigger : (request?.signature ?? trigger);
  return {
    id: own === undefined ? undefined : `${parts[0]}:${digest([...parts, own])}`,
    ...(at !== undefined && { told: { clock: 'request', at, live: true } }),
  };
}

/** Words of a person's are among them: as they were typed they are kept nowhere, not even here. */
function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
