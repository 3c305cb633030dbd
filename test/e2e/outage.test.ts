import { setTimeout as pause } from 'node:timers/promises';
import { startFakeOpenAi } from '../../src/prove/doubles/openai/server';
import { startFakeSlack } from '../../src/prove/doubles/slack/fake-slack';
import { BOT_USER } from '../../src/prove/doubles/slack/state';
import { startFakeTeams } from '../../src/prove/doubles/teams/fake-teams';
import { type Program, runProgram, startProgram } from '../support/program';

const USER = 'U1';
/** How often `/readyz` is looked at: each look is work for the program that is tried. */
const LOOK_MS = 50;

/** Platforms, a vendor and a program of a test's own, so that the tests wait side by side. */
async function openPlatforms() {
  const [slack, teams, openai] = await Promise.all([startFakeSlack(), startFakeTeams(), startFakeOpenAi()]);
  const programs: Program[] = [];

  const http = () => ({ SLACK_SIGNING_SECRET: slack.signingSecret, SLACK_BOT_TOKEN: slack.botToken });
  const socket = () => ({ SLACK_APP_TOKEN: slack.appToken, SLACK_BOT_TOKEN: slack.botToken });

  const settings = (env: Record<string, string>) => ({
    SLACK_API_URL: slack.apiUrl,
    OPENAI_API_KEY: openai.apiKey,
    OPENAI_BASE_URL: openai.baseURL,
    OPENAI_MODEL: openai.model,
    DEJIREN_EGRESS_HOSTS: '127.0.0.1',
    DEJIREN_ADMIN_TOKEN: 'operator-token-of-this-test',
    ...env,
  });

  async function begin(env: Record<string, string>): Promise<Program> {
    const started = await startProgram({ env: settings(env) });
    programs.push(started);
    if ('SLACK_SIGNING_SECRET' in env) slack.deliverTo(`${started.url}/slack/events`);
    teams.deliverTo(`${started.url}/api/messages`);
    return started;
  }

  async function readiness({ url }: Program, path = ''): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(`${url}/readyz${path}`);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  /** Waits until `/readyz` answers with a status, and gives what it tells. */
  async function untilReady(running: Program, status: number): Promise<Record<string, unknown>> {
    for (;;) {
      const told = await readiness(running);
      if (told.status === status) return told.body;
      await pause(LOOK_MS);
    }
  }

  async function asksInTeams(user: string): Promise<void> {
    await teams.say({ user, text: '/dejiren-optin on' });
    await teams.until(() => teams.personal(user).some((one) => teams.seen(one).includes('You have agreed')));
    await teams.say({ user, text: 'a question' });
    await teams.until(() => teams.personal(user).some((one) => teams.seen(one).includes('Hello from the fake.')));
  }

  async function asksInSlack(channel: string): Promise<void> {
    await slack.command(USER, channel, 'on');
    await slack.say({ channel, user: USER, text: `<@${BOT_USER}> a question` });
    await slack.until(() => slack.answers(channel).some((one) => slack.seen(one).includes('Hello from the fake.')));
  }

  return {
    slack,
    teams,
    http,
    socket,
    settings,
    begin,
    readiness,
    untilReady,
    asksInTeams,
    asksInSlack,
    async [Symbol.asyncDispose]() {
      for (const program of programs) await program.end('SIGKILL');
      await Promise.all([slack.close(), teams.close(), openai.close()]);
    },
  };
}

