import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { japanese } from '../../src/language/ja';
import { type FakeOpenAi, startFakeOpenAi } from '../../src/prove/doubles/openai/server';
import { startFakePresidio } from '../../src/prove/doubles/presidio';
import { type FakeSlack, startFakeSlack } from '../../src/prove/doubles/slack/fake-slack';
import { BOT_USER } from '../../src/prove/doubles/slack/state';
import { type FakeTeams, startFakeTeams } from '../../src/prove/doubles/teams/fake-teams';
import { answer, refusal } from '../../src/prove/doubles/vendor-script';
import { openPage } from '../../src/prove/play/local-page';
import { canariesIn } from '../support/canary';
import { type Program, startProgram } from '../support/program';

const EMAIL = 'aiko.canary@example.co.jp';
const PHONE = '090-1234-5678';
const CARD = '４１１１ １１１１ １１１１ １１１１';
const TOKEN = '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';
const VALUES = [EMAIL, PHONE, CARD, TOKEN];
const QUESTION = `Write to ${EMAIL}, call ${PHONE}, charge ${CARD}, use ${TOKEN}`;
const SENT = 'Write to [email-1], call [phone-1], charge [card-1], use [secret-1]';
/** Every placeholder, cut in its middle. */
const ECHO = [
  'I wrote to [em',
  'ail-1], called [phone',
  '-1], charged \\[card-1',
  '\\] with [secret-',
  '1]',
  ' and [email-2],',
  ' or 【Email\u2011',
  '1】 and ［ｐｈｏｎｅ＿１',
  '］.',
];
const SHOWN = `I wrote to ${EMAIL}, called ${PHONE}, charged ${CARD} with ${TOKEN} and [email-2], or ${EMAIL} and ${PHONE}.`;
const TOLD = 'Masked before sending: password or key, e-mail address, card number and 1 other kind.';

