import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { type Refusal, refusal, type StreamedAnswer } from '../vendor-script';
import { type FakeVendor, type Judgement, startVendorServer } from '../vendor-server';
import { type Frames, play } from '../vendor-stream';

export interface FakeMistralOptions {
  readonly apiKey?: string;
  readonly models?: readonly string[];
  /** Characters of a whole prompt; more is refused as too long. */
  readonly contextCharacters?: number;
}

/** Mistral on loopback: Chat Completions as Mistral speaks them. */
export interface FakeMistral extends FakeVendor {
  /** With `/v1`, for an SDK. */
  readonly baseURL: string;
  readonly apiKey: string;
  readonly model: string;
}

const dataUrl = z.string().regex(/^data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+=*$/u);
const chunk = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string().min(1) }),
  z.strictObject({
    type: z.literal('image_url'),
    image_url: z.union([dataUrl, z.strictObject({ url: dataUrl, detail: z.string().optional() })]),
  }),
]);

/**
 * A request to `POST /v1/chat/completions`, as strict as the service, which refuses fields of OpenAI's that it does
 * not have (`stream_options`, `user`, `max_completion_tokens`), and sides that take no turns. Source: "Chat
 * Completion", docs.mistral.ai/api (checked 2026-11-28).
 */
const request = z.strictObject({
  model: z.string().min(1),
  messages: z
    .array(
      z.strictObject({
        role: z.enum(['system', 'user', 'assistant']),
        content: z.union([z.string().min(1), z.array(chunk).min(1)]),
      }),
    )
    .min(1)
    .refine((all) => {
      const turns = all[0]?.role === 'system' ? all.slice(1) : all;
      return (
        turns.length % 2 === 1 && turns.every(({ role }, index) => role === (index % 2 === 0 ? 'user' : 'assistant'))
      );
    }),
  stream: z.boolean().optional(),
  max_tokens: z.int().min(0).nullish(),
  temperature: z.number().min(0).max(1.5).nullish(),
  safe_prompt: z.boolean().optional(),
});
type ChatRequest = z.infer<typeof request>;

export async function startFakeMistral(options: FakeMistralOptions = {}): Promise<FakeMistral> {
  const { apiKey = 'mistral-fake-key', models = ['mistral-fake'], contextCharacters = 400_000 } = options;

  function judge({ method, url, headers }: IncomingMessage, rawBody: string, id: string): Judgement {
    if (headers.authorization !== `Bearer ${apiKey}`) return refusal(401, { message: 'Unauthorized' });
    if (method !== 'POST' || url !== '/v1/chat/completions')
      return refusal(404, { message: 'no Route matched with those values' });
    if (!/^application\/json\b/u.test(headers['content-type'] ?? '')) return refusal(415, { message: 'Unsupported.' });
    let body: unknown;
    try {
      body = JSON.parse(rawBody);
    } catch {
      return refusal(400, { message: 'Malformed JSON.' });
    }
    const parsed = request.safeParse(body);
    if (!parsed.success) {
      const detail = parsed.error.issues.map((issue) =>
        issue.code === 'unrecognized_keys'
          ? { type: 'extra_forbidden', loc: ['body', ...issue.keys], msg: 'Extra inputs are not permitted' }
          : { type: 'value_error', loc: ['body', ...issue.path], msg: 'Invalid input' },
      );
      return refusal(422, {
        body: JSON.stringify({
          object: 'error',
          message: { detail },
          type: 'invalid_request_error',
          param: null,
          code: null,
        }),
      });
    }
    const wanted = parsed.data;
    if (!models.includes(wanted.model))
      return refusal(400, { type: 'invalid_model', code: '1500', message: `Invalid model: ${wanted.model}` });
    const characters = charactersOf(wanted);
    if (characters > contextCharacters)
      return refusal(400, {
        code: '3051',
        message: `Prompt contains ${characters} tokens, too large for model with ${contextCharacters} maximum context length`,
      });
    return {
      kind: 'stream',
      answer(response, script) {
        const correlation = { 'mistral-correlation-id': script.requestId ?? id };
        if (wanted.stream !== true) {
          response.writeHead(200, { 'content-type': 'application/json', ...correlation });
          return void response.end(JSON.stringify(wholeCompletion(wanted, script, id)));
        }
        response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', ...correlation });
        return play(response, framesOf(wanted, script, id), script);
      },
    };
  }

  const server = await startVendorServer({ judge, refuse });
  return { ...server, baseURL: `${server.origin}/v1`, apiKey, model: models[0] ?? '' };
}

function charactersOf({ messages }: ChatRequest): number {
  return messages.reduce((sum, { content }) => {
    const said = typeof content === 'string' ? content : content.map((one) => ('text' in one ? one.text : '')).join('');
    return sum + said.length;
  }, 0);
}

function usageOf(wanted: ChatRequest, completion_tokens: number): object {
  const prompt_tokens = charactersOf(wanted);
  return { prompt_tokens, total_tokens: prompt_tokens + completion_tokens, completion_tokens };
}

function wholeCompletion(wanted: ChatRequest, { deltas }: StreamedAnswer, id: string): object {
  return {
    id,
    object: 'chat.completion',
    created: 1_790_000_000,
    model: wanted.model,
    choices: [
      {
        index: 0,
        finish_reason: 'stop',
        message: { role: 'assistant', tool_calls: null, content: deltas.join('') },
      },
    ],
    usage: usageOf(wanted, deltas.length),
  };
}

/** It thinks in parts of its content, counts in the chunk that ends, and hides lengths in `p`. */
function framesOf(wanted: ChatRequest, script: StreamedAnswer, id: string): Frames {
  const event = (body: object): string => `data: ${JSON.stringify(body)}\n\n`;
  const chunkOf = (delta: object, finish_reason: string | null = null, more: object = {}): string =>
    event({
      id,
      object: 'chat.completion.chunk',
      created: 1_790_000_000,
      model: wanted.model,
      ...more,
      choices: [{ index: 0, delta, finish_reason }],
      p: 'abcdefgh',
    });
  const end = (reason: string): string =>
    `${chunkOf({ content: '' }, reason, { usage: usageOf(wanted, script.deltas.length) })}data: [DONE]\n\n`;
  const error = (type: string, code: string): string =>
    event({ object: 'error', message: script.message ?? 'Internal Server Error', type, param: null, code });
  return {
    opening: () =>
      chunkOf({ role: 'assistant', content: '' }) +
      chunkOf({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Let me see.' }] }] }),
    delta: (content) => chunkOf({ content }),
    malformed: () => `data: {"choices":[{"delta":{"content":"${script.deltas.join('')}\n\n`,
    errorEvent: () => error(script.code ?? 'internal_server_error', '1000'),
    ending(kind) {
      switch (kind) {
        case 'complete':
          return end('stop');
        case 'cut':
          return end('length');
        case 'filtered':
          return end('content_filter');
        case 'failed':
          return end('error');
      }
    },
  };
}

/** Source: "Error glossary", docs.mistral.ai/resources/error-glossary. */
function refuse(response: ServerResponse, script: Refusal, id: string): void {
  const { status, code = null, type = 'invalid_request_error', message = 'Refused.', headers = {}, body } = script;
  if (body !== undefined) {
    response.writeHead(status, { 'content-type': body.startsWith('{') ? 'application/json' : 'text/html', ...headers });
    response.end(body);
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json', 'mistral-correlation-id': id, ...headers });
  response.end(JSON.stringify({ object: 'error', message, type, param: null, code }));
}
