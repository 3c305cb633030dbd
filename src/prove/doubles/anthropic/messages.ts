import { z } from 'zod';
import type { StreamedAnswer } from '../vendor-script';
import type { Frames } from '../vendor-stream';

/** Characters of one picture in base64: 5 MB. */
const MAX_IMAGE_CHARACTERS = 5 * 1024 * 1024;
const words = z.string().regex(/\S/u);

const block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: words }),
  z.strictObject({
    type: z.literal('image'),
    source: z.strictObject({
      type: z.literal('base64'),
      media_type: z.enum(['image/png', 'image/jpeg', 'image/gif', 'image/webp']),
      data: z.base64().min(1),
    }),
  }),
]);

/**
 * A request to `POST /v1/messages`, as strict as the service: fields that it does not know are refused, and so is
 * blank text. Sides that take no turns it would join; here they are refused, so that nobody relies on that. Source:
 * "Create a Message", platform.claude.com/docs/en/api/messages/create (checked 2026-11-28).
 */
export const messagesRequest = z.strictObject({
  model: z.string().min(1),
  max_tokens: z.int().min(1),
  system: words.optional(),
  messages: z
    .array(
      z.strictObject({
        role: z.enum(['user', 'assistant']),
        content: z.union([words, z.array(block).min(1)]),
      }),
    )
    .min(1)
    .refine((all) => all.every(({ role }, index) => role === (index % 2 === 0 ? 'user' : 'assistant')))
    .refine((all) => all.at(-1)?.role === 'user'),
  metadata: z.strictObject({ user_id: z.string().min(1).max(256) }).optional(),
  inference_geo: z.enum(['us', 'global']).optional(),
  stream: z.boolean().optional(),
});

export type MessagesRequest = z.infer<typeof messagesRequest>;

export function hasTooLargeImage({ messages }: MessagesRequest): boolean {
  return messages.some(
    ({ content }) =>
      typeof content !== 'string' &&
      content.some((one) => one.type === 'image' && one.source.data.length > MAX_IMAGE_CHARACTERS),
  );
}

export function messagesCharacters({ system = '', messages }: MessagesRequest): number {
  return messages.reduce((sum, { content }) => {
    const said = typeof content === 'string' ? content : content.map((one) => ('text' in one ? one.text : '')).join('');
    return sum + said.length;
  }, system.length);
}

function startOf(request: MessagesRequest, id: string): object {
  return {
    id: `msg_${id}`,
    type: 'message',
    role: 'assistant',
    model: request.model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    stop_details: null,
    usage: usageOf(request, 1),
  };
}

function usageOf(request: MessagesRequest, output_tokens: number): object {
  return {
    input_tokens: messagesCharacters(request),
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    output_tokens,
    service_tier: 'standard',
    inference_geo: request.inference_geo ?? 'global',
  };
}

/** A whole message, as it is sent where no stream was asked for. */
export function wholeMessage(request: MessagesRequest, { deltas }: StreamedAnswer, id: string): object {
  return {
    ...startOf(request, id),
    content: [{ type: 'text', text: deltas.join('') }],
    stop_reason: 'end_turn',
    usage: usageOf(request, deltas.length),
  };
}

/** The body of an error, in an answer or in its place. */
export function errorBody(type: string, message: string, id: string): object {
  return { type: 'error', error: { details: null, type, message }, request_id: `req_${id}` };
}

/**
 * The events of one streamed message, in the order of the service: it thinks first, pings in between, and sends an
 * event that no client knows yet. Source: "Streaming Messages", platform.claude.com/docs/en/build-with-claude/streaming.
 */
export function messagesFrames(request: MessagesRequest, script: StreamedAnswer, id: string): Frames {
  const event = (type: string, more: object = {}): string =>
    `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`;
  const delta = (index: number, type: string, more: object): string =>
    event('content_block_delta', { index, delta: { type, ...more } });
  const end = (stop_reason: string, stop_details: object | null = null): string =>
    [
      event('content_block_stop', { index: 1 }),
      event('message_delta', {
        delta: { stop_reason, stop_sequence: null, stop_details },
        usage: usageOf(request, script.deltas.length),
      }),
      event('message_stop'),
    ].join('');
  const error = (type: string): string => {
    const { type: _, ...more } = { ...errorBody(type, script.message ?? 'Overloaded', id), type };
    return event('error', more);
  };
  return {
    opening: () =>
      [
        event('message_start', { message: startOf(request, id) }),
        event('content_block_start', { index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } }),
        event('ping'),
        delta(0, 'thinking_delta', { thinking: 'Let me see.' }),
        delta(0, 'signature_delta', { signature: 'EqQBCgIYAhIM1gbcDa9GJwZA2b3h' }),
        event('content_block_stop', { index: 0 }),
        event('content_block_start', { index: 1, content_block: { type: 'text', text: '' } }),
      ].join(''),
    delta: (text) => delta(1, 'text_delta', { text }),
    malformed: () =>
      `event: content_block_delta\ndata: {"type":"content_block_delta","index":1,"delta":{"text":"${script.deltas.join('')}\n\n`,
    errorEvent: () => error(script.code ?? 'overloaded_error'),
    ending(kind) {
      switch (kind) {
        case 'complete':
          return end('end_turn');
        case 'cut':
          return end('max_tokens');
        case 'filtered':
          return end('refusal', { type: 'refusal', category: null, explanation: null });
        case 'failed':
          return error('api_error');
      }
    },
  };
}
