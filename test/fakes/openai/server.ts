import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { chatCharacters, chatFrames, chatRequest } from './chat';
import { inputCharacters, responsesFrames, responsesRequest } from './responses';
import { answer, type Refusal, refusal, type Script } from './script';
import { type Frames, play } from './stream';

export interface FakeOpenAiOptions {
  readonly apiKey?: string;
  readonly models?: readonly string[];
  /** Characters of a whole prompt; more is refused with `context_length_exceeded`. */
  readonly contextCharacters?: number;
  /** Refuses `stream_options`, as older look-alikes do. */
  readonly refusesStreamOptions?: boolean;
  readonly port?: number;
  /** `false` for benchmarks: requests are not kept. */
  readonly remembersRequests?: boolean;
}

/** What one request brought, as it stood on the wire. */
interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawBody: string;
  /** The caller's port: the same for two requests means the same connection. */
  readonly port: number | undefined;
  /** Resolves when the exchange is over: whether the caller hung up before the answer was whole. */
  readonly over: Promise<'answered' | 'hung-up'>;
}

/** OpenAI on loopback: Responses and Chat Completions over the real wire, strict, scripted per request. */
export interface FakeOpenAi {
  /** With `/v1`, for an SDK. */
  readonly baseURL: string;
  /** `127.0.0.1:PORT`, for an egress allow-list. */
  readonly host: string;
  readonly apiKey: string;
  readonly model: string;
  readonly requests: readonly FakeRequest[];
  /** Connections accepted so far. */
  connections(): number;
  /** The next requests are answered by these, in this order; then the usual answer comes again. */
  script(...scripts: readonly Script[]): void;
  /** The usual answer, for requests without a script. */
  usually(script: Script): void;
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 10 * 1024 * 1024;

export async function startFakeOpenAi(options: FakeOpenAiOptions = {}): Promise<FakeOpenAi> {
  const { apiKey = 'sk-fake-key', models = ['gpt-fake'], contextCharacters = 400_000 } = options;
  const requests: FakeRequest[] = [];
  const queue: Script[] = [];
  const sockets = new Set<Socket>();
  let usual: Script = answer(['Hello', ' from', ' the fake.']);
  let connections = 0;
  let count = 0;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const rawBody = await readBody(request);
    const number = ++count;
    const id = number.toString(16).padStart(32, '0');
    const path = request.url ?? '';
    if (options.remembersRequests !== false)
      requests.push({
        method: request.method ?? '',
        path,
        headers: request.headers,
        rawBody: rawBody ?? '',
        port: request.socket.remotePort,
        over: new Promise((resolve) => {
          response.once('close', () => resolve(response.writableFinished ? 'answered' : 'hung-up'));
        }),
      });
    const step = rawBody === undefined ? refusal(413, { message: 'Body too large.' }) : judge(request, rawBody, id);
    if ('kind' in step) return refuse(response, step, id);
    if (step.frames === undefined) return json(response, 200, { object: 'list', data: step.models }, id);

    const chosen = queue.shift() ?? usual;
    switch (chosen.kind) {
      case 'none':
        if (chosen.how === 'reset') request.socket.resetAndDestroy();
        return;
      case 'raw':
        response.writeHead(200, { 'content-type': chosen.contentType });
        response.end(chosen.body);
        return;
      case 'refusal':
        return refuse(response, chosen, id);
      case 'answer':
        response.writeHead(200, {
          'content-type': 'text/event-stream; charset=utf-8',
          'x-request-id': chosen.requestId ?? `req_${id}`,
          'openai-version': '2020-10-01',
          'openai-processing-ms': '12',
          'cache-control': 'no-cache',
        });
        return play(response, step.frames(chosen), chosen);
    }
  }

  type Step =
    | Refusal
    | { readonly frames: (script: Extract<Script, { kind: 'answer' }>) => Frames }
    | { readonly frames: undefined; readonly models: readonly object[] };

  function judge(request: IncomingMessage, rawBody: string, id: string): Step {
    const path = request.url ?? '';
    const key = request.headers.authorization;
    if (key !== `Bearer ${apiKey}`)
      return refusal(401, {
        code: 'invalid_api_key',
        message: `Incorrect API key provided: ${key ?? ''}.`,
      });
    if (request.method === 'GET' && path === '/v1/models')
      return {
        frames: undefined,
        models: models.map((model) => ({ id: model, object: 'model', created: 0, owned_by: 'fake' })),
      };
    if (request.method !== 'POST' || !['/v1/responses', '/v1/chat/completions'].includes(path))
      return refusal(404, { message: `Invalid URL (${request.method} ${path})` });
    if (!/^application\/json\b/u.test(request.headers['content-type'] ?? ''))
      return refusal(400, { message: 'Unsupported content type.' });
    let body: unknown;
    try {
      body = JSON.parse(rawBody);
    } catch {
      return refusal(400, { message: 'We could not parse the JSON body of your request.' });
    }
    const parsed = path === '/v1/responses' ? responsesRequest.safeParse(body) : chatRequest.safeParse(body);
    if (!parsed.success) {
      const unknown = parsed.error.issues.some(({ code }) => code === 'unrecognized_keys');
      return refusal(400, { code: unknown ? 'unknown_parameter' : 'invalid_type', message: 'Invalid request.' });
    }
    const wanted = parsed.data;
    if (!models.includes(wanted.model))
      return refusal(404, { code: 'model_not_found', message: `The model '${wanted.model}' does not exist.` });
    const isChat = 'messages' in wanted;
    if (options.refusesStreamOptions === true && isChat && wanted.stream_options)
      return refusal(400, { code: null, message: 'Unrecognized request argument supplied: stream_options' });
    if ((isChat ? chatCharacters(wanted) : inputCharacters(wanted)) > contextCharacters)
      return refusal(400, { code: 'context_length_exceeded', message: 'Your input exceeds the context window.' });
    return { frames: (script) => (isChat ? chatFrames(wanted, script, id) : responsesFrames(wanted, script, id)) };
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    baseURL: `http://127.0.0.1:${port}/v1`,
    host: `127.0.0.1:${port}`,
    apiKey,
    model: models[0] ?? '',
    requests,
    connections: () => connections,
    script: (...scripts) => void queue.push(...scripts),
    usually(script) {
      usual = script;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function refuse(response: ServerResponse, script: Refusal, id: string): void {
  const { status, code = null, type = 'invalid_request_error', message = 'Refused.', headers = {}, body } = script;
  if (body !== undefined) {
    response.writeHead(status, { 'content-type': 'text/html', ...headers });
    response.end(body);
    return;
  }
  json(response, status, { error: { message, type, param: null, code } }, id, headers);
}

function json(
  response: ServerResponse,
  status: number,
  body: object,
  id: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': `req_${id}`, ...headers });
  response.end(JSON.stringify(body));
}

/** The body, or nothing when it is larger than the real API takes. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk as Buffer);
  }
  return bytes <= MAX_BODY_BYTES ? Buffer.concat(chunks).toString('utf8') : undefined;
}
