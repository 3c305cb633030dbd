import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalAdapter, type LocalAdapterOptions } from '../../../adapters/local/adapter';
import type { ConsentAction, ConsentHandler, ConsentView } from '../../../src/consent/consent';
import type { Stopped, TurnSurface } from '../../../src/model/adapter';
import type { Card, CardAction } from '../../../src/model/card';
import { openText } from '../../../src/model/text';
import type { Turn } from '../../../src/model/turn';
import { type OpenPage, openPage } from '../../../src/prove/play/local-page';
import { aRegister } from '../../support/inputs';

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

export function aCard(action: CardAction, title = 'A card'): Card {
  const button = { label: 'Press', style: 'primary', action } as const;
  return { title, paragraphs: ['A sentence.'], facts: [], links: [], buttons: [button] };
}

/** The local chat on a real server, with the dispatcher and consent replaced by doubles that write down. */
export async function startLocalChat(
  options: Partial<LocalAdapterOptions> & {
    readonly view?: (action: ConsentAction) => ConsentView;
    readonly stopped?: Stopped;
  } = {},
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
      return Promise.resolve(
        options.view?.(action) ?? { kind: 'granted', notices: [], already: false, validUntil: Date.UTC(2027, 10, 28) },
      );
    },
    noticeShown: () => Promise.resolve(),
  };
  const adapter = createLocalAdapter({
    inbox: {
      receive: (turn, surface) => heard.asked.push({ turn, surface }),
      stopIn() {},
      stop(person, conversation, thread) {
        heard.stopped.push([person.id, conversation, thread ?? '']);
        return options.stopped ?? 'stopped';
      },
    },
    inputs: aRegister(),
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
