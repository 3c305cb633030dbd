import { z } from 'zod';
import type { StreamedAnswer } from '../vendor-script';
import type { Frames } from '../vendor-stream';

/**
 * A request to `POST /v1/responses`, as strict as the real API: a field that it does not know is refused.
 * Source: "Create a model response", developers.openai.com/api/reference/responses (checked 2026-11-23).
 */
const dataUrl = z.string().regex(/^data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+=*$/u);
const inputPart = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('input_text'), text: z.string() }),
  z.strictObject({ type: z.literal('input_image'), detail: z.enum(['auto', 'low', 'high']), image_url: dataUrl }),
]);

export const responsesRequest = z.strictObject({
  model: z.string().min(1),
  instructions: z.string().nullish(),
  input: z
    .array(
      z.strictObject({
        type: z.literal('message').optional(),
        role: z.enum(['user', 'assistant', 'system', 'developer']),
        content: z.union([z.string(), z.array(inputPart).min(1)]),
      }),
    )
    .min(1),
  stream: z.boolean(),
  store: z.boolean().nullish(),
  safety_identifier: z.string().max(64).nullish(),
  max_output_tokens: z.number().int().min(16).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
  user: z.string().nullish(),
  reasoning: z.looseObject({}).nullish(),
  text: z.looseObject({}).nullish(),
  truncation: z.enum(['auto', 'disabled']).nullish(),
  stream_options: z.strictObject({ include_obfuscation: z.boolean().optional() }).nullish(),
});

export type ResponsesRequest = z.infer<typeof responsesRequest>;

export function inputCharacters(request: ResponsesRequest): number {
  return request.input.reduce((sum, { content }) => sum + wordsOf(content).length, request.instructions?.length ?? 0);
}

/** A whole response, as it is sent where no stream was asked for. */
export function wholeResponse(request: ResponsesRequest, script: StreamedAnswer, id: string): object {
  const text = script.deltas.join('');
  const content = [{ type: 'output_text', annotations: [], logprobs: [], text }];
  const counted = { input_tokens: inputCharacters(request), output_tokens: script.deltas.length };
  return {
    id: `resp_${id}`,
    object: 'response',
    created_at: 1_790_000_000,
    status: 'completed',
    error: null,
    incomplete_details: null,
    model: request.model,
    output: [{ id: `msg_${id}`, type: 'message', role: 'assistant', status: 'completed', content }],
    store: request.store ?? true,
    usage: { ...counted, total_tokens: counted.input_tokens + counted.output_tokens },
  };
}

/** The events of one streamed response, in the order and with the fields of the real API. */
export function responsesFrames(request: ResponsesRequest, script: StreamedAnswer, id: string): Frames {
  let sequence = 0;
  const event = (type: string, fields: object): string =>
    `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: sequence++, ...fields })}\n\n`;
  const response = (status: string, more: object = {}): object => ({
    id: `resp_${id}`,
    object: 'response',
    created_at: 1_790_000_000,
    status,
    background: false,
    error: null,
    incomplete_details: null,
    instructions: request.instructions ?? null,
    max_output_tokens: request.max_output_tokens ?? null,
    model: request.model,
    output: [],
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: null, summary: null },
    safety_identifier: request.safety_identifier ?? null,
    service_tier: 'default',
    store: request.store ?? true,
    temperature: 1,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    truncation: 'disabled',
    usage: null,
    metadata: {},
    ...more,
  });
  const words = script.deltas.join('');
  const part = { type: 'output_text', annotations: [], logprobs: [], text: words };
  const item = { id: `msg_${id}`, type: 'message', role: 'assistant' };
  const at = { item_id: item.id, output_index: 0, content_index: 0 };
  const output = (status: string): object[] => [{ ...item, status, content: [part] }];
  const usage = {
    input_tokens: inputCharacters(request),
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: script.deltas.length,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: inputCharacters(request) + script.deltas.length,
  };
  const done = (status: string): string =>
    event('response.output_text.done', { ...at, text: words, logprobs: [] }) +
    event('response.content_part.done', { ...at, part }) +
    event('response.output_item.done', { output_index: 0, item: { ...item, status, content: [part] } });
  const incomplete = (reason: string): string =>
    done('incomplete') +
    event('response.incomplete', {
      response: response('incomplete', { incomplete_details: { reason }, output: output('incomplete'), usage }),
    });
  const error = { code: script.code ?? 'server_error', message: script.message ?? 'The server had an error.' };

  return {
    opening: () =>
      event('response.created', { response: response('in_progress') }) +
      event('response.in_progress', { response: response('in_progress') }) +
      event('response.output_item.added', {
        output_index: 0,
        item: { ...item, status: 'in_progress', content: [] },
      }) +
      event('response.content_part.added', { ...at, part: { ...part, text: '' } }),
    delta: (delta) =>
      event('response.output_text.delta', { ...at, delta, logprobs: [], obfuscation: 'x'.repeat(delta.length % 16) }),
    malformed: () =>
      `event: response.output_text.delta\ndata: {"type":"response.output_text.delta","delta":"${words}\n\n`,
    errorEvent: () => event('error', { ...error, param: null }),
    ending(kind) {
      switch (kind) {
        case 'complete':
          return (
            done('completed') +
            event('response.completed', { response: response('completed', { output: output('completed'), usage }) })
          );
        case 'cut':
          return incomplete('max_output_tokens');
        case 'filtered':
          return incomplete('content_filter');
        case 'failed':
          return event('response.failed', { response: response('failed', { error }) });
      }
    },
  };
}

function wordsOf(content: string | readonly z.infer<typeof inputPart>[]): string {
  return typeof content === 'string' ? content : content.map((part) => ('text' in part ? part.text : '')).join('');
}
