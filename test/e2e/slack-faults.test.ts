import { type FakeOpenAi, startFakeOpenAi } from '../../src/prove/doubles/openai/server';
import { type FakeSlack, type FakeSlackOptions, startFakeSlack } from '../../src/prove/doubles/slack/fake-slack';
import { BOT_USER } from '../../src/prove/doubles/slack/state';
import { answer, createGate, refusal } from '../../src/prove/doubles/vendor-script';
import { type Program, startProgram } from '../support/program';

const SCOPES = ['app_mentions:read', 'assistant:write', 'chat:write', 'commands', 'im:history', 'channels:history'];
const USER = 'U1';
const FOOTER = 'AI can be wrong';

describe('dejiren in a Slack that says no', () => {
  let slack: FakeSlack;
  let openai: FakeOpenAi;
  let program: Program;

  async function begin(options: FakeSlackOptions = {}): Promise<void> {
    openai = await startFakeOpenAi();
    slack = await startFakeSlack({ scopes: SCOPES, ...options });
    program = await startProgram({
      env: {
        SLACK_SIGNING_SECRET: slack.signingSecret,
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_API_URL: slack.apiUrl,
        OPENAI_API_KEY: openai.apiKey,
        OPENAI_BASE_URL: openai.baseURL,
        OPENAI_MODEL: openai.model,
        DEJIREN_EGRESS_HOSTS: '127.0.0.1',
        DEJIREN_PUBLIC_URL: 'https://dejiren.example.com/',
      },
    });
    slack.deliverTo(`${program.url}/slack/events`);
    await slack.command(USER, 'C0', 'on');
  }
  afterEach(async () => {
    await program.end('SIGKILL');
    await slack.close();
    await openai.close();
  });

  const ask = (channel: string, words = 'a question', thread?: string, user = USER) =>
    slack.say({
      channel,
      user,
      text: channel.startsWith('D') ? words : `<@${BOT_USER}> ${words}`,
      ...(thread !== undefined && { thread }),
    });
  const shown = (channel: string): string =>
    slack
      .answers(channel)
      .map((one) => slack.seen(one))
      .join('\n');
  const answered = (channel: string): Promise<void> => slack.until(() => shown(channel).includes(FOOTER));

  it('keeps to its rates by itself: many at once are answered whole, and it hardly ever has to say no', async () => {
    await begin({ enforceRates: true });
    const places = [
      ...Array.from({ length: 40 }, (_, at) => `C${100 + at}`),
      ...Array.from({ length: 25 }, (_, at) => `D${100 + at}`),
    ];
    await Promise.all(places.map((place) => ask(place)));
    await slack.until(() => places.every((place) => shown(place).includes(FOOTER)));
    for (const place of places) {
      expect(slack.answers(place)).toHaveLength(1);
      expect(shown(place)).toContain('Hello from the fake.');
    }
    expect(slack.calls.filter(({ status }) => status === 429)).toHaveLength(0);
  });

  it.each(['C1', 'D1'])('waits as long as it is told to, and loses and repeats nothing (%s)', async (place) => {
    await begin();
    for (const method of ['chat.postMessage', 'chat.update', 'chat.startStream', 'chat.stopStream'])
      slack.failNext(method, { retryAfterSeconds: 1 });
    await ask(place);
    await answered(place);
    expect(shown(place).match(/Hello from the fake\./gu)).toHaveLength(1);
  });

  it.each([
    ['the answer to', 'chat.update', 'C1', { lost: true }],
    ['the answer to', 'chat.appendStream', 'D1', { lost: true }],
    ['the answer to', 'chat.stopStream', 'D1', { lost: true }],
    ['a call of', 'chat.update', 'C1', { reset: true }],
    ['a call of', 'chat.appendStream', 'D1', { reset: true }],
    ['a call of', 'chat.stopStream', 'D1', { reset: true }],
    ['a gateway before', 'chat.appendStream', 'D1', { status: 500 }],
  ] as const)('loses and says twice nothing when %s %s is lost', async (_what, method, place, fault) => {
    await begin();
    const gate = createGate();
    openai.script(answer(['FIRST words. ', 'SECOND words. ', 'THIRD words.'], { gate }));
    gate.next();
    await ask(place);
    await slack.until(() => shown(place).includes('FIRST'));
    slack.failNext(method, fault);
    gate.next();
    if (method !== 'chat.stopStream') await slack.until(() => slack.callsOf(method).length > 0);
    gate.open();
    await answered(place);
    for (const word of ['FIRST', 'SECOND', 'THIRD']) expect(shown(place).match(new RegExp(word, 'gu'))).toHaveLength(1);
  });

  it('goes on by editing when Slack ends the stream', async () => {
    await begin();
    const gate = createGate();
    openai.script(answer(['FIRST words. ', 'SECOND words. ', 'THIRD words.'], { gate }));
    gate.next();
    await ask('D1');
    await slack.until(() => shown('D1').includes('FIRST'));
    slack.expireStreams();
    gate.open();
    await answered('D1');
    expect(shown('D1')).toContain('FIRST words. SECOND words. THIRD words.');
    expect(slack.answers('D1')).toHaveLength(1);
  });

  it('stays quiet and goes on where it is no member', async () => {
    await begin({ strangerIn: ['C9'] });
    await ask('C9');
    await ask('C1');
    await answered('C1');
    expect(slack.answers('C9')).toEqual([]);
    await slack.until(() => program.output().includes('not_in_channel'));
  });

  it.each(['C1', 'D1'])('takes a filtered answer back (%s)', async (place) => {
    await begin();
    const gate = createGate();
    openai.script(answer(['Something that '], { ending: 'filtered', gate }));
    gate.next();
    await ask(place);
    await slack.until(() => shown(place).includes('Something'));
    gate.open();
    await slack.until(() => shown(place).includes('content filter'));
    expect(shown(place)).not.toContain('Something');
  });

  it('ends a stream with a sentence when the person withdraws, and with no further word of the model', async () => {
    await begin();
    const gate = createGate();
    openai.script(answer(['FIRST words. ', 'SECOND words.'], { gate }));
    gate.next();
    await ask('D1');
    await slack.until(() => shown('D1').includes('FIRST'));
    await slack.command(USER, 'D1', 'オフ');
    gate.open();
    await slack.until(() => slack.answers('D1').every(({ streaming }) => !streaming));
    await slack.until(() => shown('D1').includes('withdrew'));
    expect(shown('D1')).not.toContain('SECOND');
  });

  it('stops for Slack’s own Stop, and hangs up on the vendor', async () => {
    await begin();
    const gate = createGate();
    openai.script(answer(['FIRST words. ', 'SECOND words.'], { gate }));
    gate.next();
    const { ts } = await ask('D1');
    await slack.until(() => shown('D1').includes('FIRST'));
    await slack.sessionStopped('D1', USER, ts);
    expect(await openai.requests.at(-1)?.over).toBe('hung-up');
    await slack.until(() => shown('D1').includes('Stopped.'));
    await slack.until(() => slack.callsOf('agents.sessions.setStatus').length > 0);
    gate.open();
  });

  it('takes along what the asker said and was answered in the thread, and nothing that was for others', async () => {
    await begin();
    await slack.command('U2', 'C1', 'on');
    const { ts } = await ask('C1', 'OWN-QUESTION');
    await answered('C1');
    openai.script(answer(['ANSWER-FOR-ANOTHER']));
    await ask('C1', 'OTHER-QUESTION', ts, 'U2');
    await slack.until(
      () => slack.answers('C1').length === 2 && (shown('C1').match(/AI can be wrong/gu) ?? []).length === 2,
    );
    const before = openai.requests.length;
    await ask('C1', 'and then?', ts);
    await slack.until(() => slack.answers('C1').length === 3);
    const { input } = JSON.parse(openai.requests[before]?.rawBody ?? '{}');
    expect(input).toEqual([
      { role: 'user', content: 'OWN-QUESTION' },
      { role: 'assistant', content: 'Hello from the fake.' },
      { role: 'user', content: 'and then?' },
    ]);
  });

  it('refuses what is not Slack’s, or too much, with a bare status, and goes on', async () => {
    await begin();
    const event = JSON.stringify(
      slack.eventOf({ type: 'app_mention', channel: 'C1', user: USER, text: 'CANARY', ts: '1.1' }),
    );
    const type = { 'content-type': 'application/json' };
    const seconds = Math.floor(Date.now() / 1_000);
    const requests: readonly (readonly [number, string, Record<string, string>])[] = [
      [401, event, {}],
      [401, event, { ...slack.sign(event), 'x-slack-signature': `v0=${'0'.repeat(64)}` }],
      [401, event, slack.sign(event, seconds - 301)],
      [401, event, slack.sign(event, seconds + 400)],
      [401, `${event} `, slack.sign(event)],
      [400, 'CANARY', slack.sign('CANARY')],
      [400, '[]', slack.sign('[]')],
      [413, 'x'.repeat(5_000_000), {}],
    ];
    for (const [status, body, headers] of requests) {
      const delivery = await slack.postRaw(body, { ...type, ...headers });
      expect([delivery.status, delivery.body]).toEqual([status, '']);
    }
    expect((await fetch(`${program.url}/slack/events`)).status).toBe(405);
    expect((await fetch(`${program.url}/nowhere`)).status).toBe(404);
    for (const words of ['frobnicate', '🎉', 'x'.repeat(40_000), '__proto__']) {
      const card = await slack.command(USER, 'C1', words);
      expect(card && slack.seen(card)).toContain('How to use dejiren');
    }
    await ask('C1', 'y'.repeat(40_000));
    await slack.until(() => slack.ephemerals.some((one) => slack.seen(one).includes('too long')));
    await ask('C2');
    await answered('C2');
    expect(program.output()).not.toMatch(/CANARY|frobnicate|yyyy|xxxx/u);
  });

  it('meets people on its home page and with prompts', async () => {
    await begin();
    await slack.appHomeOpened(USER, 'home');
    await slack.until(() => slack.homes.has(USER));
    expect(slack.calls.filter(({ method, error }) => method === 'views.publish' && error !== undefined)).toEqual([]);
    expect(JSON.stringify(slack.homes.get(USER))).toContain('Your consent');
    expect(JSON.stringify(slack.homes.get(USER))).toContain('https://dejiren.example.com/data-handling?lang=en');
    await slack.appHomeOpened(USER, 'messages');
    await slack.until(() => slack.prompts.size > 0);
  });

  it('lets an answer finish when it is told to end, and tells the asker when the vendor is down', async () => {
    await begin();
    openai.usually(refusal(503, {}));
    await ask('C1');
    await slack.until(() => slack.ephemerals.some((one) => slack.seen(one).includes('not available right now')));
    openai.usually(answer(['Hello from the fake.']));
    const gate = createGate();
    openai.script(answer(['FIRST words. ', 'LAST words.'], { gate }));
    gate.next();
    await ask('C2');
    await slack.until(() => shown('C2').includes('FIRST'));
    const ended = program.end('SIGTERM');
    gate.open();
    expect(await ended).toBe(0);
    expect(shown('C2')).toContain('LAST words.');
    expect(shown('C2')).toContain(FOOTER);
  });
});
