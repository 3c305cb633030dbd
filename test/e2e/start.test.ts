import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPage } from '../../src/prove/play/local-page';
import { type Program, runProgram, startProgram } from '../support/program';

/** Types the command on the page as one of its people, and gives what dejiren answers to them alone. */
async function told({ url }: Program, person: string, words: string): Promise<string> {
  const page = await openPage(Number(new URL(url).port), person);
  const before = page.messages().length;
  await fetch(`${url}/local/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: url },
    body: JSON.stringify({
      person,
      language: 'en',
      conversation: `direct-${person}`,
      text: `/dejiren-optin ${words}`,
    }),
  });
  const answers = () =>
    page
      .messages()
      .slice(before)
      .filter(({ author }) => author === 'dejiren');
  await page.until(() => answers().length > 0);
  page.close();
  return JSON.stringify(answers());
}

describe('starting dejiren', () => {
  it('first tells a newcomer the address, then what is connected and what would connect the rest', async () => {
    const program = await startProgram();
    const [first, , ...lines] = program.output().trim().split('\n');
    expect(first).toMatch(/open http:\/\/127\.0\.0\.1:\d+$/u);
    const told = lines.join('\n');
    for (const word of ['Local page', 'Slack', 'SLACK_BOT_TOKEN', 'Vendor', 'OPENAI_API_KEY', 'Consent', 'opt-in'])
      expect(told).toContain(word);
    expect((await fetch(`${program.url}/readyz`)).status).toBe(200);
    expect((await fetch(program.url)).headers.get('content-security-policy')).toContain("default-src 'none'");
    const handling = async (language: string): Promise<string> =>
      (await fetch(`${program.url}/data-handling`, { headers: { 'accept-language': language } })).text();
    expect(await handling('en')).toContain('This article describes how dejiren handles the data');
    expect(await handling('ja')).toContain('本記事では、dejirenが各生成AIと連携する際の');
    expect(readdirSync(program.folder)).toEqual(['.dejiren']);
    expect(statSync(join(program.folder, '.dejiren', 'secret')).mode & 0o777).toBe(0o600);
    expect(await program.end()).toBe(0);
  });

  it('refuses wrong settings, tells all of them at once, and prints no secret', async () => {
    const { code, output } = await runProgram({
      env: {
        PORT: 'CANARY',
        DEJIREN_CONSENT_MODE: 'maybe',
        SLACK_BOT_TOKEN: 'xoxb-CANARY',
        OPENAI_API_KEY: 'sk-CANARY',
        OPENAI_BASE_URL: 'http://127.0.0.1:9/v1',
      },
    });
    expect(code).toBe(1);
    for (const name of ['PORT', 'DEJIREN_CONSENT_MODE', 'SLACK_APP_TOKEN', 'OPENAI_BASE_URL'])
      expect(output).toContain(name);
    expect(output).not.toContain('CANARY');
    expect(output).not.toMatch(/\bat .*\.(js|ts):\d/u);
  });

  it('says which setting helps when the port is taken', async () => {
    const program = await startProgram();
    const { code, output } = await runProgram({ env: { PORT: new URL(program.url).port } });
    expect([code, output]).toEqual([1, expect.stringContaining('PORT=3001')]);
    await program.end();
  });

  it('shows somebody new what they would agree to, and takes the command once more for yes, over a restart too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dejiren-'));
    const env = { DEJIREN_NOTICE_FIRST: '', DEJIREN_NOTICE_CHECK: 'false' };
    const program = await startProgram({ folder, env });
    expect(await told(program, 'aiko', '')).toContain('May I send your questions to Preview?');
    expect(await told(program, 'aiko', 'status')).toContain('Not agreed');
    await program.end();
    const again = await startProgram({ folder, env });
    expect(await told(again, 'aiko', '')).toContain('You have agreed');
    expect(await told(again, 'aiko', '')).toContain('You have withdrawn');
    expect(await told(again, 'aiko', '')).toContain('You have agreed');
    await again.end();
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps what people decided over a restart, and checks the ledger on request', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dejiren-'));
    const env = { DEJIREN_NOTICE_FIRST: 'false', DEJIREN_NOTICE_CHECK: 'false' };
    const program = await startProgram({ folder, env });
    expect(await told(program, 'aiko', 'on')).toContain('You have agreed');
    await program.end();
    const again = await startProgram({ folder, env });
    expect(await told(again, 'aiko', 'status')).toContain('"value":"Agreed · since ');
    expect(await told(again, 'ben', 'status')).toContain('Not agreed');
    await again.end();
    expect(await runProgram({ folder, args: ['ledger', 'verify'] })).toMatchObject({
      code: 0,
      output: expect.stringContaining('intact'),
    });
    expect(await runProgram({ folder, args: ['doctor'] })).toMatchObject({
      code: 0,
      output: expect.stringContaining('Everything is OK'),
    });
    writeFileSync(join(folder, '.dejiren', 'dejiren.db'), 'CANARY '.repeat(1_000));
    for (const name of readdirSync(join(folder, '.dejiren')))
      if (/-(wal|shm)$/u.test(name)) rmSync(join(folder, '.dejiren', name));
    const broken = await runProgram({ folder });
    expect(broken).toMatchObject({ code: 1, output: expect.stringContaining('Restore a backup') });
    expect(broken.output).not.toContain('CANARY');
    rmSync(folder, { recursive: true });
  });

  it('explains itself, and says so when a command is none', async () => {
    expect(await runProgram({ args: ['--help'] })).toMatchObject({
      code: 0,
      output: expect.stringContaining('dejiren doctor'),
    });
    expect(await runProgram({ args: ['--version'] })).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^\d+\.\d+\.\d+\n$/u),
    });
    expect(await runProgram({ args: ['frobnicate'] })).toMatchObject({
      code: 2,
      output: expect.stringContaining('frobnicate'),
    });
  });
});
