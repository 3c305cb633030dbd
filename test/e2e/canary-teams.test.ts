import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFakeOpenAi } from '../../src/prove/doubles/openai/server';
import { startFakeSlack } from '../../src/prove/doubles/slack/fake-slack';
import { AT_BOT } from '../../src/prove/doubles/teams/activities';
import { startFakeTeams } from '../../src/prove/doubles/teams/fake-teams';
import { SECRET } from '../../src/prove/doubles/teams/state';
import { answer, refusal, type Script } from '../../src/prove/doubles/vendor-script';
import { canariesIn } from '../support/canary';
import { startProgram } from '../support/program';

const PROMPT = 'CANARY-prompt-91bb02';
const REPLY = 'CANARY-reply-0d73fe';
const NAME = 'Canary Teamsson';
const CANARIES = [PROMPT, REPLY, NAME, SECRET, 'bot-token'];
const HOSTILE = { DEBUG: '*', NODE_DEBUG: 'http,net', AZURE_LOG_LEVEL: 'verbose', LOG_LEVEL: 'trace' };

const CASES: readonly Script[] = [
  answer([`${REPLY} begins `, 'and goes on']),
  refusal(400, { message: `cannot process “${PROMPT}”` }),
  answer([`${REPLY} begins `, 'and'], { ending: 'reset' }),
  answer([`${REPLY} begins `, 'and'], { ending: 'malformed' }),
];

it.concurrent.each([
  ['a plain environment', {}],
  ['a hostile environment', HOSTILE],
])('no word of Teams is in a file or on a stream, in %s', async (_name, environment) => {
  const openai = await startFakeOpenAi();
  const teams = await startFakeTeams();
  const folder = mkdtempSync(join(tmpdir(), 'dejiren-'));
  const program = await startProgram({
    folder,
    env: {
      ...environment,
      ...teams.env,
      OPENAI_API_KEY: openai.apiKey,
      OPENAI_BASE_URL: openai.baseURL,
      OPENAI_MODEL: openai.model,
      DEJIREN_EGRESS_HOSTS: '127.0.0.1',
    },
  });
  teams.deliverTo(`${program.url}/api/messages`);
  const ask = async (text: string): Promise<void> => {
    const before = teams.shown.length;
    await teams.say({
      kind: 'groupChat',
      conversation: `19:${before}@thread.v2`,
      text: `${AT_BOT.text} ${text} <at>${NAME}</at>`,
      mentions: [AT_BOT.mention, ['29:other', `<at>${NAME}</at>`]],
      more: { from: { id: '29:u1', name: NAME, aadObjectId: '00000000-0000-0000-0000-000000007531' } },
    });
    await teams.until(() => teams.shown.length > before);
  };
  await teams.say({ text: '/dejiren-optin on' });
  await teams.until(() => teams.personal().length === 1);
  await teams.say({ text: `/dejiren-optin nonsense ${PROMPT}` });
  await teams.until(() => teams.personal().length === 2);
  for (const script of CASES) {
    openai.usually(script);
    await ask(PROMPT);
  }
  openai.usually(answer([`${REPLY} begins `, 'and goes on']));
  teams.trouble({ status: 200 }, { status: 400, code: 'BadArgument', message: `${REPLY} is refused` });
  await ask(PROMPT);
  // Activities that the SDK, or the door, cannot read.
  await teams.post({ ...teams.activityOf({ text: PROMPT }), timestamp: PROMPT });
  await teams.post({ type: 'message', text: PROMPT });
  await teams.post(teams.activityOf({ more: { type: 'invoke', name: PROMPT, value: { text: PROMPT } } }));
  await program.end();
  await teams.close();
  await openai.close();

  expect(openai.requests.some(({ rawBody }) => rawBody.includes(PROMPT))).toBe(true);
  expect(openai.requests.some(({ rawBody }) => rawBody.includes(NAME))).toBe(false);
  expect(canariesIn(CANARIES, folder, program.output())).toEqual([]);
  rmSync(folder, { recursive: true });
});

it.concurrent('a grant in Slack is none in Teams, over one ledger, and erasing one leaves the other', async () => {
  const openai = await startFakeOpenAi();
  const [teams, slack] = [await startFakeTeams(), await startFakeSlack()];
  const program = await startProgram({
    env: {
      ...teams.env,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_API_URL: slack.apiUrl,
      OPENAI_API_KEY: openai.apiKey,
      OPENAI_BASE_URL: openai.baseURL,
      OPENAI_MODEL: openai.model,
      DEJIREN_EGRESS_HOSTS: '127.0.0.1',
    },
  });
  teams.deliverTo(`${program.url}/api/messages`);
  slack.deliverTo(`${program.url}/slack/events`);
  try {
    await slack.command('U1', 'C1', 'on');
    await teams.say({ text: 'am I known?' });
    await teams.until(() => teams.personal().length === 1);
    expect(openai.requests).toHaveLength(0);
    await teams.say({ text: '/dejiren-optin on' });
    await teams.until(() => teams.personal().length === 2);
    await slack.command('U1', 'C1', 'off');
    await teams.say({ text: 'am I still known?' });
    await teams.until(() => openai.requests.length === 1);

    // What is erased in one stays in the other, both ways.
    const inSlack = async (): Promise<string> => JSON.stringify(await slack.command('U1', 'C1', 'status'));
    const inTeams = async (words: string): Promise<string> => {
      const before = teams.personal().length;
      await teams.say({ text: `/dejiren-optin ${words}` });
      await teams.until(() => teams.personal().length > before);
      const last = teams.personal().at(-1);
      return last === undefined ? '' : teams.seen(last);
    };
    await teams.until(() => teams.personal().at(-1)?.state === 'whole');
    await slack.command('U1', 'C1', 'on');
    expect(await inTeams('erase confirm')).toContain('Erased');
    expect(await inSlack()).toContain('Agreed ·');
    expect(await inTeams('receipt')).toContain('There is no record about you');
    expect(await inTeams('on')).toContain('You have agreed');
    await slack.command('U1', 'C1', 'erase confirm');
    expect(await inSlack()).toContain('Not agreed');
    expect(await inTeams('status')).toContain('Agreed ·');
  } finally {
    await program.end();
    await Promise.all([teams.close(), slack.close(), openai.close()]);
  }
});