describe('an outage of a platform', () => {
  it.concurrent.each([
    ['by HTTP', 'http'],
    ['by Socket Mode', 'socket'],
  ] as const)('at the start keeps nothing from starting: Slack %s is tried until it is there', async (_how, door) => {
    await using platforms = await openPlatforms();
    const { slack, teams, begin, untilReady, asksInTeams, asksInSlack } = platforms;
    slack.failNext('auth.test', { reset: true }, { status: 503 });
    const running = await begin({ ...platforms[door](), ...teams.env });
    expect(running.output()).toMatch(/Slack .*not connected yet/u);
    expect(running.output()).toContain('"platform-lost"');
    expect((await fetch(`${running.url}/healthz`)).status).toBe(200);
    await asksInTeams('p1');
    expect(await untilReady(running, 200)).toMatchObject({ slack: { ready: true, 'web-api': 'up' } });
    expect(running.output()).toContain('"platform-back"');
    await asksInSlack('C1');
  });

  it.concurrent('tells by /readyz, the log and a metric that Slack’s socket is gone, while Teams goes on', async () => {
    await using platforms = await openPlatforms();
    const { slack, teams, socket, begin, readiness, untilReady, asksInTeams } = platforms;
    const running = await begin({ ...socket(), ...teams.env });
    expect((await readiness(running)).status).toBe(200);
    slack.failNext('apps.connections.open', ...Array.from({ length: 50 }, () => ({ status: 503 })));
    slack.sockets.drop();
    expect(await untilReady(running, 503)).toMatchObject({ slack: { ready: false }, teams: { ready: true } });
    expect((await readiness(running, '/teams')).status).toBe(200);
    const headers = { authorization: 'Bearer operator-token-of-this-test' };
    const metrics = await (await fetch(`${running.url}/metrics`, { headers })).text();
    expect(metrics).toContain('dejiren_platform_up{platform="slack",link="socket"} 0');
    expect(metrics).toContain('dejiren_platform_up{platform="teams",link="token"} 1');
    await asksInTeams('p1');
    expect(running.output()).toMatch(/"platform":"slack","method":"socket".*"platform-lost"/u);
  });

  it.concurrent('is noticed by calls that nobody answers, and its end by asking again', async () => {
    await using platforms = await openPlatforms();
    const { slack, http, begin, untilReady } = platforms;
    const running = await begin(http());
    await slack.command(USER, 'C1', 'on');
    const away = Array.from({ length: 40 }, () => ({ reset: true }) as const);
    for (const method of ['chat.postMessage', 'chat.postEphemeral', 'conversations.replies', 'auth.test'])
      slack.failNext(method, ...away.slice(0, method === 'auth.test' ? 1 : 40));
    for (const channel of ['C1', 'C2']) await slack.say({ channel, user: USER, text: `<@${BOT_USER}> a question` });
    expect(await untilReady(running, 503)).toMatchObject({ slack: { 'web-api': 'unreachable' } });
    expect(await untilReady(running, 200)).toMatchObject({ slack: { 'web-api': 'up' } });
  });

  it.concurrent('of Entra ID, or of the keys of Teams, keeps nothing from starting, and turns nobody away for good', async () => {
    await using platforms = await openPlatforms();
    const { teams, http, begin, readiness, untilReady, asksInTeams, asksInSlack } = platforms;
    teams.issuer.outage.tokens = 503;
    teams.issuer.outage.keys = 503;
    const running = await begin({ ...http(), ...teams.env });
    expect((await readiness(running)).body).toMatchObject({
      slack: { ready: true },
      teams: { ready: false, token: 'unreachable', keys: 'unreachable' },
    });
    expect(await teams.post(teams.activityOf({ text: 'hello' }))).toEqual({ status: 503, body: '' });
    await asksInSlack('C1');
    teams.issuer.outage.tokens = undefined;
    teams.issuer.outage.keys = undefined;
    await untilReady(running, 200);
    await asksInTeams('p1');
  });

  it.concurrent.each([
    ['the bot’s token', { SLACK_BOT_TOKEN: 'xoxb-CANARY' }, 'SLACK_BOT_TOKEN (invalid_auth)'],
    ['the app’s token', { SLACK_APP_TOKEN: 'xapp-CANARY' }, 'SLACK_APP_TOKEN'],
  ])('is something else than a wrong token: that stops the start with a line (%s)', async (_which, wrong, line) => {
    await using platforms = await openPlatforms();
    const { settings, socket } = platforms;
    const { code, output } = await runProgram({ env: settings({ ...socket(), ...wrong }) });
    expect([code, output]).toEqual([1, expect.stringContaining(line)]);
    expect(output).not.toContain('CANARY');
    expect(
      output
        .trim()
        .split('\n')
        .filter((one) => !one.startsWith('{')),
    ).toHaveLength(1);
  });
});
