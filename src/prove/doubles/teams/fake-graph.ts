import type { IncomingMessage, ServerResponse } from 'node:http';
import { startWebServer } from '../web-server';
import { APP_ID, type FakeTeams, objectIdOf, TENANT } from './fake-teams';

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

/** Microsoft Graph's messages of channels and chats on this machine. It refuses what Graph refuses. */
export async function startFakeGraph(teams: FakeTeams) {
  const web = await startWebServer((request, response) => serve(request, response));
  const written: GraphWish[] = [];
  const refused = new Set<string>();
  const requests: string[] = [];
  const breaches: string[] = [];
  let down = 0;

  function answer(response: ServerResponse, status: number, content: unknown): unknown {
    return response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
  }

  function serve(request: IncomingMessage, response: ServerResponse): unknown {
    const asked = new URL(request.url ?? '/', web.url);
    requests.push(`${decodeURIComponent(asked.pathname)}${decodeURIComponent(asked.search)}`);
    const refuse = (status: number, code: string): unknown => {
      if (status !== 403) breaches.push(`${status} ${code}`);
      return answer(response, status, { error: { code, message: `${code} in “a chat”` } });
    };
    if (request.headers.authorization !== `Bearer ${GRAPH_TOKEN}`) return refuse(401, 'InvalidAuthenticationToken');
    if (down > 0) {
      down -= 1;
      return answer(response, 503, {});
    }
    const path = decodeURIComponent(asked.pathname);
    const thread = /^\/v1\.0\/teams\/([^/]+)\/channels\/([^/]+)\/messages\/(\d+)(\/replies)?(?:\/(\d+))?$/u.exec(path);
    const chat = /^\/v1\.0\/chats\/([^/]+)\/messages(?:\/(\d+))?$/u.exec(path);
    if (thread !== null) {
      const [, group, channel = '', root = '', replies, reply] = thread;
      if (group !== GROUP) return refuse(404, 'NotFound');
      if (refused.has(channel)) return refuse(403, 'Forbidden');
      const all = messagesIn(`${channel};messageid=${root}`);
      if (replies === undefined) return one(all, root, refuse, response);
      if (reply !== undefined) return one(all, reply, refuse, response);
      return list(
        all.filter(({ id }) => id !== root),
        asked,
        ['$top'],
        refuse,
        response,
      );
    }
    if (chat === null) return refuse(404, 'NotFound');
    const [, id = '', message] = chat;
    if (refused.has(id)) return refuse(403, 'Forbidden');
    if (!id.includes('@thread.v2')) return refuse(404, 'NotFound');
    if (message !== undefined) return one(messagesIn(id), message, refuse, response);
    return list(messagesIn(id), asked, ['$top', '$orderby', '$filter'], refuse, response);
  }

  const messagesIn = (conversation: string): readonly GraphWish[] =>
    [...written, ...ownMessages()]
      .filter((wish) => wish.conversation === conversation)
      .sort((first, second) => Number(second.id) - Number(first.id));

  /** What the bot shows to everybody, as Graph tells it: the application, and no word of what the message carried. */
  const ownMessages = (): readonly GraphWish[] =>
    teams.shown
      .filter(({ to }) => to === undefined)
      .map(({ id, conversation, activity }) => {
        return { id, conversation, application: APP_ID, html: `<p>${activity.text ?? ''}</p>` };
      });

  function one(
    all: readonly GraphWish[],
    id: string,
    refuse: (status: number, code: string) => unknown,
    response: ServerResponse,
  ): unknown {
    const found = all.find((wish) => wish.id === id);
    if (found === undefined) return refuse(404, 'NotFound');
    return answer(response, 200, shapeOf(found));
  }

  function list(
    all: readonly GraphWish[],
    asked: URL,
    known: readonly string[],
    refuse: (status: number, code: string) => unknown,
    response: ServerResponse,
  ): unknown {
    const { searchParams: query } = asked;
    if ([...query.keys()].some((key) => !known.includes(key) && key !== '$skiptoken')) return refuse(400, 'BadRequest');
    const top = Number(query.get('$top') ?? 20);
    if (!(top >= 1 && top <= PAGE)) return refuse(400, 'BadRequest');
    const order = query.get('$orderby');
    if (order !== null && order !== 'createdDateTime desc') return refuse(400, 'BadRequest');
    const filter = query.get('$filter');
    const until = filter === null ? undefined : /^createdDateTime lt (\S+Z)$/u.exec(filter)?.[1];
    if (filter !== null && (until === undefined || order === null)) return refuse(400, 'BadRequest');
    const fitting = all.filter(({ id }) => until === undefined || Number(id) < Date.parse(until));
    const from = Number(query.get('$skiptoken') ?? 0);
    query.set('$skiptoken', String(from + top));
    return answer(response, 200, {
      value: fitting.slice(from, from + top).map(shapeOf),
      ...(from + top < fitting.length && { '@odata.nextLink': asked.href }),
    });
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
        user:
          user === undefined ? null : { id: user, displayName: name, userIdentityType: 'aadUser', tenantId: TENANT },
      },
      body: { contentType: 'html', content: html },
      attachments: [],
      mentions,
      ...more,
    };
  }

  return {
    env: { DEJIREN_TEAMS_HISTORY: 'true', DEJIREN_TEAMS_GRAPH_URL: web.url },
    /** Paths and queries that were asked for. */
    requests,
    breaches,
    write: (...wishes: readonly GraphWish[]): void => void written.push(...wishes),
    /** Puts another message in the place of one. */
    rewrite(id: string, change: Partial<GraphWish>): void {
      const index = written.findIndex((wish) => wish.id === id);
      const before = written[index];
      if (before !== undefined) written[index] = { ...before, ...change };
    },
    refuse: (place: string): void => void refused.add(place),
    /** The next so many requests find Graph overloaded. */
    failNext(count: number): void {
      down = count;
    },
    close: web.close,
  };
}

export type FakeGraph = Awaited<ReturnType<typeof startFakeGraph>>;

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
