import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeOpenAi, startFakeOpenAi } from '../../src/prove/doubles/openai/server';
import { type FakeSlack, startFakeSlack } from '../../src/prove/doubles/slack/fake-slack';
import { BOT_USER } from '../../src/prove/doubles/slack/state';
import { answer, createGate } from '../../src/prove/doubles/vendor-script';
import { type Program, startProgram } from '../support/program';

const SCOPES = ['app_mentions:read', 'assistant:write', 'chat:write', 'commands', 'im:history', 'channels:history'];

describe.each(['http', 'socket'] as const)('what comes again from Slack, by %s,', (mode) => {
  let slack: FakeSlack;
  let openai: FakeOpenAi;
  let program: Program;
  const folder = mkdtempSync(join(tmpdir(), 'dejiren-'));
  const start = (): Promise<Program> =>
    startProgram({
      folder,
      env: {
        ...(mode === 'http' ? { SLACK_SIGNING_SECRET: slack.signingSecret } : { SLACK_APP_TOKEN: slack.appToken }),
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_API_URL: slack.apiUrl,
        OPENAI_API_KEY: openai.apiKey,
        OPENAI_BASE_URL: openai.baseURL,
        OPENAI_MODEL: openai.model,
        DEJIREN_EGRESS_HOSTS: '127.0.0.1',
      },
    });
  const restart = async (signal: NodeJS.Signals): Promise<void> => {
    await program.end(signal);
    program = await start();
    slack.deliverTo(`${program.url}/slack/events`);
    await slack.until(() => mode === 'http' || slack.connections === 1);
  };

  beforeAll(async () => {
    openai = await startFakeOpenAi();
    slack = await startFakeSlack({ scopes: SCOPES });
    program = await start();
    slack.deliverTo(`${program.url}/slack/events`);
  });
  afterAll(async () => {
    await program?.end();
    await slack?.close();
    await openai?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  let count = 0;
  const someone = (): string => {
    count += 1;
    return `U${mode.toUpperCase()}${count}`;
  };
  const channel = 'CONCE';
  const mention = (words: string): string => `<@${BOT_USER}> ${words}`;
  const told = (user: string): readonly string[] =>
    slack.ephemerals.filter((one) => one.user === user).map((one) => slack.seen(one));
  const say = (user: string, words: string) => slack.say({ channel, user, text: mention(words) });
  /** Asks a question: it goes to the vendor, or a card comes back. */
  const agreed = async (user: string): Promise<boolean> => {
    const [asked, cards] = [openai.requests.length, told(user).length];
    await say(user, 'a question');
    await slack.until(() => openai.requests.length > asked || told(user).length > cards);
    return openai.requests.length > asked;
  };
  const typed = async (user: string, words: string): Promise<Record<string, unknown>> => {
    const before = told(user).length;
    const { event } = await say(user, `dejiren-optin ${words}`);
    await slack.until(() => told(user).length > before);
    return event ?? {};
  };

  it('a command typed as a message: nobody agrees again after a withdrawal, and it is told once', async () => {
    const user = someone();
    const on = await typed(user, 'on');
    expect(await agreed(user)).toBe(true);
    const off = await typed(user, 'off');
    const before = told(user).length;
    await slack.event({ ...on, event_id: 'EvANOTHER' }, { 'x-slack-retry-num': '1' });
    await slack.event(on, { 'x-slack-retry-num': '2' });
    await typed(user, 'help');
    expect(await agreed(user)).toBe(false);
    await typed(user, 'on');
    await slack.event(off, { 'x-slack-retry-num': '3' });
    await typed(user, 'help');
    expect(await agreed(user)).toBe(true);
    // Two helps, an agreement, and the card of the question that was not answered.
    expect(told(user).length).toBe(before + 4);
  });

  it('a bare toggle typed as a message does not toggle back, however often and at once it comes', async () => {
    const user = someone();
    const toggle = await typed(user, '');
    await Promise.all([slack.event(toggle), slack.event(toggle), slack.event(toggle)]);
    await typed(user, 'help');
    expect(await agreed(user)).toBe(true);
  });

  it('a slash command that somebody captured changes nothing, and is answered with how things stand', async () => {
    const user = someone();
    await slack.command(user, channel, 'on');
    const on = slack.capture();
    await slack.command(user, channel, '');
    const toggle = slack.capture();
    const answers = [
      await on(),
      await on(undefined, { 'x-slack-retry-num': '1' }),
      await toggle(),
      await toggle(undefined, { 'x-request-id': 'other' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(answers.map(({ body }) => /OpenAI/u.test(body))).toEqual([true, true, true, true]);
    expect(await agreed(user)).toBe(false);
  });

  it('a press of a card that somebody captured agrees to nothing', async () => {
    const user = someone();
    await say(user, 'a question');
    await slack.until(() => told(user).length > 0);
    const card = slack.ephemerals.find((one) => one.user === user);
    if (card === undefined) throw new Error('no card');
    await slack.press(user, 'Agree', card);
    const press = slack.capture();
    await slack.until(() => /agreed/iu.test(slack.seen(card)));
    await slack.command(user, channel, 'off');
    expect((await press()).status).toBe(200);
    await slack.until(() => /withdrawn/iu.test(slack.seen(card)));
    expect(await agreed(user)).toBe(false);
    // It is the press that is known, and not the button: pressed anew it counts.
    await slack.command(user, channel, 'off');
    const again = await slack.command(user, channel, 'on');
    expect(again === undefined ? '' : slack.seen(again)).toMatch(/agreed/iu);
  });

  it('an older decision that is late overrides no newer one', async () => {
    const user = someone();
    const late = slack.write({ channel, user, text: mention('dejiren-optin on') });
    const toggle = slack.write({ channel, user, text: mention('dejiren-optin') });
    await typed(user, 'off');
    await slack.event(late.event);
    await slack.event(toggle.event);
    await slack.until(() => told(user).length === 3);
    expect(await agreed(user)).toBe(false);
    const off = slack.write({ channel, user, text: mention('dejiren-optin off') });
    await typed(user, 'on');
    const before = told(user).length;
    await slack.event(off.event);
    await slack.until(() => told(user).length > before);
    expect(await agreed(user)).toBe(true);
  });

  it('a message that is late overrides no command that came before it', async () => {
    const user = someone();
    const late = slack.write({ channel, user, text: mention('dejiren-optin on') });
    await slack.command(user, channel, 'off');
    await slack.event(late.event);
    await slack.until(() => told(user).length === 2);
    expect(await agreed(user)).toBe(false);
  });

  it('after a start anew, and after a crash, is still known', async () => {
    const user = someone();
    const on = await typed(user, 'on');
    await typed(user, 'off');
    const captured = (await slack.command(user, channel, 'vendor openai')) && slack.capture();
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      await restart(signal);
      await slack.event(on, { 'x-slack-retry-num': '1' });
      expect((await captured?.())?.status).toBe(200);
      await typed(user, 'help');
      expect(await agreed(user)).toBe(false);
    }
  });

  it('a question is answered that died with the process, and one that was answered is not', async () => {
    const [user, direct] = [someone(), `D${mode.toUpperCase()}8`];
    await slack.command(user, channel, 'on');
    const gate = createGate();
    openai.script(answer(['FIRST ', 'never seen.'], { gate }));
    const shown = (): string => slack.answers(direct).map(slack.seen).join('\n');
    gate.next();
    const { event } = await slack.say({ channel: direct, user, text: 'a question' });
    await slack.until(() => shown().includes('FIRST'));
    await restart('SIGKILL');
    gate.open();
    const before = openai.requests.length;
    await slack.event(event ?? {}, { 'x-slack-retry-num': '1' });
    await slack.until(() => shown().includes('Hello from the fake.'));
    await restart('SIGTERM');
    await slack.event(event ?? {}, { 'x-slack-retry-num': '2' });
    await typed(user, 'help');
    expect(openai.requests.length).toBe(before + 1);
  });

  it('Slack’s Stop ends no answer that came after it', async () => {
    const [user, direct] = [someone(), `D${mode.toUpperCase()}9`];
    await slack.command(user, channel, 'on');
    const [first, second] = [createGate(), createGate()];
    openai.script(
      answer(['FIRST ', 'never seen.'], { gate: first }),
      answer(['SECOND ', 'to its end.'], { gate: second }),
    );
    const shown = (): string => slack.answers(direct).map(slack.seen).join('\n');
    first.next();
    const { ts } = await slack.say({ channel: direct, user, text: 'a first question' });
    await slack.until(() => shown().includes('FIRST'));
    await slack.sessionStopped(direct, user, ts);
    const stop = slack.capture();
    await slack.until(() => shown().includes('Stopped.'));
    second.next();
    await slack.say({ channel: direct, user, text: 'a second question', thread: ts });
    await slack.until(() => shown().includes('SECOND'));
    await stop();
    await typed(user, 'help');
    for (const gate of [first, second]) gate.open();
    await slack.until(() => shown().includes('SECOND to its end.'));
  });
});
