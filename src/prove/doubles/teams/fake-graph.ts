import { startWebServer } from '../web-server';
import type { FakeTeams } from './fake-teams';
import { APP_ID, objectIdOf, TENANT } from './state';

/** A message as people wrote it in a chat that Graph can read. */
export interface GraphWish {
  readonly id: string;
  /** The conversation's id, with `;messageid=` in channels. */
  readonly conversation: string;
  /** The id in the directory of who wrote it; undefined: `application` did. */
  readonly user?: string;
  readonly name?: string;
  readonly application?: string;
  readonly html: string;
  readonly mentions?: readonly Record<string, unknown>[];
  /** Anything else that Graph would tell. */
  readonly more?: Readonly<Record<string, unknown>>;
}

export const GRAPH_TOKEN = 'graph-token';
export const GROUP = '99999999-8888-7777-6666-555555555555';
const PAGE = 50;

export type FakeGraph = Awaited<ReturnType<typeof startFakeGraph>>;

/** How Graph answers a request. */
interface Answer {
  readonly status: number;
  readonly content: unknown;
}

/** Microsoft Graph's messages of channels and chats on this machine. It refuses what Graph refuses. */
export async function startFakeGraph(teams: FakeTeams) {
  const chats = new Chats(teams);
  const requests: string[] = [];
  const breaches: string[] = [];
  const web = await startWebServer((request, response) => {
    const asked = new URL(request.url ?? '/', web.url);
    requests.push(`${decodeURIComponent(asked.pathname)}${decodeURIComponent(asked.search)}`);
    const { status, content } =
      request.headers.authorization === `Bearer ${GRAPH_TOKEN}`
        ? chats.answer(asked)
        : refused(401, 'InvalidAuthenticationToken');
    if (status >= 400 && status !== 403 && status !== 503) breaches.push(`${status} ${codeOf(content)}`);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
  });
  return {
    env: { DEJIREN_TEAMS_HISTORY: 'true', DEJIREN_TEAMS_GRAPH_URL: web.url },
    /** Paths and queries that were asked for. */
    requests,
    breaches,
    write: (...wishes: readonly GraphWish[]): void => void chats.written.push(...wishes),
    /** Puts another message in the place of one. */
    rewrite: (id: string, change: Partial<GraphWish>): void => chats.rewrite(id, change),
    refuse: (place: string): void => void chats.refused.add(place),
    /** The next so many requests find Graph overloaded. */
    failNext(count: number): void {
      chats.down = count;
    },
    close: web.close,
  };
}

/** The messages that Graph can read, and the ways to ask for them. */
class Chats {
  readonly written: GraphWish[] = [];
  /** Channels and chats that the application may not read. */
  readonly refused = new Set<string>();
  down = 0;
  readonly #teams: FakeTeams;

  constructor(teams: FakeTeams) {
    this.#teams = teams;
  }

  rewrite(id: string, change: Partial<GraphWish>): void {
    const index = this.written.findIndex((wish) => wish.id === id);
    const before = this.written[index];
    if (before !== undefined) this.written[index] = { ...before, ...change };
  }

  answer(asked: URL): Answer {
    if (this.down > 0) {
      this.down -= 1;
      return { status: 503, content: {} };
    }
    const path = decodeURIComponent(asked.pathname);
    const thread = /^\/v1\.0\/teams\/([^/]+)\/channels\/([^/]+)\/messages\/(\d+)(\/replies)?(?:\/(\d+))?$/u.exec(path);
    if (thread !== null) return this.#thread(thread, asked);
    const chat = /^\/v1\.0\/chats\/([^/]+)\/messages(?:\/(\d+))?$/u.exec(path);
    return chat === null ? refused(404, 'NotFound') : this.#chat(chat, asked);
  }

