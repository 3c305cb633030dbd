import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { type Refusal, refusal, type StreamedAnswer } from '../vendor-script';
import { type FakeVendor, type Judgement, startVendorServer } from '../vendor-server';
import { type Frames, play } from '../vendor-stream';

/** Vertex AI on loopback: `streamGenerateContent` and `generateContent` of Google's models, with bearer tokens. */
export interface FakeVertex extends FakeVendor {
  readonly project: string;
  readonly location: string;
  readonly model: string;
  readonly token: string;
}

const part = z.union([
  z.strictObject({ text: z.string().min(1) }),
  z.strictObject({
    inlineData: z.strictObject({
      mimeType: z.enum(['image/png', 'image/jpeg', 'image/webp']),
      data: z.base64().min(1),
    }),
  }),
]);
const contents = z
  .array(z.strictObject({ role: z.enum(['user', 'model']), parts: z.array(part).min(1) }))
  .min(1)
  .refine((all) => all[0]?.role === 'user');
const request = z.strictObject({
  contents,
  systemInstruction: z
    .strictObject({ role: z.string().optional(), parts: z.array(z.strictObject({ text: z.string().min(1) })).min(1) })
    .optional(),
  generationConfig: z.strictObject({}).optional(),
});

export async function startFakeVertex({
  isGateway = false,
}: {
  /** Asks for no token, as a gateway that brings its own. */
  readonly isGateway?: boolean;
} = {}): Promise<FakeVertex> {
  const [project, location, model, token] = ['acme', 'asia-northeast1', 'gemini-fake', 'ya29.fake'];
  const path = `/v1/projects/${project}/locations/${location}/publishers/google/models/${model}`;

  function judge(incoming: IncomingMessage, rawBody: string, id: string): Judgement {
    if (!isGateway && incoming.headers.authorization !== `Bearer ${token}`)
      return refusal(401, { code: 'UNAUTHENTICATED', message: 'Request had invalid authentication credentials.' });
    if (!/^application\/json\b/u.test(incoming.headers['content-type'] ?? ''))
      return refusal(400, { code: 'INVALID_ARGUMENT', message: 'Invalid JSON payload received. Unexpected token.' });
    const streams = incoming.url === `${path}:streamGenerateContent?alt=sse`;
    if (incoming.method !== 'POST' || (!streams && incoming.url !== `${path}:generateContent`))
      return refusal(404, { code: 'NOT_FOUND', message: `Publisher Model ${incoming.url} was not found.` });
    let body: unknown;
    try {
      body = JSON.parse(rawBody);
    } catch {
      return refusal(400, { code: 'INVALID_ARGUMENT', message: 'Invalid JSON payload received.' });
    }
    if (!request.safeParse(body).success)
      return refusal(400, { code: 'INVALID_ARGUMENT', message: 'Invalid JSON payload received. Unknown name.' });
    return {
      kind: 'stream',
      answer(response, script) {
        if (!streams) {
          response.writeHead(200, { 'content-type': 'application/json; charset=UTF-8' });
          return void response.end(JSON.stringify(wholeOf(script, id), undefined, 2));
        }
        response.writeHead(200, { 'content-type': 'text/event-stream', 'x-vertex-ai-llm-request-type': 'shared' });
        return play(response, framesOf(script, script.requestId ?? id), script);
      },
    };
  }

  const server = await startVendorServer({ judge, refuse });
  return { ...server, project, location, model, token };
}

function wholeOf(script: StreamedAnswer, responseId: string): object {
  return {
    candidates: [{ content: { role: 'model', parts: [{ text: script.deltas.join('') }] }, finishReason: 'STOP' }],
    usageMetadata: { promptTokenCount: 3, candidatesTokenCount: script.deltas.length, totalTokenCount: 3 },
    modelVersion: 'gemini-fake',
    responseId,
  };
}

function framesOf(script: StreamedAnswer, responseId: string): Frames {
  const event = (body: object): string => `data: ${JSON.stringify(body)}\r\n\r\n`;
  const chunk = (body: object): string =>
    event({ ...body, modelVersion: 'gemini-fake', createTime: '2026-11-24T00:00:00Z', responseId });
  const candidate = (text: string, more: object = {}): object => ({
    candidates: [{ content: { role: 'model', parts: text === '' ? [{ text: '' }] : [{ text }] }, ...more }],
  });
  const usageMetadata = {
    promptTokenCount: 3,
    candidatesTokenCount: script.deltas.length - 1,
    thoughtsTokenCount: 1,
    totalTokenCount: 3 + script.deltas.length,
  };
  const error = (code: number, status: string): string =>
    event({ error: { code, message: script.message ?? 'Failed.', status } });
  return {
    opening: () =>
      chunk({ candidates: [{ content: { role: 'model', parts: [{ text: 'Let me see.', thought: true }] } }] }),
    delta: (text) => chunk(candidate(text)),
    malformed: () => `data: {"candidates": [{"content": "${script.deltas.join('')}\r\n\r\n`,
    errorEvent: () => (script.code === 'RESOURCE_EXHAUSTED' ? error(429, script.code) : error(503, 'UNAVAILABLE')),
    ending(kind) {
      switch (kind) {
        case 'complete':
          return chunk({ ...candidate('', { finishReason: 'STOP' }), usageMetadata });
        case 'cut':
          return chunk({ ...candidate('', { finishReason: 'MAX_TOKENS' }), usageMetadata });
        case 'filtered':
          return chunk({ candidates: [{ finishReason: 'SAFETY', safetyRatings: [] }], usageMetadata });
        case 'failed':
          return chunk({ promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, usageMetadata });
      }
    },
  };
}

/** `code` is the status of google.rpc, `type` the reason of an `ErrorInfo`. */
function refuse(response: ServerResponse, script: Refusal, id: string): void {
  const { status, code = 'INVALID_ARGUMENT', type, message = 'Refused.', headers = {}, body } = script;
  if (body !== undefined) {
    response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(body);
    return;
  }
  const details = [
    ...(type === undefined ? [] : [detailOf('ErrorInfo', { reason: type, domain: 'googleapis.com' })]),
    detailOf('RequestInfo', { requestId: id }),
  ];
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8', ...headers });
  response.end(JSON.stringify([{ error: { code: status, message, status: code, details } }]));
}

/** Source: "google/rpc/error_details.proto", github.com/googleapis/googleapis. */
export function detailOf(type: string, fields: object): object {
  return { '@type': `type.googleapis.com/google.rpc.${type}`, ...fields };
}
