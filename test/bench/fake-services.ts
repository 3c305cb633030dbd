import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What one question's answer looked like from outside. */
export interface Watched {
  firstDelta: number | undefined;
  firstVisible: number | undefined;
  done: number | undefined;
  readonly expected: string;
  readonly messages: Map<string, string>;
  readonly finished: () => void;
}

export interface Pace {
  readonly tokens: number;
  /** Milliseconds between tokens; 0 writes them all at once. */
  readonly everyMs: number;
  /** After so many tokens the rest waits for `release`. */
  readonly holdAfter?: number;
}

/**
 * Slack's Web API and OpenAI's Responses, as light as they can be, so that what is measured is the program and not
 * its surroundings. They check nothing: the strict ones are in `src/prove/doubles`.
 */
export async function startFakeServices() {
  const watched = new Map<string, Watched>();
  const limits = new Map<string, number[]>();
  let pace: Pace = { tokens: 40, everyMs: 1 };
  let enforce = false;
  let nextTs = 1_700_000_000;
  let release = (): void => {};
  let held = Promise.resolve();

  const server = http.createServer((request, response) => void serve(request, response));
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const path = request.url ?? '';
    if (path.startsWith('/v1/')) return answer(JSON.parse(body), response);
    const args = new URLSearchParams(body);
    const result = slack(path.slice('/api/'.length), args);
    const headers = { 'content-type': 'application/json', 'x-oauth-scopes': 'chat:write,commands,app_mentions:read' };
    if (result === undefined)
      response.writeHead(429, { ...headers, 'retry-after': '2' }).end('{"ok":false,"error":"ratelimited"}');
    else response.writeHead(200, headers).end(JSON.stringify(result));
  }

  function over(method: string, channel: string): boolean {
    const most = { 'chat.startStream': 20, 'chat.stopStream': 20, 'chat.update': 50, 'chat.appendStream': 100 }[method];
    const [key, count, within] = most === undefined ? [`post ${channel}`, 30, 30_000] : [method, most, 60_000];
    if (most === undefined && method !== 'chat.postMessage') return false;
    const now = performance.now();
    const recent = (limits.get(key) ?? []).filter((time) => time > now - within);
    limits.set(key, recent);
    if (recent.length >= count) return true;
    recent.push(now);
    return false;
  }

  function slack(method: string, args: URLSearchParams): object | undefined {
    if (method === 'auth.test') return { ok: true, user_id: 'UBOT', bot_id: 'BBOT', team_id: 'TBENCH' };
    const channel = args.get('channel') ?? '';
    if (enforce && over(method, channel)) return undefined;
    const at = performance.now();
    const turn = watched.get(channel);
    let ts = args.get('ts') ?? '';
    if (method === 'chat.startStream' || method === 'chat.postMessage') {
      nextTs += 1;
      ts = `${nextTs}.000100`;
    }
    if (turn !== undefined) {
      const blocks: { type: string; text?: string }[] = JSON.parse(args.get('blocks') ?? '[]');
      const chunks: { text?: string }[] = JSON.parse(args.get('chunks') ?? '[]');
      const streamed = (args.get('markdown_text') ?? '') + chunks.map(({ text = '' }) => text).join('');
      const markdown = blocks.filter(({ type }) => type === 'markdown').map(({ text = '' }) => text);
      if (method === 'chat.update' || method === 'chat.postMessage') turn.messages.set(ts, markdown.join(''));
      else turn.messages.set(ts, (turn.messages.get(ts) ?? '') + streamed);
      const shown = [...turn.messages.values()].join('');
      // A placeholder is no word of the answer.
      if (shown !== '' && turn.expected.startsWith(shown)) turn.firstVisible ??= at;
      const closes = method === 'chat.stopStream' || blocks.some(({ type }) => type === 'context');
      if (closes && shown.length >= turn.expected.length && turn.done === undefined) {
        turn.done = at;
        turn.finished();
      }
    }
    return { ok: true, ts, channel };
  }

  async function answer(request: { input: unknown }, response: ServerResponse): Promise<void> {
    const [channel = ''] = /C[A-Z]+\d+X/u.exec(JSON.stringify(request.input)) ?? [];
    const turn = watched.get(channel);
    const { tokens, everyMs, holdAfter } = pace;
    const send = (event: { readonly type: string } & Record<string, unknown>): void => {
      response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    };
    response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': 'req_bench' });
    send({ type: 'response.created', response: { id: 'r', object: 'response', status: 'in_progress', output: [] } });
    for (let index = 0; index < tokens; index += 1) {
      if (index === holdAfter) await held;
      if (everyMs > 0) await new Promise((resolve) => setTimeout(resolve, everyMs));
      if (turn !== undefined) turn.firstDelta ??= performance.now();
      send({
        type: 'response.output_text.delta',
        item_id: 'i',
        output_index: 0,
        content_index: 0,
        delta: tokenOf(index),
      });
    }
    const usage = { input_tokens: 10, output_tokens: tokens, total_tokens: tokens + 10 };
    send({
      type: 'response.completed',
      response: { id: 'r', object: 'response', status: 'completed', output: [], usage },
    });
    response.end();
  }

  return {
    origin: `http://127.0.0.1:${port}`,
    watched,
    /** How many answers are, by now, anything but what the model wrote, once: also what was posted after their end. */
    wrong: (): number =>
      [...watched.values()].filter(({ expected, messages }) => [...messages.values()].join('') !== expected).length,
    setPace(next: Pace): void {
      pace = next;
    },
    enforceRates(on: boolean): void {
      enforce = on;
      limits.clear();
    },
    hold(): () => void {
      held = new Promise((resolve) => {
        release = resolve;
      });
      return () => release();
    },
    close: () => server.close(),
  };
}

const WORDS = ['The ', 'answer ', 'is ', 'a ', 'few ', 'words ', 'long, ', 'and ', 'then ', 'some.\n'];

function tokenOf(index: number): string {
  return WORDS[index % WORDS.length] ?? '';
}

export function answerOf(tokens: number): string {
  return Array.from({ length: tokens }, (_, index) => tokenOf(index)).join('');
}
