import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { bodyOf } from '../web-server';
import { type Answer, type ConversationRules, takeCall } from './conversations';
import type { Activity, TeamsState } from './state';

/** What the next call is answered with, in place of what it asks for. */
export interface Trouble {
  /** 0: the connection ends without an answer. */
  readonly status: number;
  readonly code?: string;
  readonly message?: string;
  readonly retryAfter?: number;
  /** Whether the call was done all the same. */
  readonly done?: boolean;
  readonly method?: 'POST' | 'PUT';
  /** Calls of this conversation alone, with its threads. */
  readonly conversation?: string;
}

/** The error with which a call is refused, if it is. */
export type Refusal = (
  method: string,
  path: string,
  body: Activity,
) => { readonly status: number; readonly code: string } | undefined;

export interface ConnectorRules extends ConversationRules {
  /** What a call must bear; undefined: nothing is asked for. */
  readonly botToken: string | undefined;
}

/** The HTTP door of the Bot Connector: it writes down every call, and goes wrong where it was told to. */
export class BotConnector {
  readonly calls: { readonly method: string; readonly path: string; readonly body: Activity; readonly at: number }[] =
    [];
  readonly asked: { readonly url: string; readonly headers: IncomingHttpHeaders }[] = [];
  readonly troubles: Trouble[] = [];
  readonly refusals: Refusal[] = [];
  readonly #state: TeamsState;
  readonly #rules: ConnectorRules;

  constructor(state: TeamsState, rules: ConnectorRules) {
    this.#state = state;
    this.#rules = rules;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fake');
    const raw = await bodyOf(request);
    const method = request.method ?? '';
    const body: Activity = raw === '' ? { type: '' } : JSON.parse(raw);
    const path = decodeURIComponent(url.pathname);
    this.calls.push({ method, path, body, at: Date.now() });
    this.asked.push({ url: request.url ?? '', headers: request.headers });
    const { botToken } = this.#rules;
    if (botToken !== undefined && request.headers.authorization !== `Bearer ${botToken}`)
      return this.#answer(response, { ...errorOf(401, 'Unauthorized'), breach: '401 Unauthorized' });
    const refused = this.refusals.map((of) => of(method, path, body)).find((one) => one !== undefined);
    if (refused !== undefined) return this.#answer(response, errorOf(refused.status, refused.code));
    const take = (): Answer => takeCall(this.#state, this.#rules, { method, path, query: url.searchParams, body });
    const trouble = this.#troubleFor(method, path);
    if (trouble === undefined) return this.#answer(response, take());
    if (trouble.done === true) take();
    this.#goWrong(response, trouble);
  }

  #troubleFor(method: string, path: string): Trouble | undefined {
    const trouble = this.troubles.find(({ conversation = '' }) => path.includes(conversation));
    if (trouble === undefined || method === 'GET' || (trouble.method ?? method) !== method) return undefined;
    this.troubles.splice(this.troubles.indexOf(trouble), 1);
    return trouble;
  }

  #goWrong(response: ServerResponse, { status, code = 'ServiceError', message, retryAfter }: Trouble): void {
    if (status === 0) return void response.destroy();
    this.#answer(
      response,
      errorOf(status, code, message),
      retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
    );
  }

  #answer(response: ServerResponse, { status, content, breach }: Answer, headers: Record<string, string> = {}): void {
    if (breach !== undefined) this.#state.breaches.push(breach);
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(content));
  }
}

function errorOf(status: number, code: string, message = code): Answer {
  return { status, content: { error: { code, message } } };
}
