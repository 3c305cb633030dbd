import http, { type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LogLevel, webApi } from '@slack/bolt';
import { startBoltApp } from '../../../src/prove/doubles/slack/bolt-app';
import { type FakeSlack, type FakeSlackOptions, startFakeSlack } from '../../../src/prove/doubles/slack/fake-slack';
import { BOT_USER } from '../../../src/prove/doubles/slack/state';

const THREAD = '1700000000.000100';

describe('the fake Slack, as time goes by', () => {
  const ends: (() => void | Promise<void>)[] = [];
  let now = 1_000_000;
  const begin = async (options: FakeSlackOptions = {}): Promise<FakeSlack> => {
    const slack = await startFakeSlack({ now: () => now, ...options });
    ends.push(() => slack.close());
    return slack;
  };
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  /** A request URL that answers each delivery as the next of these says. */
  async function receive(slack: FakeSlack, ...answers: ((response: ServerResponse) => void)[]) {
    const heard: IncomingHttpHeaders[] = [];
    const server = http.createServer((request, response) => {
      request.resume();
      answers[heard.push(request.headers) - 1]?.(response);
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    ends.push(() => {
      server.closeAllConnections();
      server.close();
    });
    slack.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
    return heard;
  }
  const status =
    (code: number, headers: Record<string, string> = {}) =>
    (response: ServerResponse): void =>
      void response.writeHead(code, headers).end();
  const silent = (): void => undefined;
  const mention = { channel: 'C1', user: 'U1', text: `<@${BOT_USER}>` };

  const clientOf = (slack: FakeSlack): webApi.WebClient =>
    new webApi.WebClient(slack.botToken, {
      slackApiUrl: slack.apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      logLevel: LogLevel.ERROR,
    });

  it.each([
    ['answered with an error', status(500), 500, 'http_error'],
    ['cut off', (response: ServerResponse) => void response.destroy(), 0, 'connection_failed'],
    ['not answered in time', silent, 0, 'http_timeout'],
  ])('delivers an event that was %s once more, and says why', async (_, first, code, reason) => {
    const slack = await begin({ ackWithinMs: 100 });
    const heard = await receive(slack, first, status(200));
    const { delivery } = await slack.say(mention);
    expect(delivery).toMatchObject({ status: code, retried: { status: 200 } });
    expect(heard.map((headers) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']])).toEqual([
      [undefined, undefined],
      ['1', reason],
    ]);
  });

  it('delivers once what was acknowledged, what wants no retry, and what no event is', async () => {
    const slack = await begin();
    const heard = await receive(slack, status(200), status(500, { 'x-slack-no-retry': '1' }), status(500));
    expect((await slack.say(mention)).delivery).not.toHaveProperty('retried');
    expect((await slack.say(mention)).delivery).not.toHaveProperty('retried');
    expect(await slack.commandAck('U1', 'C1', 'on')).toMatchObject({ status: 500 });
    expect(heard).toHaveLength(3);
  });

  it('sends an envelope again that a Socket Mode app did not acknowledge', async () => {
    const slack = await begin({ ackWithinMs: 100 });
    const { url = '' } = await new webApi.WebClient(slack.appToken, {
      slackApiUrl: slack.apiUrl,
    }).apps.connections.open();
    const socket = new WebSocket(url);
    ends.push(() => socket.close());
    const heard: Record<string, unknown>[] = [];
    socket.addEventListener('message', ({ data }) => {
      const envelope = JSON.parse(String(data));
      if (envelope.type !== 'hello') heard.push(envelope);
      if (envelope.retry_attempt === 1) socket.send(JSON.stringify({ envelope_id: envelope.envelope_id }));
    });
    await slack.until(() => slack.connected);
    expect((await slack.say(mention)).delivery).toMatchObject({ status: 0, late: true, retried: { status: 200 } });
    expect(heard).toMatchObject([
      { type: 'events_api', retry_attempt: 0 },
      { type: 'events_api', retry_attempt: 1, retry_reason: 'timeout' },
    ]);
  });

  it.each(['http', 'socket'] as const)('gives a command up that Bolt does not acknowledge, by %s', async (mode) => {
    const slack = await begin({ ackWithinMs: 100, now: Date.now });
    const listen = (app: Parameters<Parameters<typeof startBoltApp>[2]>[0]): void => {
      app.command('/dejiren-optin', async () => undefined);
    };
    const { stop } = await startBoltApp(slack, mode, listen);
    ends.push(stop);
    expect(await slack.commandAck('U1', 'C1', 'on')).toMatchObject({ status: 0, late: true });
  });

  it('lets a stream take appends for five minutes, and its message be edited after it', async () => {
    const slack = await begin();
    const { chat } = clientOf(slack);
    const { ts = '' } = await chat.startStream({ channel: 'D1', thread_ts: THREAD, markdown_text: 'a' });
    const append = () => chat.appendStream({ channel: 'D1', ts, markdown_text: 'b' });
    now += 299_999;
    expect(await append()).toMatchObject({ ok: true });
    now += 1;
    await expect(append()).rejects.toThrow('message_not_in_streaming_state');
    expect(await chat.update({ channel: 'D1', ts, text: 'whole' })).toMatchObject({ ok: true });
  });

  it('ends one stream and leaves the others', async () => {
    const slack = await begin();
    const { chat } = clientOf(slack);
    const start = async () =>
      (await chat.startStream({ channel: 'D1', thread_ts: THREAD, markdown_text: 'a' })).ts ?? '';
    const [one, other] = [await start(), await start()];
    slack.expireStream(one);
    const append = (ts: string) => chat.appendStream({ channel: 'D1', ts, markdown_text: 'b' });
    await expect(append(one)).rejects.toThrow('message_not_in_streaming_state');
    expect(await append(other)).toMatchObject({ ok: true });
  });

  it('takes a response_url for half an hour', async () => {
    const slack = await begin();
    const urls: string[] = [];
    const server = http.createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      urls.push(new URLSearchParams(Buffer.concat(chunks).toString()).get('response_url') ?? '');
      response.end();
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    ends.push(() => void server.close());
    slack.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await slack.commandAck('U1', 'C1', 'on');
    const respond = async () =>
      (await fetch(urls[0] ?? '', { method: 'POST', body: JSON.stringify({ text: 'x' }) })).status;
    now += 30 * 60_000 - 1;
    expect(await respond()).toBe(200);
    now += 1;
    expect(await respond()).toBe(404);
  });

  it('enforces the rates that it is given', async () => {
    const slack = await begin({
      enforceRates: true,
      rates: { perMinute: { 'conversations.history': 1 }, postBurst: 2 },
      scopes: ['channels:history', 'chat:write'],
    });
    const { chat, conversations } = clientOf(slack);
    await conversations.history({ channel: 'C1' });
    await expect(conversations.history({ channel: 'C1' })).rejects.toThrow('rate');
    for (const text of ['one', 'two']) await chat.postMessage({ channel: 'C1', text });
    await expect(chat.postMessage({ channel: 'C1', text: 'three' })).rejects.toThrow('rate');
  });

  it('tells who somebody is as Slack does', async () => {
    const slack = await begin({ scopes: ['users:read'] });
    slack.users.set('U1', { id: 'U1', name: 'one', realName: 'One Real', displayName: 'oney', locale: 'ja-JP' });
    slack.users.set('U2', { id: 'U2', name: 'two', isSingleChannelGuest: true });
    slack.users.set('U3', { id: 'U3', name: 'three', isStranger: true, team: 'T0OTHER' });
    const { users } = clientOf(slack);
    expect((await users.info({ user: 'U1', include_locale: true })).user).toMatchObject({
      name: 'one',
      real_name: 'One Real',
      profile: { display_name: 'oney', real_name: 'One Real' },
      is_restricted: false,
      locale: 'ja-JP',
    });
    expect((await users.info({ user: 'U2' })).user).toMatchObject({ is_restricted: true, is_ultra_restricted: true });
    expect((await users.info({ user: 'U3' })).user).toMatchObject({ is_stranger: true, team_id: 'T0OTHER' });
  });
});
