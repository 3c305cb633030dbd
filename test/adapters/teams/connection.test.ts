import { TokenRefusedError } from '../../../adapters/teams/bot-tokens';
import { createConnection } from '../../../adapters/teams/connection';
import { createGraph } from '../../../adapters/teams/graph';
import { allWork } from '../../../src/model/link';
import { quietLog } from '../../support/consent';

const SERVICE = 'https://smba.trafficmanager.net/emea/';

describe('the ways to Teams', () => {
  let down: { token?: Error | undefined; service?: boolean };
  let lines: string[];
  let asked: string[];
  let connection: ReturnType<typeof createConnection>;

  beforeEach(() => {
    jest.useFakeTimers();
    [down, lines, asked] = [{}, [], []];
    const tell = (event: string, { method, code }: { method?: string; code?: string } = {}): void =>
      void lines.push([event, method, code].filter(Boolean).join(' '));
    connection = createConnection({
      check: { verdictOn: async () => ({ kind: 'refused' }), haveKeys: async () => true },
      tokens: async () => {
        if (down.token !== undefined) throw down.token;
        return 'token';
      },
      scope: 'scope',
      readsChats: true,
      fetch: async (url) => {
        asked.push(String(url));
        if (down.service === true) throw new TypeError('fetch failed');
        return new Response(null, { status: 401 });
      },
      log: { debug: tell, info: tell, warn: tell, error: tell },
      now: Date.now,
    });
  });
  afterEach(() => {
    connection.close();
    jest.useRealTimers();
  });

  const states = (): Record<string, string | undefined> =>
    Object.fromEntries(connection.links.map(({ name, lost }) => [name, lost]));

  it('are told from the first try on, and up is told once there is a token', async () => {
    down.token = new TypeError('fetch failed');
    let up = 0;
    expect(await connection.open(() => (up += 1))).toBe('tried');
    expect(states()).toEqual({ token: 'unreachable', keys: undefined, connector: undefined, graph: undefined });
    expect([up, allWork(connection.links)]).toEqual([0, false]);
    down.token = undefined;
    await jest.advanceTimersByTimeAsync(5_000);
    expect([up, allWork(connection.links)]).toEqual([1, true]);
    expect(lines).toEqual(['platform-lost token unreachable', 'platform-back token']);
  });

  it.each([
    [400, 'refused'],
    [401, 'refused'],
    [429, 'tried'],
    [503, 'tried'],
  ])('tell a refused credential from an outage at the start (%i)', async (status, outcome) => {
    down.token = new TokenRefusedError(status);
    expect(await connection.open(() => {})).toBe(outcome);
  });

  it('are lost while running when the credential is refused, and back when it counts again', async () => {
    await connection.open(() => {});
    down.token = new TokenRefusedError(401);
    await expect(connection.token?.()).rejects.toThrow(TokenRefusedError);
    expect(states()).toMatchObject({ token: 'refused' });
    down.token = undefined;
    await jest.advanceTimersByTimeAsync(15_000);
    expect(states()).toMatchObject({ token: undefined });
  });

  it('know the Bot Connector again by any answer of it, asked where it was spoken to last', async () => {
    await connection.open(() => {});
    connection.at(SERVICE);
    down.service = true;
    for (let call = 0; call < 3; call += 1) connection.connector.unanswered();
    expect(states()).toMatchObject({ connector: 'unreachable' });
    await jest.advanceTimersByTimeAsync(10_000);
    expect(states()).toMatchObject({ connector: 'unreachable' });
    down.service = false;
    await jest.advanceTimersByTimeAsync(15_000);
    expect(states()).toMatchObject({ connector: undefined });
    expect(new Set(asked)).toEqual(new Set([SERVICE]));
  });

  it('let questions be answered without Graph', async () => {
    await connection.open(() => {});
    let status = 503;
    const graph = createGraph({
      url: 'https://graph.microsoft.com',
      token: async () => 'token',
      fetch: async () => new Response('{}', { status }),
      link: connection.graph,
      log: quietLog,
    });
    const place = { kind: 'chat', tenant: 't', chat: 'c' } as const;
    const read = (): Promise<unknown> => graph.message(place, '1', new AbortController().signal);
    for (let call = 0; call < 3; call += 1) await read();
    expect(states()).toMatchObject({ graph: 'unreachable' });
    expect(allWork(connection.links)).toBe(true);
    status = 403;
    await read();
    expect(states()).toMatchObject({ graph: undefined });
  });
});
