import { type FakeOpenAi, startFakeOpenAi } from '../../src/prove/doubles/openai/server';
import { type FakeSlack, startFakeSlack } from '../../src/prove/doubles/slack/fake-slack';
import { BOT_USER } from '../../src/prove/doubles/slack/state';
import { answer, createGate, refusal } from '../../src/prove/doubles/vendor-script';
import { type Program, startProgram } from '../support/program';

const SCOPES = ['app_mentions:read', 'assistant:write', 'chat:write', 'commands', 'im:history'];

describe.each(['http', 'socket'] as const)('dejiren in Slack by %s', (mode) => {
  let slack: FakeSlack;
  let openai: FakeOpenAi;
  let program: Program;

  beforeAll(async () => {
    openai = await startFakeOpenAi();
    slack = await startFakeSlack({ scopes: [...SCOPES, 'channels:history', 'users:read'] });
    const connection =
      mode === 'http' ? { SLACK_SIGNING_SECRET: slack.signingSecret } : { SLACK_APP_TOKEN: slack.appToken };
    program = await startProgram({
      env: {
        ...connection,
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_API_URL: slack.apiUrl,
        OPENAI_API_KEY: openai.apiKey,
        OPENAI_BASE_URL: openai.baseURL,
        OPENAI_MODEL: openai.model,
        DEJIREN_EGRESS_HOSTS: '127.0.0.1',
      },
    });
    slack.deliverTo(`${program.url}/slack/events`);
  });

  afterAll(async () => {
    await program?.end();
    await slack?.close();
    await openai?.close();
  });

  let count = 0;
  const someone = (): string => {
    count += 1;
    return `U${mode.toUpperCase()}${count}`;
  };
  const somewhere = (kind: 'C' | 'D' = 'C'): string => {
    count += 1;
    return `${kind}${mode.toUpperCase()}${count}`;
  };
  const mention = (words: string): string => `<@${BOT_USER}> ${words}`;
  const agreed = async (): Promise<string> => {
    const user = someone();
    slack.users.set(user, { id: user, name: `name-of-${user}` });
    await slack.command(user, 'CANY', 'on');
    return user;
  };
  const lastAnswer = (channel: string): string => {
    const last = slack.answers(channel).at(-1);
    return last === undefined ? '' : slack.seen(last);
  };
  const sent = (index: number): string => openai.requests[index]?.rawBody ?? '';

  it('asks somebody new privately, sends nothing, and answers the same question once they agree', async () => {
    const [user, channel, before] = [someone(), somewhere(), openai.requests.length];
    await slack.say({ channel, user, text: mention('what is a ledger?') });
    await slack.until(() => slack.ephemerals.some((one) => one.user === user));
    const card = slack.ephemerals.find((one) => one.user === user);
    expect(openai.requests).toHaveLength(before);
    expect(slack.answers(channel)).toEqual([]);
    if (card === undefined) throw new Error('no card');
    await slack.press(user, 'Agree', card);
    await slack.until(() => lastAnswer(channel).includes('OpenAI'));
    expect(lastAnswer(channel)).toContain('Hello from the fake.');
    expect(JSON.parse(sent(before))).toMatchObject({
      store: false,
      stream: true,
      input: [{ role: 'user', content: 'what is a ledger?' }],
    });
    expect(card.blocks[0]).toMatchObject({ text: { text: 'You have agreed to OpenAI.' } });
  });

  it('says kindly that the question has to be sent again when it is gone', async () => {
    const [user, channel] = [someone(), somewhere()];
    const { ts } = await slack.say({ channel, user, text: mention('forget me') });
    await slack.until(() => slack.ephemerals.some((one) => one.user === user));
    const card = slack.ephemerals.find((one) => one.user === user);
    slack.remove(ts);
    if (card === undefined) throw new Error('no card');
    await slack.press(user, 'Agree', card);
    await slack.until(() => slack.ephemerals.some((one) => one.user === user && slack.seen(one).includes('once more')));
    expect(slack.answers(channel)).toEqual([]);
  });

  it('streams in a direct message, and posts and edits in a channel', async () => {
    const [user, channel, direct] = [await agreed(), somewhere(), somewhere('D')];
    const streams = slack.callsOf('chat.startStream').length;
    await slack.say({ channel: direct, user, text: 'a direct question' });
    await slack.until(() => lastAnswer(direct).includes('AI can be wrong'));
    expect(lastAnswer(direct)).toContain('Hello from the fake.');
    expect(slack.callsOf('chat.startStream')).toHaveLength(streams + 1);
    await slack.say({ channel, user, text: mention('a question in a channel') });
    await slack.until(() => lastAnswer(channel).includes('AI can be wrong'));
    expect(lastAnswer(channel)).toContain('Hello from the fake.');
    expect(slack.callsOf('chat.startStream')).toHaveLength(streams + 1);
  });

  it('answers an event that is delivered four times, twice at once, one time', async () => {
    const [user, channel, before] = [await agreed(), somewhere(), openai.requests.length];
    const { event } = await slack.say({ channel, user, text: mention('once, please') });
    if (event === undefined) throw new Error('no event');
    await Promise.all([slack.event(event, { 'x-slack-retry-num': '1' }), slack.event(event)]);
    await slack.event(event, { 'x-slack-retry-num': '2' });
    await slack.until(() => lastAnswer(channel).includes('AI can be wrong'));
    await slack.say({ channel, user, text: mention('the next one') });
    await slack.until(() => slack.answers(channel).length === 2 && lastAnswer(channel).includes('AI can be wrong'));
    expect(openai.requests).toHaveLength(before + 2);
  });

  it('sends nothing of two others in a thread, names, mentions and quotes included', async () => {
    const [user, channel, before] = [await agreed(), somewhere(), openai.requests.length];
    const [ben, chika] = [someone(), someone()];
    slack.users.set(ben, { id: ben, name: 'Benjamin Quill' });
    slack.users.set(chika, { id: chika, name: '佐藤千佳' });
    const root = slack.put({ channel, user: ben, text: 'The merger codename is HERON-CANARY.' });
    slack.put({ channel, user: chika, text: '極秘カナリア予算は三億円です', thread: root });
    slack.put({ channel, user, text: 'My own earlier words: PELICAN.', thread: root });
    await slack.say({
      channel,
      user,
      thread: root,
      text: mention(`&gt; The merger codename is HERON-CANARY.\nIs Benjamin Quill right, <@${ben}>? And 佐藤千佳さん?`),
    });
    await slack.until(() => lastAnswer(channel).includes('AI can be wrong'));
    const body = sent(before);
    expect(body).toContain('PELICAN');
    for (const secret of ['HERON', 'カナリア', 'Benjamin', 'Quill', '佐藤', '千佳', ben, chika, user, channel])
      expect(body).not.toContain(secret);
  });

  it('stops an answer in mid-reply when the person opts out, closes the connection, and asks again afterwards', async () => {
    const [user, channel] = [await agreed(), somewhere()];
    const gate = createGate();
    openai.script(answer(['FIRST words. ', 'SECOND words. '], { gate }));
    gate.next();
    await slack.say({ channel, user, text: mention('a long one') });
    await slack.until(() => lastAnswer(channel).includes('FIRST'));
    const request = openai.requests.at(-1);
    await slack.command(user, channel, 'off');
    expect(await request?.over).toBe('hung-up');
    gate.open();
    await slack.until(() => lastAnswer(channel).includes('withdrew'));
    expect(lastAnswer(channel)).not.toContain('SECOND');
    const before = openai.requests.length;
    const cards = slack.ephemerals.length;
    await slack.say({ channel, user, text: mention('and now?') });
    await slack.until(() => slack.ephemerals.length > cards);
    expect(openai.requests).toHaveLength(before);
  });

  it('stops for the asker who presses Stop, and for nobody else', async () => {
    const [user, channel] = [await agreed(), somewhere()];
    const gate = createGate();
    openai.script(answer(['FIRST words. ', 'SECOND words. '], { gate }));
    gate.next();
    await slack.say({ channel, user, text: mention('a long one') });
    await slack.until(() => lastAnswer(channel).includes('FIRST'));
    const message = slack.answers(channel).at(-1);
    if (message === undefined) throw new Error('no answer');
    await slack.press(someone(), 'Stop', message);
    await slack.press(user, 'Stop', message);
    await slack.until(() => lastAnswer(channel).includes('Stopped.'));
    expect(lastAnswer(channel)).not.toContain('SECOND');
    expect(message.blocks.some(({ type }) => type === 'actions')).toBe(false);
    gate.open();
  });

  it('shows nothing live of what a model writes, in whatever pieces it comes', async () => {
    const [user, channel] = [await agreed(), somewhere()];
    const hostile = `Hi <!channel> and <@${user}>, see [here](https://evil.example/?q=secret) ![x](https://evil.example/i.png) done.`;
    openai.script(answer([...hostile]));
    await slack.say({ channel, user, text: mention('attack me') });
    await slack.until(() => lastAnswer(channel).includes('AI can be wrong'));
    const posted = slack.calls.filter(({ args }) => args.channel === channel).map(({ args }) => JSON.stringify(args));
    for (const body of posted) {
      // In code it is words.
      expect(body.replace(/`[^`]*`/gu, '')).not.toMatch(/<!channel>|<@U|https?:\/\/evil/u);
    }
    expect(lastAnswer(channel)).toMatch(/Hi .*done\./su);
  });

  it('carries a long Japanese answer with code over several messages, whole and in order', async () => {
    const [user, channel] = [await agreed(), somewhere()];
    const lines = Array.from({ length: 600 }, (_, index) => `${index}行目：これは長い回答の一部です。`);
    const code = ['```ts', ...Array.from({ length: 200 }, (_, index) => `const value${index} = ${index};`), '```'];
    const whole = [...lines, ...code, 'おわり'].join('\n');
    openai.script(answer(whole.match(/[\s\S]{1,97}/gu) ?? []));
    await slack.say({ channel, user, text: mention('長い回答をください') });
    await slack.until(() => lastAnswer(channel).includes('おわり') && lastAnswer(channel).includes('OpenAI'));
    const shown = slack.answers(channel).map((one) => slack.seen(one));
    expect(shown.length).toBeGreaterThan(1);
    for (const part of shown) expect((part.match(/^```/gmu) ?? []).length % 2).toBe(0);
    const seenLines = shown.join('\n').split('\n');
    for (const line of [...lines, ...code.slice(1, -1)])
      expect(seenLines.filter((one) => one === line)).toHaveLength(1);
  });

  it.each([
    [
      'a rate limit',
      refusal(429, { code: 'rate_limit_exceeded', headers: { 'retry-after': '30' } }),
      'about 30 seconds',
    ],
    ['a wrong key', refusal(401, { code: 'invalid_api_key' }), 'not set up correctly'],
    ['a prompt that is echoed', refusal(400, { message: 'you said CANARY-ECHO' }), 'did not accept the request'],
    ['an empty account', refusal(429, { code: 'insufficient_quota' }), 'has reached its limit'],
  ])('tells the asker alone, kindly, about %s', async (_name, script, words) => {
    const [user, channel] = [await agreed(), somewhere()];
    openai.script(script);
    const before = slack.ephemerals.length;
    await slack.say({ channel, user, text: mention('will this work? CANARY-ECHO') });
    await slack.until(() => slack.ephemerals.length > before);
    expect(slack.seen(slack.ephemerals.at(-1) ?? { text: '', blocks: [] })).toContain(words);
    expect(slack.answers(channel)).toEqual([]);
  });

  it('gives help for an empty mention, and ignores bots, joins and its own words', async () => {
    const [user, channel, before] = [await agreed(), somewhere(), openai.requests.length];
    const event = { type: 'app_mention', channel, user, team: 'T0FAKE', text: mention('x') };
    await slack.event(slack.eventOf({ ...event, ts: '1.1', bot_id: 'B9' }));
    await slack.event(slack.eventOf({ ...event, ts: '1.2', subtype: 'channel_join' }));
    await slack.event(slack.eventOf({ ...event, ts: '1.5', user: BOT_USER }));
    await slack.say({ channel, user, text: mention('') });
    await slack.until(() =>
      slack.ephemerals.some((one) => one.user === user && slack.seen(one).includes('How to use')),
    );
    expect(openai.requests).toHaveLength(before);
  });

  it('answers a question whose mention an edit added, and answers no question again that is edited', async () => {
    const [user, channel, before] = [await agreed(), somewhere(), openai.requests.length];
    const ts = slack.put({ channel, user, text: 'what is a ledger?' });
    await slack.edit(ts, mention('what is a ledger?'));
    await slack.until(() => slack.answers(channel).length === 1);
    await slack.edit(ts, mention('what is a ledger, then?'));
    await slack.until(() =>
      slack.ephemerals.some((one) => one.user === user && slack.seen(one).includes('first sent')),
    );
    await slack.say({ channel, user, text: mention('and a turn?') });
    await slack.until(() => slack.answers(channel).length === 2);
    expect(openai.requests).toHaveLength(before + 2);
  });

  it('answers two hundred mentions at once', async () => {
    const users = await Promise.all(Array.from({ length: 20 }, agreed));
    const channels = Array.from({ length: 200 }, () => somewhere());
    await Promise.all(
      channels.map((channel, index) =>
        slack.say({ channel, user: users[index % 20] ?? '', text: mention(`question ${index}`) }),
      ),
    );
    await slack.until(() => channels.every((channel) => lastAnswer(channel).includes('Hello from the fake.')));
    for (const channel of channels) expect(slack.answers(channel)).toHaveLength(1);
  });

  it('leaves no word of anybody in its folder or its output', async () => {
    const { output, folder } = program;
    const { execFileSync } = await import('node:child_process');
    const files = execFileSync('sh', ['-c', `cat $(find "${folder}" -type f)`], { maxBuffer: 1 << 28 }).toString(
      'latin1',
    );
    for (const canary of ['HERON', 'PELICAN', 'CANARY', 'ledger?', 'Hello from', 'FIRST words', 'Benjamin'])
      expect(`${files}${output()}`).not.toContain(canary);
  });
});
