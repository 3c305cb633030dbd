import { type App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { createLink } from '../../../adapters/kit/link';
import { createSocketReceiver } from '../../../adapters/slack/socket';
import { type FakeSlack, startFakeSlack } from '../../../src/prove/doubles/slack/fake-slack';

const OPEN = 'apps.connections.open';

interface Wish {
  readonly prepare?: (slack: FakeSlack) => void;
  /** How long the receiver waits for an answer to a ping, in milliseconds. */
  readonly pingMs?: number;
  readonly helloMs?: number;
}

/** Bolt's own receiver on the wire, with a Slack of its own. */
async function connect({ prepare, pingMs = 15_000, helloMs }: Wish = {}) {
  const lines: string[] = [];
  const taken: unknown[] = [];
  let send: typeof fetch = (...request) => fetch(...request);
  const slack = await startFakeSlack();
  prepare?.(slack);
  const nothing = (): void => {};
  const silent = {
    debug: nothing,
    info: nothing,
    warn: nothing,
    error: nothing,
    setLevel: nothing,
    setName: nothing,
  };
  const logger = { ...silent, getLevel: () => LogLevel.ERROR };
  const tell = (event: string, fields: object = {}): void => void lines.push(`${event} ${JSON.stringify(fields)}`);
  const log = { debug: tell, info: tell, warn: tell, error: tell };
  const link = createLink({ platform: 'slack', name: 'socket', needed: true, log });
  const receiver = createSocketReceiver({
    make: () =>
      new SocketModeReceiver({
        appToken: slack.appToken,
        logger,
        autoReconnectEnabled: false,
        clientPingTimeout: pingMs,
        installerOptions: {
          clientOptions: {
            slackApiUrl: slack.apiUrl,
            fetch: (...request) => send(...request),
            retryConfig: { retries: 0 },
            rejectRateLimitedCalls: true,
          },
        },
      }),
    link,
    log,
    ...(helloMs !== undefined && { helloMs }),
    now: Date.now,
  });
  receiver.init({
    async processEvent({ body, ack }: { body: unknown; ack: () => Promise<void> }) {
      await ack();
      taken.push(body);
    },
  } as unknown as App);
  await receiver.start();
  const stop = async (): Promise<void> => {
    link.close();
    await receiver.stop();
  };
  return {
    slack,
    link,
    stop,
    told: (word: string): readonly string[] => lines.filter((line) => line.includes(word)),
    up: (): Promise<void> => slack.until(() => link.lost === undefined),
    lost: (): Promise<void> => slack.until(() => link.lost !== undefined),
    /** Events come in, and are acknowledged. */
    async works(): Promise<void> {
      const before = taken.length;
      await slack.until(() => slack.connections > 0);
      const { delivery } = await slack.say({ channel: 'D1', user: 'U1', text: 'a question' });
      expect([delivery?.status, taken.length]).toEqual([200, before + 1]);
    },
    sendBy(other: typeof fetch): void {
      send = other;
    },
    async [Symbol.asyncDispose]() {
      await stop();
      await slack.close();
    },
  };
}

/** The pauses before another attempt are waited out as they are: side by side. */
describe('the connection of Socket Mode', () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => void unhandled.push(error);
  beforeAll(() => void process.on('unhandledRejection', note));
  afterAll(() => {
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  it.concurrent.each(['warning', 'refresh_requested', 'link_disabled', 'too_many_websockets'] as const)(
    'is handed over to a new one, with nothing lost in between, when Slack says %s',
    async (reason) => {
      await using connection = await connect();
      const { slack, link, told, works } = connection;
      slack.disconnect(reason);
      // The one that is to go still takes events, and acknowledges them, until the next is there.
      await works();
      await slack.until(() => slack.connections === 2);
      await works();
      expect([link.lost, told('platform-')]).toEqual([undefined, []]);
    },
  );

  it.concurrent('is closed some seconds after another took over, where Slack does not do it', async () => {
    await using connection = await connect();
    const { slack, link, works } = connection;
    slack.disconnect();
    await slack.until(() => slack.connections === 2);
    await slack.until(() => slack.connections === 1);
    await works();
    expect(link.lost).toBeUndefined();
  });

  it.concurrent.each([
    ['a status of 5xx', { status: 503 }],
    ['a page in place of JSON', { status: 404 }],
    ['a reset', { reset: true }],
    ['an error of Slack’s own', { error: 'internal_error' }],
    ['a word that nobody knows', { error: 'something_new' }],
  ] as const)('survives that the next address ends in %s', async (_what, fault) => {
    await using connection = await connect();
    const { slack, up, works } = connection;
    slack.failNext(OPEN, fault);
    slack.disconnect();
    await slack.until(() => slack.callsOf(OPEN).length === 3);
    await up();
    await works();
  });

  it.concurrent('waits as long as Slack asks it to', async () => {
    await using connection = await connect();
    const { slack, works } = connection;
    slack.failNext(OPEN, { retryAfterSeconds: 2 });
    slack.disconnect();
    await slack.until(() => slack.callsOf(OPEN).length === 3);
    const [, refused, again] = slack.callsOf(OPEN);
    expect((again?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(1_990);
    await works();
  });

  it.concurrent('is lost without a word, and back: a line each', async () => {
    await using connection = await connect();
    const { slack, told, up, lost, works } = connection;
    slack.failNext(OPEN, { status: 500 });
    slack.sockets.drop();
    await lost();
    await up();
    await works();
    expect(told('platform-lost')).toEqual([
      'platform-lost {"platform":"slack","method":"socket","code":"closed"}',
      'platform-lost {"platform":"slack","method":"socket","code":"unreachable"}',
    ]);
    expect(told('platform-back')).toHaveLength(1);
  });

  it.concurrent('is left when it is half open: pings stay without an answer', async () => {
    await using connection = await connect({ pingMs: 400 });
    const { slack, up } = connection;
    slack.sockets.fallSilent();
    await slack.until(() => slack.callsOf(OPEN).length === 2);
    await up();
  });

  it.concurrent.each([
    ['the upgrade is refused', [{ refuse: 503 }, { refuse: 403 }]],
    ['no hello comes', ['silent']],
    ['too many are open', [{ disconnect: 'too_many_websockets' }]],
  ] as const)('is tried again when %s', async (_what, faults) => {
    await using connection = await connect({ helloMs: 700 });
    const { slack, up, works } = connection;
    slack.sockets.failNext(...faults);
    slack.sockets.drop();
    await slack.until(() => slack.callsOf(OPEN).length === 2 + faults.length);
    await up();
    await works();
  });

  it.concurrent('comes back when names cannot be looked up for a while', async () => {
    await using connection = await connect();
    const { slack, up, works, sendBy } = connection;
    let tries = 0;
    sendBy(async (...request) => {
      tries += 1;
      if (tries > 2) return fetch(...request);
      throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ENOTFOUND' } });
    });
    slack.sockets.drop();
    await slack.until(() => slack.callsOf(OPEN).length === 2);
    await up();
    await works();
  });

  it.concurrent('tells that its token was revoked, and comes back with the token', async () => {
    await using connection = await connect();
    const { slack, link, told, up, works } = connection;
    slack.failNext(OPEN, { error: 'invalid_auth' }, { error: 'invalid_auth' });
    slack.sockets.drop();
    await slack.until(() => link.lost === 'invalid_auth');
    await up();
    await works();
    expect(told('invalid_auth')).toHaveLength(1);
  });

  it.concurrent('begins during an outage, says so, and connects when that is over', async () => {
    await using connection = await connect({ prepare: (slack) => slack.failNext(OPEN, { status: 503 }) });
    const { link, up, works } = connection;
    expect(link.lost).toBe('unreachable');
    await up();
    await works();
  });

  it.concurrent('skips what it does not understand, whatever it is, and takes what comes after', async () => {
    await using connection = await connect();
    const { slack, link, told, works } = connection;
    const odd = ['', 'null', '[]', '{', '{"type":5}', '{"type":"close"}', '{"type":"error"}', '{"type":"events_api"}'];
    for (const words of [...odd, '{"type":"events_api","payload":{}}', '{"type":"interactive"}', Buffer.from('{}')])
      slack.sockets.say(words);
    await works();
    expect(told('slack-envelope-skipped')).toHaveLength(odd.length + 3);
    expect(link.lost).toBeUndefined();
  });

  it.concurrent('acknowledges that Slack holds events back, and tells the operator', async () => {
    await using connection = await connect();
    const { slack, told, works } = connection;
    expect((await slack.appRateLimited()).status).toBe(200);
    expect(told('slack-events-dropped')).toEqual(['slack-events-dropped {"code":"app_rate_limited"}']);
    await works();
  });

  it.concurrent('stays closed once it is stopped, also in the middle of connecting', async () => {
    await using connection = await connect();
    const { slack, stop, sendBy } = connection;
    let asking = false;
    sendBy((...request) => {
      asking = true;
      return fetch(...request);
    });
    const release = slack.holdCalls();
    slack.sockets.drop();
    await slack.until(() => asking);
    await stop();
    release();
    await slack.until(() => slack.callsOf(OPEN).length === 2);
    await expect(slack.until(() => slack.connections > 0, 300)).rejects.toThrow('never held');
  });
});
