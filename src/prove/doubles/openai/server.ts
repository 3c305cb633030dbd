import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Refusal, refusal } from '../vendor-script';
import { type FakeVendor, type Judgement, startVendorServer } from '../vendor-server';
import { play } from '../vendor-stream';
import { chatCharacters, chatCompletion, chatFrames, chatRequest } from './chat';
import { inputCharacters, responsesFrames, responsesRequest, wholeResponse } from './responses';

export interface FakeOpenAiOptions {
  readonly apiKey?: string;
  readonly models?: readonly string[];
  /** Characters of a whole prompt; more is refused with `context_length_exceeded`. */
  readonly contextCharacters?: number;
  /** Refuses `stream_options`, as older look-alikes do. */
  readonly refusesStreamOptions?: boolean;
  /** Speaks as Azure does: other paths, `api-key` beside bearer tokens, deployments for models. */
  readonly azure?: boolean;
  readonly port?: number;
  /** `false` for benchmarks: requests are not kept. */
  readonly remembersRequests?: boolean;
}

/** OpenAI on loopback: Responses and Chat Completions. */
export interface FakeOpenAi extends FakeVendor {
  /** With `/v1`, for an SDK. */
  readonly baseURL: string;
  readonly apiKey: string;
  readonly model: string;
}

export async function startFakeOpenAi(options: FakeOpenAiOptions = {}): Promise<FakeOpenAi> {
  const { apiKey = 'sk-fake-key', models = ['gpt-fake'], contextCharacters = 400_000 } = options;

  function judge(request: IncomingMessage, rawBody: string, id: string): Judgement {
    const { path, deployment } = options.azure === true ? pathOfAzure(request.url ?? '') : { path: request.url ?? '' };
    const { authorization, 'api-key': azureKey } = request.headers;
    const isKnown = authorization === `Bearer ${apiKey}` || (options.azure === true && azureKey === apiKey);
    if (!isKnown)
      return refusal(401, {
        code: options.azure === true ? '401' : 'invalid_api_key',
        message: `Incorrect API key provided: ${authorization ?? ''}.`,
      });
    if (request.method === 'GET' && path === '/v1/models') {
      const data = models.map((model) => ({ id: model, object: 'model', created: 0, owned_by: 'fake' }));
      return { kind: 'other', answer: (response) => json(response, 200, { object: 'list', data }, id) };
    }
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
    const wanted = { ...parsed.data, ...(deployment !== undefined && { model: deployment }) };
    if (options.azure === true && 'safety_identifier' in wanted)
      return refusal(400, { code: 'unknown_parameter', message: 'Unknown parameter: safety_identifier.' });
    if (!models.includes(wanted.model))
      return refusal(404, { code: 'model_not_found', message: `The model '${wanted.model}' does not exist.` });
    const isChat = 'messages' in wanted;
    if (options.refusesStreamOptions === true && isChat && wanted.stream_options)
      return refusal(400, { code: null, message: 'Unrecognized request argument supplied: stream_options' });
    if ((isChat ? chatCharacters(wanted) : inputCharacters(wanted)) > contextCharacters)
      return refusal(400, { code: 'context_length_exceeded', message: 'Your input exceeds the context window.' });
    return {
      kind: 'stream',
      answer(response, script) {
        if (!wanted.stream)
          return json(
            response,
            200,
            isChat ? chatCompletion(wanted, script, id) : wholeResponse(wanted, script, id),
            id,
          );
        response.writeHead(200, {
          'content-type': 'text/event-stream; charset=utf-8',
          'x-request-id': script.requestId ?? `req_${id}`,
          'openai-version': '2020-10-01',
          'openai-processing-ms': '12',
          'cache-control': 'no-cache',
        });
        return play(response, isChat ? chatFrames(wanted, script, id) : responsesFrames(wanted, script, id), script);
      },
    };
  }

  const server = await startVendorServer({ ...options, judge, refuse });
  return { ...server, baseURL: `${server.origin}/v1`, apiKey, model: models[0] ?? '' };
}

/**
 * Azure's paths as OpenAI's, with the deployment that they name; other paths lead nowhere. Source: "Azure OpenAI API
 * version lifecycle", learn.microsoft.com/azure/foundry/openai/api-version-lifecycle.
 */
function pathOfAzure(url: string): { readonly path: string; readonly deployment?: string } {
  const current = /^\/openai(\/v1\/(?:responses|chat\/completions))$/u.exec(url)?.[1];
  if (current !== undefined) return { path: current };
  const [, deployment] =
    /^\/openai\/deployments\/([\w.-]+)\/chat\/completions\?api-version=\d{4}-\d{2}-\d{2}(?:-preview)?$/u.exec(url) ??
    [];
  return deployment === undefined ? { path: '' } : { path: '/v1/chat/completions', deployment };
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
