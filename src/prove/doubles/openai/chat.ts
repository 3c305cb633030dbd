import { z } from 'zod';
import type { StreamedAnswer } from '../vendor-script';
import type { Frames } from '../vendor-stream';

/**
 * A request to `POST /v1/chat/completions`, as strict as the real API: a field that it does not know is refused.
 * Source: "Create chat completion", developers.openai.com/api/reference/chat (checked 2026-11-23).
 */
const dataUrl = z.string().regex(/^data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+=*$/u);
const chatPart = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string() }),
  z.strictObject({ type: z.literal('image_url'), image_url: z.strictObject({ url: dataUrl }) }),
]);

export const chatRequest = z.strictObject({
  model: z.string().min(1),
  messages: z
    .array(
      z.strictObject({
        role: z.enum(['system', 'developer', 'user', 'assistant']),
        content: z.union([z.string(), z.array(chatPart).min(1)]),
      }),
    )
    .min(1),
  stream: z.boolean(),
  stream_options: z
    .strictObject({ include_usage: z.boolean().optional(), include_obfuscation: z.boolean().optional() })
    .nullish(),
  max_tokens: z.number().int().min(1).nullish(),
  max_completion_tokens: z.number().int().min(1).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  store: z.boolean().nullish(),
  safety_identifier: z.string().max(64).nullish(),
  user: z.string().nullish(),
});

export type ChatRequest = z.infer<typeof chatRequest>;

export function chatCharacters(request: ChatRequest): number {
  return request.messages.reduce((sum, { content }) => sum + wordsOf(content).length, 0);
}

/** A whole chat completion, as it is sent where no stream was asked for. */
export function chatCompletion(request: ChatRequest, script: StreamedAnswer, id: string): object {
  const prompt_tokens = chatCharacters(request);
  const completion_tokens = script.deltas.length;
  return {
    id: `chatcmpl-${id}`,
    object: 'chat.completion',
    created: 1_790_000_000,
    model: request.model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: script.deltas.join(''), refusal: null, annotations: [] },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens },
  };
}

/** The chunks of one streamed chat completion, in the order and with the fields of the real API. */
export function chatFrames(request: ChatRequest, script: StreamedAnswer, id: string): Frames {
  const withUsage = request.stream_options?.include_usage === true;
  const chunk = (choices: readonly object[], usage: object | null = null): string =>
    `data: ${JSON.stringify({
      id: `chatcmpl-${id}`,
      object: 'chat.completion.chunk',
      created: 1_790_000_000,
      model: request.model,
      service_tier: 'default',
      system_fingerprint: null,
      choices,
      ...(withUsage && { usage }),
    })}\n\n`;
  const choice = (delta: object, finish_reason: string | null = null): object => ({
    index: 0,
    delta,
    logprobs: null,
    finish_reason,
  });
  const prompt_tokens = chatCharacters(request);
  const completion_tokens = script.deltas.length;
  const end = (reason: string): string =>
    chunk([choice({}, reason)]) +
    (withUsage
      ? chunk([], { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens })
      : '') +
    'data: [DONE]\n\n';
  const error = { message: script.message ?? 'The server had an error.', code: script.code ?? 'server_error' };
  const errorEvent = (): string =>
    `data: ${JSON.stringify({ error: { ...error, type: 'server_error', param: null } })}\n\n`;

  return {
    opening: () => chunk([choice({ role: 'assistant', content: '', refusal: null })]),
    delta: (content) => chunk([choice({ content })]),
    malformed: () => `data: {"choices":[{"delta":{"content":"${script.deltas.join('')}\n\n`,
    errorEvent,
    ending(kind) {
      switch (kind) {
        case 'complete':
          return end('stop');
        case 'cut':
          return end('length');
        case 'filtered':
          return end('content_filter');
        case 'failed':
          return errorEvent();
      }
    },
  };
}

function wordsOf(content: string | readonly z.infer<typeof chatPart>[]): string {
  return typeof content === 'string' ? content : content.map((part) => ('text' in part ? part.text : '')).join('');
}
