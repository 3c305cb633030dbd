import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFakeBedrock } from '../../src/prove/doubles/bedrock/server';
import { startFakeOpenAi } from '../../src/prove/doubles/openai/server';
import { startFakeSlack } from '../../src/prove/doubles/slack/fake-slack';
import { BOT_USER } from '../../src/prove/doubles/slack/state';
import { answer, refusal, type Script, type StreamedAnswer } from '../../src/prove/doubles/vendor-script';
import type { FakeVendor } from '../../src/prove/doubles/vendor-server';
import { type RemoteVendor, VENDOR_DOUBLES } from '../../src/prove/doubles/vendors';
import { startFakeVertex } from '../../src/prove/doubles/vertex-ai/server';
import { canariesIn } from '../support/canary';
import { startProgram } from '../support/program';

const HOSTILE = {
  DEBUG: '*',
  NODE_DEBUG: '*',
  AZURE_LOG_LEVEL: 'verbose',
  GOOGLE_SDK_NODE_LOGGING: 'all',
  OPENAI_LOG: 'debug',
  ANTHROPIC_LOG: 'debug',
  ANTHROPIC_OPEN_TELEMETRY_TRACES_CONTENT_MODE: 'content',
  LOG_LEVEL: 'trace',
};
const PROMPT = 'CANARY-prompt-93d1f0';
const REPLY = 'CANARY-reply-0bb6a4';
const FILE = 'CANARY-file-c27e51';
const FILE_NAME = 'CANARY-file-name-5a90be';
const TOKEN = 'CANARY-admin-token-7d1c22';

const ends = (ending: StreamedAnswer['ending']): Script =>
  answer([`${REPLY} begins `, 'and goes on'], { ...(ending !== undefined && { ending }), message: PROMPT });
const CASES: readonly Script[] = [
  ends('complete'),
  refusal(400, { message: `cannot process “${PROMPT}”` }),
  refusal(500, { body: `<html>${PROMPT} ${REPLY}</html>` }),
  ends('reset'),
  ends('malformed'),
  ends('error-event'),
  ends('eof'),
  ends('filtered'),
];

interface Connected {
  readonly fake: FakeVendor;
  readonly env: Readonly<Record<string, string>>;
}

async function azure(): Promise<Connected> {
  const fake = await startFakeOpenAi({ azure: true, apiKey: 'CANARY-key-1f2e3d' });
  const { origin, apiKey, model } = fake;
  const env = { AZURE_OPENAI_ENDPOINT: origin, AZURE_OPENAI_API_KEY: apiKey, AZURE_OPENAI_DEPLOYMENT: model };
  return { fake, env };
}

async function bedrock(): Promise<Connected> {
  const fake = await startFakeBedrock();
  const { origin, region, model, keyId, secret } = fake;
  const credentials = { AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secret };
  return {
    fake,
    env: {
      ...credentials,
      AWS_REGION: region,
      BEDROCK_MODEL_ID: model,
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: origin,
    },
  };
}

const vertex = (engine: string) => async (): Promise<Connected> => {
  const fake = await startFakeVertex({ isGateway: true });
  const { origin, project, location, model } = fake;
  return {
    fake,
    env: {
      VERTEX_SDK: engine,
      VERTEX_MODEL: model,
      VERTEX_BASE_URL: origin,
      GOOGLE_CLOUD_PROJECT: project,
      GOOGLE_CLOUD_LOCATION: location,
      METADATA_SERVER_DETECTION: 'none',
    },
  };
};

/** By the double that the prover plays. */
const doubled = (vendor: RemoteVendor) => (): Promise<Connected> =>
  VENDOR_DOUBLES[vendor].start(() => 'CANARY-key-1f2e3d');

describe('in a hostile environment no word is in a file, on a stream or in the metrics', () => {
  it.concurrent.each([
    ['Azure OpenAI', azure],
    ['Bedrock', bedrock],
    ['Vertex AI by @google-cloud/vertexai', vertex('vertexai')],
    ['Vertex AI by @google/genai', vertex('genai')],
    ['Anthropic', doubled('anthropic')],
    ['Mistral', doubled('mistral')],
  ] as const)('with %s', async (_name, connect) => {
    const { fake, env } = await connect();
    const slack = await startFakeSlack({ scopes: ['chat:write', 'channels:history', 'files:read', 'commands'] });
    const folder = mkdtempSync(join(tmpdir(), 'dejiren-'));
    const program = await startProgram({
      folder,
      env: {
        ...HOSTILE,
        ...env,
        SLACK_SIGNING_SECRET: slack.signingSecret,
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_API_URL: slack.apiUrl,
        DEJIREN_EGRESS_HOSTS: '127.0.0.1',
        DEJIREN_ADMIN_TOKEN: TOKEN,
      },
    });
    slack.deliverTo(`${program.url}/slack/events`);
    await slack.command('U1', 'C1', 'on');
    const text = { name: `${FILE_NAME}.txt`, mimetype: 'text/plain', bytes: Buffer.from(FILE) };
    const other = { name: `${FILE_NAME}.pdf`, mimetype: 'application/pdf', bytes: Buffer.from(FILE) };

    let round = 0;
    const ask = async (files: readonly string[] = []): Promise<void> => {
      round += 1;
      const channel = `C${100 + round}`;
      const before = slack.ephemerals.length;
      await slack.say({ channel, user: 'U1', text: `<@${BOT_USER}> ${PROMPT}`, ...(files.length > 0 && { files }) });
      await slack.until(
        () =>
          slack.ephemerals.length > before ||
          slack.answers(channel).some((one) => /AI can be wrong|safety filter/u.test(slack.seen(one))),
      );
    };
    for (const script of CASES) {
      fake.usually(script);
      await ask();
    }
    fake.usually(ends('complete'));
    await ask([slack.upload(text)]);
    await ask([slack.upload(other)]);
    const headers = { authorization: `Bearer ${TOKEN}` };
    const pages = await Promise.all(
      ['/metrics', '/admin', '/data-handling'].map(async (path) =>
        (await fetch(program.url + path, { headers })).text(),
      ),
    );
    await program.end();
    await slack.close();
    await fake.close();

    expect(fake.requests.some(({ rawBody }) => rawBody.includes(FILE))).toBe(true);
    expect(fake.requests.some(({ rawBody }) => rawBody.includes(FILE_NAME))).toBe(false);
    expect(pages[0]).toContain('dejiren_events_total');
    const secrets = Object.entries(env).flatMap(([name, value]) => (/KEY/u.test(name) ? value : []));
    const canaries = [PROMPT, REPLY, FILE, FILE_NAME, TOKEN, ...secrets];
    expect(canariesIn(canaries, folder, program.output() + pages.join(''))).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});
