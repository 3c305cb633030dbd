import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { readRequest } from '../../src/kit/read-body';
import { DejirenError } from '../../src/model/errors';
import { SECURITY_HEADERS } from './guard';
import type { RefusalCode } from './wire';

/** Bytes of a request's body. */
const BODY_LIMIT = 256 * 1024;
/** Characters of one message. The dispatcher's own limit for a question is lower, and has its sentence. */
export const TEXT_LIMIT = 100_000;

/** Files of one message, and bytes of its body with them. */
export const MOST_FILES = 10;
export const MESSAGE_LIMIT = 16 * 1024 * 1024;

const id = z.string().min(1).max(64);
const person = z.enum(['aiko', 'ben', 'chika']);
const language = z.enum(['en', 'ja']);

/** What the page gives to each thing that somebody does: sent again with it, it is done once. */
const act = z
  .string()
  .regex(/^[\w-]{8,64}$/u)
  .optional();

/** What the page may ask for. */
export const REQUESTS = {
  message: z.strictObject({
    person,
    act,
    language,
    conversation: id,
    /** The thread that is replied in; absent for a message of its own. */
    thread: id.optional(),
    text: z.string(),
    files: z
      .array(z.strictObject({ name: z.string().min(1).max(255), mediaType: z.string().max(200), data: z.base64() }))
      .max(MOST_FILES)
      .default([]),
  }),
  action: z.strictObject({
    person,
    act,
    language,
    card: id,
    version: z.int().min(0),
    button: z.int().min(0).max(50),
    /** The card's box was ticked. */
    ticked: z.boolean().default(false),
  }),
  stop: z.strictObject({ person, act, conversation: id, thread: id.optional() }),
  fresh: z.strictObject({ person, act }),
  again: z.strictObject({ person, act, language, message: id }),
  deletion: z.strictObject({ person, act, message: id }),
} as const;

/** A request that cannot be taken: the status to answer with, and why. */
export class Refusal extends DejirenError<'page', RefusalCode> {
  readonly status: number;

  constructor(status: number, code: RefusalCode) {
    super('Refusal', 'page', code);
    this.status = status;
  }
}

/** Reads a JSON body of at most so many bytes into the shape that is expected. Throws `Refusal`. */
export async function readBody<Shape>(
  request: IncomingMessage,
  shape: z.ZodType<Shape>,
  limit = BODY_LIMIT,
): Promise<Shape> {
  if (!/^application\/json\b/iu.test(request.headers['content-type'] ?? '')) throw new Refusal(415, 'not-json');
  if (Number(request.headers['content-length'] ?? 0) > limit) throw new Refusal(413, 'too-large');
  const body = await readRequest(request, limit);
  if (body === undefined) throw new Refusal(413, 'too-large');
  const parsed = shape.safeParse(parseJson(body.toString('utf8')));
  if (!parsed.success) throw new Refusal(400, 'malformed');
  return parsed.data;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Refusal(400, 'malformed');
  }
}

/** Answers with JSON, under the page's security headers. */
export function sendJson(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent || response.destroyed) return;
  const closing = status >= 400 ? { connection: 'close' } : {};
  response.writeHead(status, { ...SECURITY_HEADERS, ...closing, 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}
