import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Refusal, refusal } from '../vendor-script';
import { type FakeVendor, type Judgement, startVendorServer } from '../vendor-server';
import { play } from '../vendor-stream';
import {
  errorBody,
  hasTooLargeImage,
  messagesCharacters,
  messagesFrames,
  messagesRequest,
  wholeMessage,
} from './messages';

export interface FakeAnthropicOptions {
  readonly apiKey?: string;
  readonly models?: readonly string[];
  /** Characters of a whole prompt; more is refused as too long. */
  readonly contextCharacters?: number;
}

/** Anthropic on loopback: the Messages API. */
export interface FakeAnthropic extends FakeVendor {
  readonly apiKey: string;
  readonly model: string;
}

/** Those that there are. Source: "Versions", platform.claude.com/docs/en/api/versioning. */
const VERSIONS: ReadonlySet<unknown> = new Set(['2023-06-01', '2026-10-21']);
/** Heads that the service needs and knows; whatever else came would tell of the caller. */
const HEADERS =
  /^(host|connection|content-(type|length)|accept(-encoding|-language)?|user-agent|sec-fetch-mode|authorization|x-api-key|anthropic-version)$/u;

export async function startFakeAnthropic(options: FakeAnthropicOptions = {}): Promise<FakeAnthropic> {
  const { apiKey = 'sk-ant-fake', models = ['claude-fake'], contextCharacters = 400_000 } = options;

  function judge({ method, url, headers }: IncomingMessage, rawBody: string, id: string): Judgement {
    const { authorization, 'x-api-key': key, 'anthropic-version': version, 'content-type': type = '' } = headers;
    if (authorization !== `Bearer ${apiKey}` && key !== apiKey)
      return refusal(401, { code: 'authentication_error', message: 'invalid x-api-key' });
    if (version === undefined) return invalid('anthropic-version: header is required');
    if (!VERSIONS.has(version)) return invalid(`anthropic-version: "${version}" is not a valid version`);
    if (method !== 'POST' || url !== '/v1/messages')
      return refusal(404, { code: 'not_found_error', message: 'Not Found' });
    if (!/^application\/json\b/u.test(type)) return invalid('content-type: must be application/json');
    if (!Object.keys(headers).every((name) => HEADERS.test(name))) return invalid('A head that is not needed.');
    let body: unknown;
    try {
      body = JSON.parse(rawBody);
    } catch {
      return invalid('The request body is not valid JSON.');
    }
    const parsed = messagesRequest.safeParse(body);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const where = issue?.code === 'unrecognized_keys' ? issue.keys.join() : issue?.path.join('.');
      return invalid(`${where}: ${issue?.code === 'unrecognized_keys' ? 'Extra inputs are not permitted' : 'Invalid'}`);
    }
    const wanted = parsed.data;
    if (!models.includes(wanted.model))
      return refusal(404, { code: 'not_found_error', message: `model: ${wanted.model}` });
    if (hasTooLargeImage(wanted))
      return invalid('messages.0.content.0.image.source.base64.data: image exceeds 5 MB maximum');
    const characters = messagesCharacters(wanted);
    if (characters > contextCharacters)
      return invalid(`prompt is too long: ${characters} tokens > ${contextCharacters} maximum`);
    return {
      kind: 'stream',
      answer(response, script) {
        const requestId = script.requestId ?? `req_${id}`;
        if (wanted.stream !== true) {
          response.writeHead(200, { 'content-type': 'application/json', 'request-id': requestId });
          return void response.end(JSON.stringify(wholeMessage(wanted, script, id)));
        }
        response.writeHead(200, {
          'content-type': 'text/event-stream; charset=utf-8',
          'request-id': requestId,
          'anthropic-organization-id': '00000000-0000-0000-0000-000000000000',
          'cache-control': 'no-cache',
        });
        return play(response, messagesFrames(wanted, script, id), script);
      },
    };
  }

  const server = await startVendorServer({ judge, refuse, maxBodyBytes: 32 * 1024 * 1024 });
  return { ...server, apiKey, model: models[0] ?? '' };
}

function invalid(message: string): Refusal {
  return refusal(400, { code: 'invalid_request_error', message });
}

/** `code` is the type of the error. */
function refuse(response: ServerResponse, script: Refusal, id: string): void {
  const { status, code, message = 'Refused.', headers = {}, body } = script;
  if (body !== undefined) {
    response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(body);
    return;
  }
  response.writeHead(status, {
    'content-type': 'application/json',
    'request-id': `req_${id}`,
    'x-should-retry': 'true',
    ...headers,
  });
  response.end(JSON.stringify(errorBody(code ?? TYPES[status] ?? 'invalid_request_error', message, id)));
}

/** Source: "Errors", platform.claude.com/docs/en/api/errors. */
const TYPES: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  500: 'api_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};
