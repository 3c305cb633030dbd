import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeAnthropic, startFakeAnthropic } from '../../src/prove/doubles/anthropic/server';
import { type FakeBedrock, startFakeBedrock } from '../../src/prove/doubles/bedrock/server';
import { type FakeMistral, startFakeMistral } from '../../src/prove/doubles/mistral/server';
import { type FakeOpenAi, startFakeOpenAi } from '../../src/prove/doubles/openai/server';
import { type FakeSlack, startFakeSlack } from '../../src/prove/doubles/slack/fake-slack';
import { answer, refusal } from '../../src/prove/doubles/vendor-script';
import { type FakeVertex, startFakeVertex } from '../../src/prove/doubles/vertex-ai/server';
import { startWebServer } from '../../src/prove/doubles/web-server';
import { type Program, runProgram, startProgram } from '../support/program';

const SCOPES = ['app_mentions:read', 'assistant:write', 'chat:write', 'commands', 'im:history', 'files:read'];
const PNG = Buffer.from('\x89PNG\r\n\x1a\n0000', 'latin1');

describe('six vendors behind one bot', () => {
  let slack: FakeSlack;
  let openai: FakeOpenAi;
  let azure: FakeOpenAi;
  let bedrock: FakeBedrock;
  let vertex: FakeVertex;
  let anthropic: FakeAnthropic;
  let mistral: FakeMistral;
  let program: Program;
  let folder: string;

  const environment = (): Record<string, string> => ({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    DEJIREN_EGRESS_HOSTS: '127.0.0.1',
    DEJIREN_VENDOR: 'openai',
    DEJIREN_FALLBACK: 'bedrock, azure-openai, mistral',
    OPENAI_API_KEY: openai.apiKey,
    OPENAI_BASE_URL: openai.baseURL,
    OPENAI_MODEL: openai.model,
    AZURE_OPENAI_ENDPOINT: azure.origin,
    AZURE_OPENAI_API_KEY: azure.apiKey,
    AZURE_OPENAI_DEPLOYMENT: azure.model,
    VERTEX_MODEL: vertex.model,
    VERTEX_BASE_URL: vertex.origin,
    GOOGLE_CLOUD_PROJECT: vertex.project,
    GOOGLE_CLOUD_LOCATION: vertex.location,
    METADATA_SERVER_DETECTION: 'none',
    BEDROCK_MODEL_ID: bedrock.model,
    AWS_REGION: bedrock.region,
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.origin,
    AWS_ACCESS_KEY_ID: bedrock.keyId,
    AWS_SECRET_ACCESS_KEY: bedrock.secret,
    ANTHROPIC_API_KEY: anthropic.apiKey,
    ANTHROPIC_BASE_URL: anthropic.origin,
    ANTHROPIC_MODEL: anthropic.model,
    MISTRAL_API_KEY: mistral.apiKey,
    MISTRAL_BASE_URL: mistral.baseURL,
    MISTRAL_MODEL: mistral.model,
    MISTRAL_SHARES_FOR_TRAINING: 'false',
  });
  const start = async (change: Record<string, string> = {}): Promise<void> => {
    program = await startProgram({ folder, env: { ...environment(), ...change } });
    slack.deliverTo(`${program.url}/slack/events`);
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dejiren-'));
    [slack, openai, azure, bedrock, vertex, anthropic, mistral] = await Promise.all([
      startFakeSlack({ scopes: SCOPES }),
      startFakeOpenAi(),
      startFakeOpenAi({ azure: true }),
      startFakeBedrock(),
      startFakeVertex({ isGateway: true }),
      startFakeAnthropic(),
      startFakeMistral(),
    ]);
    await start();
  });

  afterAll(async () => {
    await program?.end();
    await Promise.all([slack, openai, azure, bedrock, vertex, anthropic, mistral].map((fake) => fake?.close()));
    rmSync(folder, { recursive: true, force: true });
  });

  afterEach(() => {
    for (const fake of [openai, azure, bedrock, vertex, anthropic, mistral])
      fake.usually(answer(['Hello', ' from', ' the fake.']));
  });

  let count = 0;
  const somebody = async (...commands: readonly string[]): Promise<{ user: string; channel: string }> => {
    count += 1;
    const who = { user: `UV${count}`, channel: `DV${count}` };
    for (const words of commands) await slack.command(who.user, who.channel, words);
    return who;
  };
  const seenIn = (channel: string): string =>
    slack
      .answers(channel)
      .map((one) => slack.seen(one))
      .join('\n');
  const asked = () => [openai, azure, bedrock, vertex, anthropic, mistral].map(({ requests }) => requests.length);
  const since = (before: readonly number[]) => asked().map((all, index) => all - (before[index] ?? 0));

  it.each([
    ['openai', 'OpenAI', [1, 0, 0, 0, 0, 0]],
    ['azure', 'Azure OpenAI', [0, 1, 0, 0, 0, 0]],
    ['bedrock', 'Amazon Bedrock', [0, 0, 1, 0, 0, 0]],
    ['vertex', 'Google Vertex AI', [0, 0, 0, 1, 0, 0]],
    ['claude', 'Anthropic', [0, 0, 0, 0, 1, 0]],
    ['ミストラル', 'Mistral AI', [0, 0, 0, 0, 0, 1]],
  ] as const)('answers by the vendor that the person chose, and says so: %s', async (word, name, expected) => {
    const { user, channel } = await somebody(`vendor ${word}`, `on ${word}`);
    const before = asked();
    await slack.say({ channel, user, text: 'Who are you?' });
    await slack.until(() => seenIn(channel).includes('Hello from the fake.') && seenIn(channel).includes(`${name} ·`));
    expect(since(before)).toEqual(expected);
  });

  it('takes along what was attached, and tells no vendor what the file was called', async () => {
    const { user, channel } = await somebody('on');
    const files = [
      slack.upload({ name: 'canary-name.png', mimetype: 'image/png', bytes: PNG }),
      slack.upload({ name: 'canary-list.csv', mimetype: 'text/csv', bytes: Buffer.from('a,b\n1,2\n') }),
    ];
    await slack.say({ channel, user, text: 'What is in these?', files });
    await slack.until(() => seenIn(channel).includes('Hello from the fake.'));
    const body = openai.requests.at(-1)?.rawBody ?? '';
    expect(JSON.parse(body).input.at(-1).content).toEqual([
      { type: 'input_image', detail: 'auto', image_url: `data:image/png;base64,${PNG.toString('base64')}` },
      { type: 'input_text', text: 'What is in these?\n\n[file 1]\n```\na,b\n1,2\n```' },
    ]);
    expect(body).not.toContain('canary');
  });

  it('refuses with a sentence what it cannot take along, and sends nothing', async () => {
    const { user, channel } = await somebody('on');
    const before = asked();
    const files = [slack.upload({ name: 'a.pdf', mimetype: 'application/pdf', bytes: Buffer.from('%PDF-1.7') })];
    await slack.say({ channel, user, text: 'And this?', files });
    await slack.until(() => seenIn(channel).includes('pictures and text files'));
    const gone = slack.upload({ name: 'a.txt', mimetype: 'text/plain', bytes: Buffer.from('x') });
    slack.failNext('files.info', { error: 'file_not_found' });
    await slack.say({ channel, user, text: 'And this?', files: [gone] });
    await slack.until(() => seenIn(channel).includes('could not read your attachment'));
    expect(since(before)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('falls back to the next vendor that the person agreed to, before the first word, and says who answered', async () => {
    const { user, channel } = await somebody('on openai', 'on azure');
    openai.usually(refusal(400, { code: 'insufficient_quota' }));
    const before = asked();
    await slack.say({ channel, user, text: 'Anybody?' });
    await slack.until(() => seenIn(channel).includes('Azure OpenAI ·'));
    expect(since(before)).toEqual([1, 1, 0, 0, 0, 0]);
  });

  it('asks an overloaded service again, and then the next vendor that the person agreed to', async () => {
    const { user, channel } = await somebody('vendor anthropic', 'on anthropic', 'on mistral');
    anthropic.usually(refusal(529));
    const before = asked();
    await slack.say({ channel, user, text: 'Anybody?' });
    await slack.until(() => seenIn(channel).includes('Mistral AI ·'));
    expect(since(before)).toEqual([0, 0, 0, 0, 3, 1]);
  });

  it('sends nothing to a vendor that the person did not agree to, however the others fail', async () => {
    const { user, channel } = await somebody('on openai');
    openai.usually(refusal(403));
    const before = asked();
    await slack.say({ channel, user, text: 'Anybody?' });
    await slack.until(() => seenIn(channel).includes('not set up correctly'));
    expect(since(before)).toEqual([1, 0, 0, 0, 0, 0]);
  });

  it('asks again when a route changed over a restart, and shows what it was and is', async () => {
    const { user, channel } = await somebody('on vertex', 'vendor vertex');
    await program.end();
    await start({ GOOGLE_CLOUD_LOCATION: 'europe-west4', VERTEX_MODEL: 'gemini-new' });
    const before = asked();
    await slack.say({ channel, user, text: 'Still here?' });
    await slack.until(() => seenIn(channel).includes('Changed: model.'));
    const card = slack.answers(channel).find((one) => slack.seen(one).includes('Changed: model.'));
    if (card === undefined) throw new Error('no card');
    await slack.press(user, 'Details', card);
    await slack.until(() => seenIn(channel).includes('Before: gemini-fake'));
    expect(seenIn(channel)).toContain('Now: gemini-new');
    expect(since(before)).toEqual([0, 0, 0, 0, 0, 0]);
    await slack.command(user, channel, 'receipt');
    const { code, output } = await runProgram({ folder, env: environment(), args: ['notices', 'diff'] });
    expect(code).toBe(0);
    expect(output).toContain('Google Vertex AI, notice');
    await program.end();
    await start();
  });

  it('does not start where a route cannot be proven to stay, and says which setting would', async () => {
    const { code, output } = await runProgram({ env: { ...environment(), DEJIREN_RESIDENCY: 'jp' } });
    expect(code).toBe(1);
    for (const name of ['OPENAI_BASE_URL', 'AZURE_OPENAI_DEPLOYMENT_TYPE', 'VERTEX_BASE_URL', 'AWS_ENDPOINT_URL'])
      expect(output).toContain(name);
    expect(output).toContain('cannot be proven to stay in jp');
  });

  it('says that no source could be read where there is no way out, which is no change', async () => {
    const deadEnd = await startWebServer((_request, response) => response.destroy());
    const { code, output } = await runProgram({
      env: { OPENAI_API_KEY: 'sk-x', HTTPS_PROXY: deadEnd.url, DEJIREN_EGRESS_HOSTS: deadEnd.host },
      args: ['notices', 'check', '--json'],
    });
    const findings = JSON.parse(output) as { vendor: string; state: string }[];
    expect(new Set(findings.map(({ vendor }) => vendor))).toEqual(new Set(['openai']));
    expect(new Set(findings.map(({ state }) => state))).toEqual(new Set(['unreachable', 'no-quote']));
    expect(deadEnd.connections()).toBeGreaterThan(0);
    expect(code).toBe(2);
    await deadEnd.close();
  });

  it('leaves nothing of all this in its folder or in what it prints', () => {
    expect(program.output()).not.toMatch(/canary|Anybody|attached/u);
  });
});
