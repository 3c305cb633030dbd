import { type App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { createSocketReceiver } from '../../../adapters/slack/socket';
import { createLink } from '../../../src/chat/link';
import { type FakeSlack, startFakeSlack } from '../../fakes/slack/fake-slack';

const OPEN = 'apps.connections.open';

/** Bolt's own receiver on the wire; its patience with pings is short, so that silence is noticed soon. */
describe('the connection of Socket Mode', () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => void unhandled.push(error);
  let slack: FakeSlack;
  let lines: string[];
  let taken: unknown[];
  let stop: () => Promise<void>;
  let link: ReturnType<typeof createLink>;
  let send: typeof fetch;

  beforeEach(() => {
    lines = [];
    taken = [];
    unhandled.length = 0;
    send = (...request) => fetch(...request);
    process.on('unhandledRejection', note);
  });
  afterEach(async () => {
    await stop();
    await slack.close();
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  async function connect(prepare: () => void = () => {}): Promise<void> {
    slack = await startFakeSlack();
    prepare();
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
    link = createLink({ platform: 'slack', name: 'socket', needed: true, log });
    const receiver = createSocketReceiver({
      make: () =>
        new SocketModeReceiver({
          appToken: slack.appToken,
          logger,
          autoReconnectEnabled: false,
          clientPingTimeout: 400,
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
      helloMs: 700,
      now: Date.now,
    });
    receiver.init({
      async processEvent({ body, ack }: { body: unknown; ack: () => Promise<void> }) {
        await ack();
        taken.push(body);
      },
    } as unknown as App);
    await receiver.start();
    stop = async () => {
      link.close();
      await receiver.stop();
    };
  }

  const told = (word: string): readonly string[] => lines.filter((line) => line.includes(word));
  const up = (): Promise<void> => slack.until(() => link.lost === undefined);
  const lost = (): Promise<void> => slack.until(() => link.lost !== undefined);

  /** Events come in, and are acknowledged. */
  async function works(): Promise<void> {
    const before = taken.length;
    await slack.until(() => slack.connections > 0);
    const { delivery } = await slack.say({ channel: 'D1', user: 'U1', text: 'a question' });
    expect([delivery?.status, taken.length]).toEqual([200, before + 1]);
  }

  it.each(['warning', 'refresh_requested', 'link_disabled', 'too_many_websockets'] as const)(
    'is handed over to a new one, with nothing lost in between, when Slack says %s',
    async (reason) => {
      await connect();
      slack.disconnect(reason);
      // The one that is to go still takes events, and acknowledges them, until the next is there.
      await works();
      await slack.until(() => slack.connections === 2);
      await works();
      expect([link.lost, told('platform-')]).toEqual([undefined, []]);
    },
  );

  it('is closed some seconds after another took over, where Slack does not do it', async () => {
    await connect();
    slack.disconnect();
    await slack.until(() => slack.connections === 2);
    await slack.until(() => slack.connections === 1);
    await works();
    expect(link.lost).toBeUndefined();
  });

  it.each([
    ['a status of 5xx', { status: 503 }],
    ['a page in place of JSON', { status: 404 }],
    ['a reset', { reset: true }],
    ['an error of Slack’s own', { error: 'internal_error' }],
    ['a word that nobody knows', { error: 'something_new' }],
  ] as const)('survives that the next address ends in %s', async (_what, fault) => {
    await connect();
    slack.failNext(OPEN, fault);
    slack.disconnect();
    await slack.until(() => slack.callsOf(OPEN).length === 3);
    await up();
    await works();
  });

  it('waits as long as Slack asks it to', async () => {
    await connect();
    slack.failNext(OPEN, { retryAfterSeconds: 2 });
    slack.disconnect();
    await slack.until(() => slack.callsOf(OPEN).length === 3);
    const [, refused, again] = slack.callsOf(OPEN);
    expect((again?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(1_990);
    await works();
  });

  it('is lost without a word, and back: a line each', async () => {
    await connect();
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

  it('is left when it is half open: pings stay without an answer', async () => {
    await connect();
    slack.sockets.fallSilent();
    await slack.until(() => slack.callsOf(OPEN).length === 2);
    await up();
  });

  it.each([
    ['the upgrade is refused', [{ refuse: 503 }, { refuse: 403 }]],
    ['no hello comes', ['silent']],
    ['too many are open', [{ disconnect: 'too_many_websockets' }]],
  ] as const)('is tried again when %s', async (_what, faults) => {
    await connect();
    slack.sockets.failNext(...faults);
    slack.sockets.drop();
    await slack.until(() => slack.callsOf(OPEN).length === 2 + faults.length);
    await up();
    await works();
  });

  it('comes back when names cannot be looked up for a while', async () => {
    await connect();
    let tries = 0;
    send = async (...request) => {
      tries += 1;
      if (tries > 2) return fetch(...request);
      throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ENOTFOUND' } });
    };
    slack.sockets.drop();
    await slack.until(() => slack.callsOf(OPEN).length === 2);
    await up();
    await works();
  });

  it('tells that its token was revoked, and comes back with the token', async () => {
    await connect();
    slack.failNext(OPEN, { error: 'invalid_auth' }, { error: 'invalid_auth' });
    slack.sockets.drop();
    await slack.until(() => link.lost === 'invalid_auth');
    await up();
    await works();
    expect(told('invalid_auth')).toHaveLength(1);
  });

  it('begins during an outage, says so, and connects when that is over', async () => {
    await connect(() => slack.failNext(OPEN, { status: 503 }));
    expect(link.lost).toBe('unreachable');
    await up();
    await works();
  });

  it('skips what it does not understand, whatever it is, and takes what comes after', async () => {
    await connect();
    const odd = ['', 'null', '[]', '{', '{"type":5}', '{"type":"close"}', '{"type":"error"}', '{"type":"events_api"}'];
    for (const words of [...odd, '{"type":"events_api","payload":{}}', '{"type":"interactive"}', Buffer.from('{}')])
      slack.sockets.say(words);
    await works();
    expect(told('slack-envelope-skipped')).toHaveLength(odd.length + 3);
    expect(link.lost).toBeUndefined();
  });

  it('acknowledges that Slack holds events back, and tells the operator', async () => {
    await connect();
    expect((await slack.appRateLimited()).status).toBe(200);
    expect(told('slack-events-dropped')).toEqual(['slack-events-dropped {"code":"app_rate_limited"}']);
    await works();
  });

  it('stays closed once it is stopped, also in the middle of connecting', async () => {
    await connect();
    let asking = false;
    send = (...request) => {
      asking = true;
      return fetch(...request);
    };
    const release = slack.holdCalls();
    slack.sockets.drop();
    await slack.until(() => asking);
    await stop();
    release();
    await slack.until(() => slack.callsOf(OPEN).length === 2);
    await expect(slack.until(() => slack.connections > 0, 300)).rejects.toThrow('never held');
  });
});