  #thread([, group, channel = '', root = '', replies, reply]: RegExpExecArray, asked: URL): Answer {
    if (group !== GROUP) return refused(404, 'NotFound');
    if (this.refused.has(channel)) return refused(403, 'Forbidden');
    const all = this.#messagesIn(`${channel};messageid=${root}`);
    if (replies === undefined) return one(all, root);
    if (reply !== undefined) return one(all, reply);
    const below = all.filter(({ id }) => id !== root);
    return list(below, asked, ['$top']);
  }

  #chat([, id = '', message]: RegExpExecArray, asked: URL): Answer {
    if (this.refused.has(id)) return refused(403, 'Forbidden');
    if (!id.includes('@thread.v2')) return refused(404, 'NotFound');
    const all = this.#messagesIn(id);
    return message === undefined ? list(all, asked, ['$top', '$orderby', '$filter']) : one(all, message);
  }

  #messagesIn(conversation: string): readonly GraphWish[] {
    return [...this.written, ...this.#ownMessages()]
      .filter((wish) => wish.conversation === conversation)
      .sort((first, second) => Number(second.id) - Number(first.id));
  }

  /** What the bot shows to everybody, as Graph tells it: the application, and no word of what the message carried. */
  #ownMessages(): readonly GraphWish[] {
    return this.#teams.shown
      .filter(({ to }) => to === undefined)
      .map(({ id, conversation, activity }) => {
        return { id, conversation, application: APP_ID, html: `<p>${activity.text ?? ''}</p>` };
      });
  }
}

function refused(status: number, code: string): Answer {
  return { status, content: { error: { code, message: `${code} in “a chat”` } } };
}

function codeOf(content: unknown): string {
  return (content as { readonly error: { readonly code: string } }).error.code;
}

function one(all: readonly GraphWish[], id: string): Answer {
  const found = all.find((wish) => wish.id === id);
  return found === undefined ? refused(404, 'NotFound') : { status: 200, content: shapeOf(found) };
}

function list(all: readonly GraphWish[], asked: URL, known: readonly string[]): Answer {
  const { searchParams: query } = asked;
  if ([...query.keys()].some((key) => !known.includes(key) && key !== '$skiptoken')) return refused(400, 'BadRequest');
  const top = Number(query.get('$top') ?? 20);
  if (!(top >= 1 && top <= PAGE)) return refused(400, 'BadRequest');
  const order = query.get('$orderby');
  if (order !== null && order !== 'createdDateTime desc') return refused(400, 'BadRequest');
  const filter = query.get('$filter');
  const until = filter === null ? undefined : /^createdDateTime lt (\S+Z)$/u.exec(filter)?.[1];
  if (filter !== null && (until === undefined || order === null)) return refused(400, 'BadRequest');
  const fitting = all.filter(({ id }) => until === undefined || Number(id) < Date.parse(until));
  const from = Number(query.get('$skiptoken') ?? 0);
  query.set('$skiptoken', String(from + top));
  const content = {
    value: fitting.slice(from, from + top).map(shapeOf),
    ...(from + top < fitting.length && { '@odata.nextLink': asked.href }),
  };
  return { status: 200, content };
}

function shapeOf({ id, user, name, application, html, mentions = [], more = {} }: GraphWish) {
  return {
    id,
    messageType: 'message',
    createdDateTime: new Date(Number(id)).toISOString(),
    deletedDateTime: null,
    from: {
      application: application === undefined ? null : { id: application, applicationIdentityType: 'bot' },
      device: null,
      user: user === undefined ? null : { id: user, displayName: name, userIdentityType: 'aadUser', tenantId: TENANT },
    },
    body: { contentType: 'html', content: html },
    attachments: [],
    mentions,
    ...more,
  };
}

/** A message that mentions the bot and perhaps asks it something. */
export function mentioning(id: string, conversation: string, user: string, words: string): GraphWish {
  return {
    id,
    conversation,
    user: objectIdOf(user),
    name: `Name of ${user}`,
    html: `<p><at id="0">dejiren</at>&nbsp;${words}</p>`,
    mentions: [{ id: 0, mentionText: 'dejiren', mentioned: { application: { id: APP_ID }, user: null } }],
  };
}
