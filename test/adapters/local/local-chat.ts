import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalAdapter, type LocalAdapterOptions } from '../../../adapters/local/adapter';
import type { MessageView, PageEvent, StateView } from '../../../adapters/local/wire';
import type { TurnSurface } from '../../../src/chat/adapter';
import type { Card, CardAction } from '../../../src/chat/card';
import type { Turn } from '../../../src/chat/turn';
import type { ConsentAction, ConsentHandler, ConsentView } from '../../../src/consent/consent';
import { openText } from '../../../src/text/text';

export interface Asked {
  readonly turn: Turn;
  readonly surface: TurnSurface;
}

/** What the adapter asked of the rest of dejiren. */
export interface Heard {
  readonly asked: Asked[];
  readonly stopped: string[][];
  readonly commands: { readonly person: string; readonly words: string; readonly surface: string }[];
  readonly presses: { readonly person: string; readonly action: ConsentAction; readonly surface: string }[];
  readonly logged: string[];
}

export interface LocalChat {
  readonly url: string;
  readonly port: number;
  readonly heard: Heard;
  /** Sends a POST as the page does. */
  post(path: string, body: object | string, headers?: Record<string, string>): Promise<Answered>;
  get(path: string, headers?: Record<string, string>): Promise<Answered>;
  open(person: string): Promise<OpenPage>;
  close(): Promise<void>;
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A page as one person has it open, without a browser. */
export interface OpenPage {
  readonly state: StateView;
  readonly events: readonly PageEvent[];
  /** The messages as they stand now. */
  messages(): readonly MessageView[];
  until(holds: () => boolean): Promise<void>;
  readonly closed: Promise<unknown>;
  close(): void;
}

export function aCard(action: CardAction, title = 'A card'): Card {
  const button = { label: 'Press', style: 'primary', action } as const;
  return { title, paragraphs: ['A sentence.'], facts: [], links: [], buttons: [button] };
}

/** The local chat on a real server, with the dispatcher and consent replaced by doubles that write down. */
export async function startLocalChat(
  options: Partial<LocalAdapterOptions> & { readonly view?: (action: ConsentAction) => ConsentView } = {},
): Promise<LocalChat> {
  const heard: Heard = { asked: [], stopped: [], commands: [], presses: [], logged: [] };
  const note = (event: string): number => heard.logged.push(event);
  const consent: ConsentHandler = {
    run(person, words, { surface }) {
      heard.commands.push({ person: person.id, words: openText(words), surface });
      return Promise.resolve({ kind: 'help', vendors: [] });
    },
    act(person, action, { surface }) {
      heard.presses.push({ person: person.id, action, surface });
      return Promise.resolve(options.view?.(action) ?? { kind: 'granted', notices: [], already: false });
    },
    noticeShown: () => Promise.resolve(),
  };
  const adapter = createLocalAdapter({
    inbox: {
      receive: (turn, surface) => heard.asked.push({ turn, surface }),
      stop: (person, conversation, thread) => heard.stopped.push([person.id, conversation, thread ?? '']),
    },
    consent,
    log: { debug: note, info: note, warn: note, error: note },
    pageDir: `${__dirname}/page`,
    ...options,
  });
  await adapter.start();
  const server = createServer((req, res) => {
    const path = new URL(req.url ?? '/', 'http://localhost').pathname;
    const route = adapter.routes.find((each) => each.method === req.method && each.path === path);
    if (route === undefined) res.writeHead(404).end();
    else void route.handle(req, res);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const call = (method: string, path: string, headers: Record<string, string>, body?: string): Promise<Answered> =>
    new Promise((resolve, reject) => {
      const req = request({ port, method, path, headers }, (res) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('end', () =>
          resolve({ status: res.statusCode ?? 0, headers: res.headers, body: Buffer.concat(chunks).toString() }),
        );
      });
      req.on('error', reject);
      req.end(body);
    });

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    heard,
    post: (path, body, headers = {}) =>
      call(
        'POST',
        path,
        { 'content-type': 'application/json', ...headers },
        typeof body === 'string' ? body : JSON.stringify(body),
      ),
    get: (path, headers = {}) => call('GET', path, headers),
    open: (person) => openPage(port, person),
    async close() {
      await adapter.stop();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Opens the page of one person, as a browser does. */
export async function openPage(port: number, person: string): Promise<OpenPage> {
  const events: PageEvent[] = [];
  const waiting = new Set<() => void>();
  const messages = new Map<string, MessageView>();
  let rest = '';

  const take = (event: PageEvent): void => {
    events.push(event);
    if (event.type === 'state') for (const message of event.state.messages) messages.set(message.id, message);
    if (event.type === 'message') messages.set(event.message.id, event.message);
    if (event.type === 'removed') for (const id of event.ids) messages.delete(id);
    if (event.type === 'piece') {
      const before = messages.get(event.id);
      if (before !== undefined) messages.set(event.id, { ...before, text: before.text + event.text });
    }
    for (const check of waiting) check();
  };
  const req = request({ port, path: `/local/events?person=${person}` });
  req.on('error', () => undefined);
  req.end();
  const [res] = await once(req, 'response');
  res.setEncoding('utf8');
  res.on('error', () => undefined);
  res.on('data', (chunk: string) => {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) if (block.startsWith('data: ')) take(JSON.parse(block.slice(6)) as PageEvent);
  });
  const page: OpenPage = {
    get state() {
      const first = events.find((event) => event.type === 'state');
      if (first?.type !== 'state') throw new Error('no state came');
      return first.state;
    },
    events,
    messages: () => [...messages.values()],
    until: (holds) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (!holds()) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    closed: new Promise((resolve) => res.on('close', resolve)),
    close: () => req.destroy(),
  };
  await page.until(() => events.length > 0);
  return page;
}
