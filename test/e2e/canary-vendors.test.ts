import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFakeSlack } from '../../src/prove/doubles/slack/fake-slack';
import { BOT_USER } from '../../src/prove/doubles/slack/state';
import { answer, refusal, type Script, type StreamedAnswer } from '../../src/prove/doubles/vendor-script';
import { REMOTE_VENDORS, type RemoteVendor, VENDOR_DOUBLES } from '../../src/prove/doubles/vendors';
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

/** Every vendor that has a double, but for OpenAI, which `canary.test.ts` asks. */
const ASKED = REMOTE_VENDORS.filter((vendor) => vendor !== 'openai');
const CONNECTED: readonly (readonly [
  name: string,
  vendor: RemoteVendor,
  settings: Readonly<Record<string, string>>,
])[] = [
  ...ASKED.map((vendor) => [VENDOR_DOUBLES[vendor].name, vendor, {}] as const),
  ['Vertex AI by @google/genai', 'vertex-ai', { VERTEX_SDK: 'genai' }],
];

describe('in a hostile environment no word is in a file, on a stream or in the metrics', () => {
  it.concurrent.each(CONNECTED)('with %s', async (_name, vendor, settings) => {
    const { fake, env } = await VENDOR_DOUBLES[vendor].start(() => 'CANARY-key-1f2e3d');
    const slack = await startFakeSlack({ scopes: ['chat:write', 'channels:history', 'files:read', 'commands'] });
    const folder = mkdtempSync(join(tmpdir(), 'dejiren-'));
    const program = await startProgram({
      folder,
      env: {
        ...HOSTILE,
        ...env,
        ...settings,
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
          slack.answers(channel).some((one) => /AI can be wrong|content filter/u.test(slack.seen(one))),
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
