import { startBoltApp } from '../../../src/prove/doubles/slack/bolt-app';
import { type FakeSlack, type FakeSlackOptions, startFakeSlack } from '../../../src/prove/doubles/slack/fake-slack';
import { BOT_USER } from '../../../src/prove/doubles/slack/state';

describe('the fake Slack, when things go wrong', () => {
  const ends: (() => Promise<void>)[] = [];
  const begin = async (options: FakeSlackOptions = {}): Promise<FakeSlack> => {
    const slack = await startFakeSlack(options);
    ends.push(() => slack.close());
    return slack;
  };
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  const call = (slack: FakeSlack, method: string, args: Record<string, unknown>, signal?: AbortSignal) =>
    fetch(slack.apiUrl + method, {
      method: 'POST',
      headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(args),
      ...(signal !== undefined && { signal }),
    });
  const statuses = async (slack: FakeSlack, method: string, times: number, args: Record<string, unknown>) => {
    const found: number[] = [];
    for (let time = 0; time < times; time += 1) found.push((await call(slack, method, args)).status);
    return found;
  };

  it.each([
    ['chat.startStream', 20],
    ['chat.stopStream', 20],
    ['chat.update', 50],
    ['conversations.replies', 50],
    ['chat.appendStream', 100],
  ])('limits %s to %i calls a minute, and takes calls again after it', async (method, most) => {
    let now = 1_000_000;
    const slack = await begin({ enforceRates: true, now: () => now });
    const found = await statuses(slack, method, most + 1, { channel: 'C1' });
    expect(found.indexOf(429)).toBe(most);
    const refused = await call(slack, method, { channel: 'C1' });
    expect(await refused.json()).toEqual({ ok: false, error: 'ratelimited' });
    now += Number(refused.headers.get('retry-after')) * 1_000;
    expect((await call(slack, method, { channel: 'C1' })).status).toBe(200);
  });

  it('limits posts to one a second and channel after a burst of thirty', async () => {
    let now = 1_000_000;
    const slack = await begin({ enforceRates: true, now: () => now });
    const post = (channel: string, times: number) => statuses(slack, 'chat.postMessage', times, { channel, text: 'x' });
    expect((await post('C1', 31)).indexOf(429)).toBe(30);
    expect(await post('C2', 1)).toEqual([200]);
    now += 1_000;
    expect(await post('C1', 2)).toEqual([200, 429]);
    expect(slack.answers('C1')).toHaveLength(31);
  });

  it('fails the next calls as it is told, in order, and then works', async () => {
    const slack = await begin();
    const post = () => call(slack, 'chat.postMessage', { channel: 'C1', text: 'x' });
    slack.failNext('chat.postMessage', { error: 'internal_error' }, { status: 503 }, { retryAfterSeconds: 7 });
    slack.failNext('chat.postMessage', { reset: true }, { lost: true });
    expect(await (await post()).json()).toEqual({ ok: false, error: 'internal_error' });
    expect((await post()).status).toBe(503);
    expect((await post()).headers.get('retry-after')).toBe('7');
    await expect(post()).rejects.toThrow();
    expect(slack.answers('C1')).toHaveLength(0);
    await expect(post()).rejects.toThrow();
    expect(slack.answers('C1')).toHaveLength(1);
    expect((await post()).status).toBe(200);
    expect(slack.callsOf('chat.postMessage').map(({ status, error }) => error ?? status)).toEqual([
      'internal_error',
      'status',
      'ratelimited',
      'reset',
      'lost',
      200,
    ]);
  });

  it('hangs until the caller gives up', async () => {
    const slack = await begin();
    slack.failNext('auth.test', { hang: true });
    const caller = new AbortController();
    const asked = call(slack, 'auth.test', {}, caller.signal);
    await slack.until(() => slack.callsOf('auth.test').length === 1);
    caller.abort();
    await expect(asked).rejects.toThrow('abort');
  });

  it('holds calls back until they are let go', async () => {
    const slack = await begin();
    const release = slack.holdCalls();
    const asked = call(slack, 'auth.test', {});
    expect(slack.calls).toEqual([]);
    release();
    expect((await asked).status).toBe(200);
  });

  it('has Bolt refuse a wrong, an old and a missing signature', async () => {
    const slack = await begin();
    let heard = 0;
    const { stop } = await startBoltApp(slack, 'http', (app) => {
      app.event('app_mention', async () => {
        heard += 1;
      });
    });
    ends.push(stop);
    const body = JSON.stringify(
      slack.eventOf({ type: 'app_mention', channel: 'C1', user: 'U1', ts: '1.1', text: 'x' }),
    );
    const json = { 'content-type': 'application/json' };
    const old = Math.floor(Date.now() / 1_000) - 301;
    expect(await slack.postRaw(body, { ...json, ...slack.sign(`${body} `) })).toMatchObject({ status: 401 });
    expect(await slack.postRaw(body, { ...json, ...slack.sign(body, old) })).toMatchObject({ status: 401 });
    expect((await slack.postRaw(body, json)).status).toBeGreaterThanOrEqual(400);
    expect(await slack.postRaw(body, json, '/elsewhere')).toMatchObject({ status: 404 });
    expect(heard).toBe(0);
    expect(await slack.postRaw(body, { ...json, ...slack.sign(body) })).toMatchObject({ status: 200 });
    await slack.until(() => heard === 1);
  });

  it('tells a Socket Mode app to go, and has it back on a new connection', async () => {
    const slack = await begin();
    let heard = 0;
    const listen = (app: Parameters<Parameters<typeof startBoltApp>[2]>[0]): void => {
      app.event('app_mention', async () => {
        heard += 1;
      });
    };
    const { stop } = await startBoltApp(slack, 'socket', listen, { reconnectMs: 300 });
    ends.push(stop);
    slack.disconnect();
    await slack.until(() => !slack.connected);
    await slack.until(() => slack.connected);
    expect(slack.callsOf('apps.connections.open')).toHaveLength(2);
    await slack.say({ channel: 'C1', user: 'U1', text: `<@${BOT_USER}>` });
    await slack.until(() => heard === 1);
  });

  it('lets nobody in without a ticket of its own', async () => {
    const slack = await begin();
    const opened = await fetch(`${slack.apiUrl}apps.connections.open`, {
      method: 'POST',
      headers: { authorization: `Bearer ${slack.appToken}` },
    });
    const { url } = (await opened.json()) as { url: string };
    const enter = (): Promise<string> =>
      new Promise((resolve) => {
        const socket = new WebSocket(url);
        socket.addEventListener('message', ({ data }) => resolve(JSON.parse(String(data)).type));
        socket.addEventListener('error', () => resolve('refused'));
      });
    expect(await enter()).toBe('hello');
    expect(await enter()).toBe('refused');
  });

  it('tells that nobody answered, when nobody is there', async () => {
    const slack = await begin();
    expect(await slack.appUninstalled()).toMatchObject({ status: 0 });
    slack.deliverTo('http://127.0.0.1:1/slack/events');
    expect(await slack.appUninstalled()).toMatchObject({ status: 0 });
  });
});
