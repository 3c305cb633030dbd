import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { type Refusal, refusal, type StreamedAnswer } from '../vendor-script';
import { type FakeVendor, type Judgement, startVendorServer } from '../vendor-server';
import { type Frames, play } from '../vendor-stream';
import { eventFrame, exceptionFrame } from './event-stream';
import { isSigned } from './signature';

/** Amazon Bedrock on loopback: ConverseStream and Converse, signed requests, event-stream frames. */
export interface FakeBedrock extends FakeVendor {
  readonly region: string;
  readonly model: string;
  readonly keyId: string;
  readonly secret: string;
  /** What `AWS_BEARER_TOKEN_BEDROCK` holds. */
  readonly apiKey: string;
}

/** Headers that the service needs and knows; whatever else came would tell of the caller. */
const HEADERS =
  /^(host|connection|content-(type|length)|accept-encoding|user-agent|authorization|x-amz-(date|content-sha256|security-token))$/u;

/**
 * A request to `POST /model/ID/converse-stream`, or `converse`, as strict as the service, which refuses more of it than its
 * reference tells: blank text, sides that take no turns. Source: "ConverseStream", docs.aws.amazon.com/bedrock/latest/
 * APIReference (checked 2026-11-24).
 */
const block = z.union([
  z.strictObject({ text: z.string().regex(/\S/u) }),
  z.strictObject({
    image: z.strictObject({
      format: z.enum(['png', 'jpeg', 'gif', 'webp']),
      source: z.strictObject({ bytes: z.base64().min(1) }),
    }),
  }),
]);

const request = z.strictObject({
  system: z.array(z.strictObject({ text: z.string().regex(/\S/u) })).optional(),
  messages: z
    .array(z.strictObject({ role: z.enum(['user', 'assistant']), content: z.array(block).min(1) }))
    .min(1)
    .refine((all) => all.every(({ role }, index) => role === (index % 2 === 0 ? 'user' : 'assistant'))),
  inferenceConfig: z.strictObject({ maxTokens: z.int().min(1).optional() }).optional(),
  guardrailConfig: z
    .strictObject({
      guardrailIdentifier: z.string().min(1),
      guardrailVersion: z.string().min(1),
      trace: z.enum(['enabled', 'disabled', 'enabled_full']).optional(),
      streamProcessingMode: z.enum(['sync', 'async']).optional(),
    })
    .optional(),
});

export async function startFakeBedrock({ secret = 'fake/secret+key' } = {}): Promise<FakeBedrock> {
  const keyId = 'AKIDFAKE';
  const apiKey = 'bedrock-api-key-fake';
  const region = 'ap-northeast-1';
  const model = 'jp.amazon.nova-fake-v1:0';

  function judge(incoming: IncomingMessage, rawBody: string, id: string): Judgement {
    const { authorization } = incoming.headers;
    if (authorization !== `Bearer ${apiKey}` && !isSigned(incoming, rawBody, { keyId, secret, region }))
      return refusal(403, { code: 'InvalidSignatureException', message: 'The request signature does not match.' });
    const [, wanted, streams] = /^\/model\/([^/]+)\/converse(-stream)?$/u.exec(incoming.url ?? '') ?? [];
    if (incoming.method !== 'POST' || wanted === undefined)
      return refusal(404, { code: 'UnknownOperationException', message: 'Unknown operation.' });
    if (decodeURIComponent(wanted) !== model)
      return refusal(404, { code: 'ResourceNotFoundException', message: 'Could not resolve the model.' });
    if (incoming.headers['content-type'] !== 'application/json')
      return refusal(415, { code: 'UnsupportedMediaTypeException', message: 'Unsupported content type.' });
    if (!Object.keys(incoming.headers).every((name) => HEADERS.test(name)))
      return refusal(400, { code: 'ValidationException', message: 'A header that the request does not need.' });
    let body: unknown;
    try {
      body = JSON.parse(rawBody);
    } catch {
      return refusal(400, { code: 'SerializationException', message: 'Not JSON.' });
    }
    const parsed = request.safeParse(body);
    if (!parsed.success || (streams === undefined && parsed.data.guardrailConfig?.streamProcessingMode !== undefined))
      return refusal(400, { code: 'ValidationException', message: 'Malformed input request.' });
    return {
      kind: 'stream',
      answer(response, script) {
        if (streams === undefined) {
          response.writeHead(200, { 'content-type': 'application/json', 'x-amzn-requestid': uuid(id) });
          return void response.end(JSON.stringify(wholeOf(script)));
        }
        response.writeHead(200, {
          'content-type': 'application/vnd.amazon.eventstream',
          'x-amzn-requestid': script.requestId ?? uuid(id),
        });
        return play(response, framesOf(script), script);
      },
    };
  }

  const server = await startVendorServer({ judge, refuse });
  return { ...server, region, model, keyId, secret, apiKey };
}

function wholeOf({ deltas }: StreamedAnswer): object {
  return {
    output: { message: { role: 'assistant', content: [{ text: deltas.join('') }] } },
    stopReason: 'end_turn',
    usage: { inputTokens: 3, outputTokens: deltas.length, totalTokens: 3 + deltas.length },
    metrics: { latencyMs: 12 },
  };
}

function framesOf(script: StreamedAnswer): Frames {
  const usage = { inputTokens: 3, outputTokens: script.deltas.length, totalTokens: 3 + script.deltas.length };
  const end = (stopReason: string): Buffer =>
    Buffer.concat([
      eventFrame('contentBlockStop', { contentBlockIndex: 0 }),
      eventFrame('messageStop', { stopReason }),
      eventFrame('metadata', { usage, metrics: { latencyMs: 12 } }),
    ]);
  return {
    opening: () => eventFrame('messageStart', { role: 'assistant' }),
    delta: (text) => eventFrame('contentBlockDelta', { contentBlockIndex: 0, delta: { text } }),
    malformed() {
      const bad = eventFrame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: script.deltas.join('') } });
      bad.writeUInt32BE(0, bad.length - 4);
      return bad;
    },
    errorEvent: () => exceptionFrame(script.code ?? 'internalServerException', script.message ?? 'Failed.'),
    ending(kind) {
      switch (kind) {
        case 'complete':
          return end('end_turn');
        case 'cut':
          return end('max_tokens');
        case 'filtered':
          return end('guardrail_intervened');
        case 'failed':
          return exceptionFrame('modelStreamErrorException', script.message ?? 'Failed.');
      }
    },
  };
}

function refuse(response: ServerResponse, script: Refusal, id: string): void {
  const { status, code = 'ValidationException', message = 'Refused.', headers = {}, body } = script;
  if (body !== undefined) {
    response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(body);
    return;
  }
  response.writeHead(status, {
    'content-type': 'application/json',
    'x-amzn-requestid': uuid(id),
    'x-amzn-errortype': `${code}:http://internal.amazon.com/coral/com.amazon.bedrock/`,
    ...headers,
  });
  response.end(JSON.stringify({ message }));
}

function uuid(id: string): string {
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})/u, '$1-$2-$3-$4-');
}