describe.each(['mask', 'block'] as const)('redaction by the real program, %s', (mode) => {
  let openai: FakeOpenAi;
  let slack: FakeSlack;
  let teams: FakeTeams;
  let program: Program;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dejiren-'));
    [openai, slack, teams] = await Promise.all([
      startFakeOpenAi(),
      startFakeSlack({ scopes: ['app_mentions:read', 'chat:write', 'commands', 'channels:history', 'files:read'] }),
      startFakeTeams({ targeted: true }),
    ]);
    program = await startProgram({
      folder,
      env: {
        ...teams.env,
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_SIGNING_SECRET: slack.signingSecret,
        SLACK_API_URL: slack.apiUrl,
        OPENAI_API_KEY: openai.apiKey,
        OPENAI_BASE_URL: openai.baseURL,
        OPENAI_MODEL: openai.model,
        DEJIREN_LOCAL: 'true',
        DEJIREN_REDACTION: mode,
        DEJIREN_EGRESS_HOSTS: '127.0.0.1',
        LOG_LEVEL: 'trace',
        DEBUG: '*',
      },
    });
    slack.deliverTo(`${program.url}/slack/events`);
    teams.deliverTo(`${program.url}/api/messages`);
  });

  afterAll(async () => {
    await program?.end();
    await Promise.all([openai?.close(), slack?.close(), teams?.close()]);
    rmSync(folder, { recursive: true, force: true });
  });

  const sent = (): string => JSON.stringify(JSON.parse(openai.requests.at(-1)?.rawBody ?? '{}').input);
  const ephemeral = (user: string): readonly string[] =>
    slack.ephemerals.filter((one) => one.user === user).map((one) => slack.seen(one));
  const local = (path: string, body: object): Promise<Response> =>
    fetch(`${program.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ person: 'aiko', language: 'en', ...body }),
    });

  /** Asks in Slack, from a channel: what the answer, and the private messages, are then. */
  async function askSlack(user: string, channel: string, text: string, files?: object[]) {
    const [answers, told] = [slack.answers(channel).length, ephemeral(user).length];
    await slack.say({ channel, user, text: `<@${BOT_USER}> ${text}`, ...(files && { files: files as never }) });
    if (mode === 'mask') await slack.until(() => slack.answers(channel).length > answers);
    await slack.until(() => ephemeral(user).length > told);
    const last = slack.answers(channel).at(-1);
    return { answer: last === undefined ? '' : slack.seen(last), told: ephemeral(user).slice(told) };
  }

  it('in Slack', async () => {
    await slack.command('U1', 'C1', 'on');
    const before = openai.requests.length;
    openai.script(answer(ECHO));
    const { answer: shown, told } = await askSlack('U1', 'C1', QUESTION);
    if (mode === 'block') {
      expect(openai.requests).toHaveLength(before);
      expect(shown).toBe('');
      expect(told).toEqual([expect.stringContaining('Your question contains 1 password or key')]);
      expect(told[0]).toContain('I sent nothing');
      return;
    }
    expect(sent()).toContain(SENT);
    await slack.until(() => slack.seen(slack.answers('C1').at(-1) ?? { text: '', blocks: [] }).includes('AI can be'));
    expect(slack.seen(slack.answers('C1').at(-1) ?? { text: '', blocks: [] })).toContain(SHOWN);
    expect(told).toEqual([expect.stringContaining(TOLD)]);
  });

  it('in Slack once, however many messages the answer fills', async () => {
    if (mode === 'block') return;
    const before = slack.answers('C1').length;
    openai.script(answer(Array.from({ length: 60 }, () => `${'word '.repeat(80)}[email-1]. `)));
    const { told } = await askSlack('U1', 'C1', `Repeat ${EMAIL} in a long text`);
    expect(slack.answers('C1').length).toBeGreaterThan(before + 1);
    expect(told).toEqual([expect.stringContaining('Masked before sending: e-mail address.')]);
  });

  it('in Teams', async () => {
    const user = 'p1';
    await teams.say({ user, text: '/dejiren-optin on' });
    await teams.until(() => teams.personal(user).length === 1);
    const before = openai.requests.length;
    openai.script(answer(ECHO));
    await teams.say({ user, text: QUESTION });
    if (mode === 'block') {
      await teams.until(() => teams.personal(user).some((one) => teams.seen(one).includes('I sent nothing')));
      expect(openai.requests).toHaveLength(before);
      return;
    }
    await teams.until(() => teams.personal(user).some((one) => teams.seen(one).includes(TOLD)));
    expect(sent()).toContain(SENT);
    expect(teams.personal(user).map((one) => teams.seen(one))).toContain(SHOWN);
    expect(teams.breaches).toEqual([]);
  });

  it('on the local page, where it is known from message to message', async () => {
    const page = await openPage(Number(new URL(program.url).port), 'aiko');
    const seen = (): string => JSON.stringify(page.messages());
    await local('/local/messages', { conversation: 'direct-aiko', text: '/dejiren-optin on' });
    await page.until(() => seen().includes('You have agreed'));
    const before = openai.requests.length;
    openai.script(answer(ECHO));
    await local('/local/messages', { conversation: 'direct-aiko', text: QUESTION });
    if (mode === 'block') {
      await page.until(() => seen().includes('I sent nothing'));
      expect(openai.requests).toHaveLength(before);
      page.close();
      return;
    }
    await page.until(() => seen().includes(TOLD));
    expect(sent()).toContain(SENT);
    expect(page.messages().map(({ text }) => text)).toContain(SHOWN);
    openai.script(answer(['Yes, [email-1].']));
    await local('/local/messages', { conversation: 'direct-aiko', text: `Was it ${EMAIL} or b@example.com?` });
    await page.until(() => seen().includes('2 e-mail addresses'));
    expect(sent()).toContain('Was it [email-1] or [email-3]?');
    for (const value of VALUES) expect(sent()).not.toContain(value);
    expect(page.messages().map(({ text }) => text)).toContain(`Yes, ${EMAIL}.`);
    page.close();
  });

  it('tells it also where the vendor fails, and finds it in files and in links', async () => {
    await slack.command('U2', 'C2', 'on');
    const text = `see <mailto:${EMAIL}|${EMAIL}> and this file`;
    openai.script(refusal(400, { message: `echo ${EMAIL} ${PHONE}` }));
    const bytes = Buffer.from(`name,phone\nAiko,${PHONE}\n`);
    const files = [slack.upload({ name: 'list.csv', mimetype: 'text/csv', bytes })];
    await slack.say({ channel: 'C2', user: 'U2', text: `<@${BOT_USER}> ${text}`, files });
    const expected = mode === 'mask' ? 'Masked before sending: e-mail address, phone number.' : 'I sent nothing';
    await slack.until(() => ephemeral('U2').some((one) => one.includes(expected)));
    if (mode === 'mask') expect(sent()).toContain('Aiko,[phone-1]');
    if (mode === 'mask') expect(sent()).not.toContain(EMAIL);
  });

  it('says on the notice what becomes of them', async () => {
    const page = await (await fetch(`${program.url}/data-handling`)).text();
    expect(page).toContain(
      mode === 'mask'
        ? 'These are replaced too if I detect them: '
        : 'A question is not sent if I detect any of these in it: ',
    );
  });

  it('leaves no value in the log or in a file', () => {
    expect(program.output()).toContain('"redaction-found"');
    expect(canariesIn(VALUES, folder, program.output())).toEqual([]);
  });
});

it('asks the organisation’s analyzer, says so on the notice, and sends nothing where it does not answer', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dejiren-'));
  const [openai, presidio] = await Promise.all([startFakeOpenAi(), startFakePresidio()]);
  writeFileSync(join(folder, 'dejiren.yaml'), `redaction: { presidio: { url: "${presidio.url}" }, names: true }\n`);
  const program = await startProgram({
    folder,
    env: {
      DEJIREN_CONFIG: './dejiren.yaml',
      OPENAI_API_KEY: openai.apiKey,
      OPENAI_BASE_URL: openai.baseURL,
      OPENAI_MODEL: openai.model,
      DEJIREN_EGRESS_HOSTS: '127.0.0.1',
    },
  });
  const page = await openPage(Number(new URL(program.url).port), 'aiko');
  const seen = (): string => JSON.stringify(page.messages());
  const say = (text: string): Promise<Response> =>
    fetch(`${program.url}/local/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ person: 'aiko', language: 'ja', conversation: 'direct-aiko', text }),
    });
  const host = new URL(presidio.url).host;
  expect(await (await fetch(`${program.url}/data-handling`)).text()).toContain(`goes first to ${host}`);

  await say('Erika Mustermann?');
  await page.until(() => seen().includes('に送信してもよいですか') && seen().includes('組織が検査'));
  expect(presidio.requests).toEqual([]);
  await say('/dejiren-optin オン');
  await page.until(() => seen().includes('同意しました'));
  openai.script(answer(['[name-1]と', '[name-2]です']));
  await say('Erika Mustermannと山田太郎さんの予定は？');
  await page.until(() => seen().includes('氏名2件'));
  expect(openai.requests.at(-1)?.rawBody).toContain('[name-1]と[name-2]さんの予定は？');
  expect(page.messages().map(({ text }) => text)).toContain('Erika Mustermannと山田太郎です');

  const before = openai.requests.length;
  presidio.fail((response) => void response.writeHead(503).end('CANARY'));
  await say('Erika Mustermannは？');
  await page.until(() => seen().includes(japanese.problem('redaction-unavailable')));
  expect(openai.requests).toHaveLength(before);
  page.close();
  await program.end();
  await Promise.all([openai.close(), presidio.close()]);
  expect(program.output()).toContain('presidio-failed');
  expect(canariesIn(['Erika Mustermann', '山田太郎', 'CANARY'], folder, program.output())).toEqual([]);
  rmSync(folder, { recursive: true });
}, 60_000);
