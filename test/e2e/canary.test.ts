import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFakeOpenAi } from '../../src/prove/doubles/openai/server';
import { startFakeSlack } from '../../src/prove/doubles/slack/fake-slack';
import { BOT_USER } from '../../src/prove/doubles/slack/state';
import { answer, createGate, refusal, type Script, type StreamedAnswer } from '../../src/prove/doubles/vendor-script';
import { canariesIn } from '../support/canary';
import { startProgram } from '../support/program';

const HOSTILE = { DEBUG: '*', NODE_DEBUG: '*', OPENAI_LOG: 'debug', SLACK_LOG_LEVEL: 'debug', LOG_LEVEL: 'trace' };

const PROMPT = 'CANARY-prompt-7f3a9d';
const REPLY = 'CANARY-reply-51c0be';
const THREAD = 'CANARY-thread-e88d24';
const NAME = 'Canary Namesson';
const CANARIES = [PROMPT, REPLY, THREAD, NAME, 'xoxb-canary-token', 'sk-canary-key'];

const ends = (ending: StreamedAnswer['ending']): Script =>
  answer([`${REPLY} begins `, 'and goes on'], { ...(ending !== undefined && { ending }), message: PROMPT });

const CASES: readonly (readonly [string, Script])[] = [
  ['an answer', ends('complete')],
  ['a refusal that echoes the prompt', refusal(400, { message: `cannot process “${PROMPT}”` })],
  ['a server error that echoes the prompt', refusal(500, { body: `<html>${PROMPT} ${REPLY}</html>` })],
  ['a reset in mid-answer', ends('reset')],
  ['a malformed chunk', ends('malformed')],
  ['an error event in mid-answer', ends('error-event')],
  ['an end without the last event', ends('eof')],
];

describe('no word is in a file or on a stream', () => {
  it.concurrent.each([
    ['a plain environment', 'SIGTERM', {}],
    ['a plain environment', 'SIGKILL', {}],
    ['a hostile environment', 'SIGTERM', HOSTILE],
    ['a hostile environment', 'SIGKILL', HOSTILE],
  ] as const)('in %s, ended by %s', async (_name, signal, environment) => {
    const openai = await startFakeOpenAi({ apiKey: 'sk-canary-key' });
    const slack = await startFakeSlack({
      botToken: 'xoxb-canary-token',
      scopes: ['chat:write', 'channels:history', 'users:read', 'im:history', 'assistant:write'],
    });
    const folder = mkdtempSync(join(tmpdir(), 'dejiren-'));
    const program = await startProgram({
      folder,
      env: {
        ...environment,
        SLACK_SIGNING_SECRET: slack.signingSecret,
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_API_URL: slack.apiUrl,
        OPENAI_API_KEY: openai.apiKey,
        OPENAI_BASE_URL: openai.baseURL,
        OPENAI_MODEL: openai.model,
        DEJIREN_EGRESS_HOSTS: '127.0.0.1',
      },
    });
    slack.deliverTo(`${program.url}/slack/events`);
    slack.users.set('U1', { id: 'U1', name: NAME });
    await slack.command('U1', 'C1', 'on');
    await slack.command('U1', 'C1', `nonsense ${PROMPT}`);

    let round = 0;
    for (const [, script] of CASES) {
      round += 1;
      const channel = `C${100 + round}`;
      const thread = slack.put({ channel, user: 'U2', text: THREAD });
      openai.usually(script);
      const private_ = slack.ephemerals.length;
      await slack.say({ channel, user: 'U1', thread, text: `<@${BOT_USER}> ${PROMPT} and ${NAME}` });
      await slack.until(
        () =>
          slack.ephemerals.length > private_ ||
          slack.answers(channel).some((one) => /AI can be wrong|content filter/u.test(slack.seen(one))),
      );
    }
    const gate = createGate();
    openai.script(answer([`${REPLY} begins `, REPLY], { gate }));
    gate.next();
    await slack.say({ channel: 'C200', user: 'U1', text: `<@${BOT_USER}> ${PROMPT}` });
    await slack.until(() => slack.answers('C200').length > 0);
    await slack.postRaw(`{"text":"${PROMPT}"}`, { 'content-type': 'application/json' });
    await slack.postRaw(PROMPT.repeat(200_000), { 'content-type': 'application/json', ...slack.sign('x') });
    await slack.event({ type: 'event_callback', event: { type: 'app_mention', text: PROMPT, channel: PROMPT } });
    gate.open();
    await program.end(signal);
    await slack.close();
    await openai.close();

    expect(openai.requests.some(({ rawBody }) => rawBody.includes(PROMPT))).toBe(true);
    expect(canariesIn(CANARIES, folder, program.output())).toEqual([]);

    // The search itself finds what it is meant to find.
    writeFileSync(join(folder, 'planted'), Buffer.from(`x${REPLY}`).toString('base64'));
    expect(canariesIn(CANARIES, folder, program.output())).toEqual([REPLY]);
    rmSync(folder, { recursive: true });
  });
});
