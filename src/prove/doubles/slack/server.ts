import http, { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Answer, type Args, argsOf, fail, word } from './args';
import type { Files } from './files';
import { createFakeLimits, type FakeRates } from './limits';
import type { FakeCall } from './state';

/** How the next call of a method goes wrong. */
export type Fault =
  | { readonly error: string }
  | { readonly retryAfterSeconds: number }
  | { readonly status: number }
  /** The connection breaks before Slack did anything. */
  | { readonly reset: true }
  /** Slack does it, and the connection breaks before it says so. */
  | { readonly lost: true }
  /** No answer ever comes. */
  | { readonly hang: true };

/** The error with which a call is refused, if it is. */
export type Refusal = (method: string, args: Args) => string | undefined;

export interface ServerParts {
  readonly botToken: string;
  readonly appToken: string;
  readonly scopes: ReadonlySet<string>;
  readonly now: () => number;
  readonly enforceRates: boolean;
  readonly rates: FakeRates;
  /** Whether calls are kept. */
  readonly record: boolean;
  readonly answer: (method: string, args: Args) => Answer;
  readonly socketUrl: () => string;
  readonly respond: (path: string, raw: string) => { readonly status: number; readonly body: string };
  readonly files: Pick<Files, 'download'>;
  readonly changed: () => void;
}

/** A request as it came. */
export interface FakeRequest {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** The HTTP side of the fake: the Web API below `/api/`, and the addresses that answer interactions. */
export function createApiServer(parts: ServerParts) {
  const { now, changed } = parts;
  const calls: FakeCall[] = [];
  const asked: FakeRequest[] = [];
  const faults = new Map<string, Fault[]>();
  const refusals: Refusal[] = [];
  const limits = createFakeLimits(now, parts.rates);
  let held: Promise<void> | undefined;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks).toString('utf8');
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    if (parts.record) asked.push({ url: request.url ?? '', headers: request.headers, body: raw });
    if (path.startsWith('/response/')) {
      const { status, body } = parts.respond(path, raw);
      response.writeHead(status).end(body);
    } else if (path.startsWith('/api/')) {
      const args = argsOf(raw, request.headers['content-type'] ?? '');
      const token = request.headers.authorization?.replace(/^Bearer /u, '') ?? word(args.token);
      await held;
      call(path.slice('/api/'.length), args, token, response);
    } else if (path.startsWith('/files-pri/')) {
      const isAllowed = request.headers.authorization === `Bearer ${parts.botToken}` && parts.scopes.has('files:read');
      parts.files.download(path, isAllowed, response);
    } else response.writeHead(404).end();
    changed();
  }

  function call(method: string, args: Args, token: string, response: ServerResponse): void {
    const fault = faults.get(`${method} ${word(args.channel)}`)?.shift() ?? faults.get(method)?.shift();
    const record = (status: number, error?: string): void => {
      if (parts.record) calls.push({ method, args, status, at: now(), ...(error !== undefined && { error }) });
    };
    const answered = (): Answer => {
      if (token === '') return fail('not_authed');
      if (method === 'apps.connections.open') {
        if (token === parts.appToken) return { ok: true, url: parts.socketUrl() };
        return fail(token === parts.botToken ? 'not_allowed_token_type' : 'invalid_auth');
      }
      return token === parts.botToken ? parts.answer(method, args) : fail('invalid_auth');
    };
    if (fault !== undefined && 'hang' in fault) {
      record(0, 'hang');
      return;
    }
    if (fault !== undefined && ('reset' in fault || 'lost' in fault)) {
      if ('lost' in fault) answered();
      record(0, 'lost' in fault ? 'lost' : 'reset');
      response.destroy();
      return;
    }
    if (fault !== undefined && 'status' in fault) {
      record(fault.status, 'status');
      response.writeHead(fault.status).end('upstream');
      return;
    }
    const over = parts.enforceRates ? limits.over(method, word(args.channel)) : undefined;
    const retryAfter = fault !== undefined && 'retryAfterSeconds' in fault ? fault.retryAfterSeconds : over;
    if (retryAfter !== undefined) {
      record(429, 'ratelimited');
      json(response, 429, fail('ratelimited'), { 'retry-after': String(retryAfter) });
      return;
    }
    const refused =
      fault !== undefined && 'error' in fault ? fault.error : refusals.map((of) => of(method, args)).find(Boolean);
    const answer = refused === undefined ? answered() : fail(refused);
    record(200, answer.ok === true ? undefined : word(answer.error));
    json(response, 200, answer, { 'x-oauth-scopes': [...parts.scopes].join(',') });
  }

  return {
    server: http.createServer((request, response) => {
      // A caller that hangs up in the middle of its request is owed nothing.
      serve(request, response).catch(() => response.destroy());
    }),
    calls,
    /** Every HTTP request as it came: also those that are no calls of the Web API. */
    asked,
    callsOf: (method: string): readonly FakeCall[] => calls.filter((one) => one.method === method),
    /** Lets the next calls of a method go wrong, one after the other. */
    failNext(method: string, ...next: readonly Fault[]): void {
      faults.set(method, [...(faults.get(method) ?? []), ...next]);
    },
    /** Refuses every call from now on for which it gives an error. */
    refuse(of: Refusal): void {
      refusals.push(of);
    },
    /** As `failNext`, for the calls of a method in one channel. */
    failIn(channel: string, method: string, ...next: readonly Fault[]): void {
      faults.set(`${method} ${channel}`, [...(faults.get(`${method} ${channel}`) ?? []), ...next]);
    },
    /** Holds every Web API call back until the function that it gives is called. */
    holdCalls(): () => void {
      let release = (): void => {};
      held = new Promise((resolve) => {
        release = resolve;
      });
      return () => {
        held = undefined;
        release();
      };
    },
  };
}

function json(response: ServerResponse, status: number, content: Answer, headers: Record<string, string>): void {
  const body = Buffer.from(JSON.stringify(content));
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length, ...headers })
    .end(body);
}
