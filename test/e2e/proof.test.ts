import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sentencesFor } from '../../src/language/sentences';
import { type FakeOpenAi, startFakeOpenAi } from '../../src/prove/doubles/openai/server';
import { type FakeSlack, startFakeSlack } from '../../src/prove/doubles/slack/fake-slack';
import { type FakeTeams, startFakeTeams } from '../../src/prove/doubles/teams/fake-teams';
import { canariesIn } from '../support/canary';
import { withoutTriggers } from '../support/old-database';
import { type Program, runProgram, startProgram } from '../support/program';

const JWS = /[\w-]{40,}\.[\w-]{100,}\.[\w-]{86}/u;
const ja = sentencesFor('ja').card;
const en = sentencesFor('en').card;

describe('what people and operators take away from the program', () => {
  let slack: FakeSlack;
  let teams: FakeTeams;
  let openai: FakeOpenAi;
  let program: Program;
  let folder: string;

  const environment = (): Record<string, string> => ({
    ...teams.env,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    OPENAI_API_KEY: openai.apiKey,
    OPENAI_BASE_URL: openai.baseURL,
    OPENAI_MODEL: openai.model,
    DEJIREN_EGRESS_HOSTS: '127.0.0.1',
    DEJIREN_CONTROLLER_NAME: 'Example Bank',
    DEJIREN_CONTROLLER_CONTACT: 'privacy@example.com',
    LOG_LEVEL: 'trace',
  });
  const start = async (change: Record<string, string> = {}): Promise<void> => {
    program = await startProgram({ folder, env: { ...environment(), ...change } });
    slack.deliverTo(`${program.url}/slack/events`);
    teams.deliverTo(`${program.url}/api/messages`);
  };
  const run = (...args: string[]) => runProgram({ folder, env: environment(), args });
  const file = (name: string, content?: string): string => {
    const path = join(folder, name);
    if (content !== undefined) writeFileSync(path, content);
    return path;
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dejiren-'));
    [slack, teams, openai] = await Promise.all([
      startFakeSlack({ scopes: ['chat:write', 'app_mentions:read', 'commands'] }),
      startFakeTeams({ targeted: true }),
      startFakeOpenAi(),
    ]);
    await start();
  });
  afterAll(async () => {
    await program?.end();
    await Promise.all([slack?.close(), teams?.close(), openai?.close()]);
    rmSync(folder, { recursive: true, force: true });
  });

  const inSlack = async (user: string, words: string): Promise<string> => {
    const card = await slack.command(user, 'C1', words);
    return JSON.stringify(card?.blocks ?? '');
  };
  const jwsIn = (shown: string): string => JWS.exec(shown)?.[0] ?? '';

  it('gives a receipt in Slack to that person alone, as a block to copy, which the program verifies', async () => {
    await inSlack('U1', 'on');
    const shown = await inSlack('U1', '控え');
    expect(shown).toContain('rich_text_preformatted');
    expect(shown).toContain(ja.receiptTitle);
    const receipt = file('receipt.jws', `${jwsIn(shown)}\n`);
    const { code, output } = await run('receipt', 'verify', receipt);
    expect(output).toMatch(/✓ The signature is valid/u);
    expect(output).toContain('Agreed to OpenAI (openai, 127.0.0.1');
    expect(output).toContain('controller: Example Bank, privacy@example.com');
    expect(output).toContain('✓ The row is in this ledger.');
    expect(code).toBe(0);
  });

  it('publishes the keys, so that an auditor without a ledger or a setting verifies it too', async () => {
    const response = await fetch(`${program.url}/.well-known/jwks.json`);
    expect(response.headers.get('content-type')).toBe('application/jwk-set+json');
    const keys = file('jwks.json', await response.text());
    expect(await (await fetch(`${program.url}/data-handling`)).text()).toContain('/.well-known/jwks.json');
    const elsewhere = mkdtempSync(join(tmpdir(), 'dejiren-'));
    const args = ['receipt', 'verify', file('receipt.jws'), '--jwks', keys];
    const { code, output } = await runProgram({ folder: elsewhere, args });
    expect(output).toContain('✓ The signature is valid');
    expect(output).toContain('The ledger is not available here');
    expect(code).toBe(0);
    const alone = await runProgram({ folder: elsewhere, args: args.slice(0, 3) });
    expect([alone.code, alone.output]).toEqual([1, expect.stringContaining('--jwks FILE')]);
    expect(existsSync(join(elsewhere, '.dejiren'))).toBe(false);
    const env = { DEJIREN_SECRET: 'another secret of another installation' };
    const another = await runProgram({ folder: elsewhere, env, args: args.slice(0, 3) });
    expect([another.code, another.output]).toEqual([1, expect.stringContaining('(unknown-key)')]);
    rmSync(elsewhere, { recursive: true });
  });

  it('reads a receipt from standard input, and tells one that was changed, cut off, or is none', async () => {
    const jws = readFileSync(file('receipt.jws'), 'utf8');
    const main = resolve(__dirname, '../../dist/main.js');
    const printed = execFileSync(process.execPath, [main, 'receipt', 'verify', '-'], {
      input: jws,
      cwd: folder,
      env: { ...environment(), PATH: process.env.PATH },
    });
    expect(printed.toString()).toContain('✓ The signature is valid');
    const [head = '', body = '', signature = ''] = jws.trim().split('.');
    const forged = Buffer.from(Buffer.from(body, 'base64url').toString().replace('granted', 'erased!')).toString(
      'base64url',
    );
    const tellings = [
      [`${head}.${forged}.${signature}`, 'signature'],
      [jws.slice(0, 300), 'malformed'],
      ['words', 'malformed'],
    ] as const;
    for (const [words, why] of tellings) {
      const { code, output } = await run('receipt', 'verify', file('other.jws', words));
      expect([code, output]).toEqual([1, expect.stringContaining(`(${why})`)]);
    }
    const missing = await run('receipt', 'verify', file('nowhere.jws'));
    expect([missing.code, missing.output]).toEqual([1, expect.stringContaining('cannot be read')]);
  });

  it('leads through all of an export in Slack by buttons, and each part verifies', async () => {
    for (let round = 0; round < 12; round += 1) for (const words of ['off', 'on']) await inSlack('U1', words);
    const card = await slack.command('U1', 'C1', 'receipt');
    if (card === undefined) throw new Error('no card');
    const receipt = jwsIn(JSON.stringify(card.blocks));
    await slack.press('U1', en.buttons.export, card);
    const parts: string[] = [];
    for (let before = receipt; ; before = parts.at(-1) ?? '') {
      await slack.until(() => jwsIn(JSON.stringify(card.blocks)) !== before);
      parts.push(jwsIn(JSON.stringify(card.blocks)));
      if (!JSON.stringify(card.blocks).includes(en.buttons.next)) break;
      await slack.press('U1', en.buttons.next, card);
    }
    expect(parts.length).toBeGreaterThan(1);
    let decisions = 0;
    for (const [index, part] of parts.entries()) {
      const { code, output } = await run('receipt', 'verify', file('part.jws', part));
      expect([code, output]).toEqual([0, expect.stringContaining(`Part ${index + 1} of ${parts.length}`)]);
      decisions += Number(/with (\d+) decisions/u.exec(output)?.[1]);
    }
    expect(decisions).toBe(26);
  });

  it('gives the same in Teams, in one chat with the bot', async () => {
    const last = () => teams.personal('p1').at(-1);
    const told = async (text: string, includes: string): Promise<string> => {
      await teams.say({ user: 'p1', text });
      await teams.until(() => teams.personal('p1').some((one) => teams.seen(one).includes(includes)));
      return JSON.stringify(last()?.activity);
    };
    await told('/dejiren-optin on', 'You have agreed');
    const shown = await told('/dejiren-optin receipt', en.receiptTitle);
    expect(shown).toContain('"fontType":"Monospace"');
    const { code, output } = await run('receipt', 'verify', file('teams.jws', jwsIn(shown)));
    expect([code, output]).toEqual([0, expect.stringContaining('in this ledger')]);
    const card = last();
    if (card === undefined) throw new Error('no card');
    await teams.press(card, en.buttons.export, { user: 'p1' });
    const exported = await run('receipt', 'verify', file('teams.jws', jwsIn(JSON.stringify(card.activity))));
    expect([exported.code, exported.output]).toEqual([0, expect.stringContaining('of a person’s record')]);
    expect(teams.breaches).toEqual([]);
  });

  it('finds the ledger whole after a restart, and signs with a new key while the old receipts hold', async () => {
    await program.end();
    await start({ DEJIREN_SIGNING_KEY: '2' });
    expect(program.output()).not.toContain('ledger-broken');
    const { keys } = (await (await fetch(`${program.url}/.well-known/jwks.json`)).json()) as { keys: unknown[] };
    expect(keys).toHaveLength(2);
    const fresh = jwsIn(await inSlack('U1', 'receipt'));
    for (const name of [file('receipt.jws'), file('fresh.jws', fresh)]) {
      const env = { ...environment(), DEJIREN_SIGNING_KEY: '2' };
      expect((await runProgram({ folder, env, args: ['receipt', 'verify', name] })).code).toBe(0);
    }
    expect((await run('receipt', 'verify', file('fresh.jws'))).output).toContain('unknown-key');
  });

  it('counts what was decided for the operator, and nothing of anybody', async () => {
    const text = await run('ledger', 'report');
    expect(text.code).toBe(0);
    expect(text.output).toMatch(/openai\s+use\s+granted\s+opt-in\s+14/u);
    expect(text.output).toContain('fewer than 5');
    const csv = await run('ledger', 'report', '--format', 'csv');
    expect(csv.output).toMatch(
      /^month,vendor,purpose,event,mode,count,small\r\n\d{4}-\d{2},openai,use,granted,opt-in,14,false\r\n/u,
    );
    const json = JSON.parse((await run('ledger', 'report', '--format=json')).output);
    expect(json.standings).toEqual([
      { vendor: 'openai', purpose: 'use', event: 'granted', people: 2, small: true },
      { vendor: 'preview', purpose: 'use', event: 'withdrawn', people: 1, small: true },
    ]);
    const database = new DatabaseSync(join(folder, '.dejiren', 'dejiren.db'));
    const people = database.prepare('SELECT DISTINCT subject FROM ledger').all();
    database.close();
    expect(people).toHaveLength(2);
    for (const { subject } of people)
      for (const report of [text, csv]) expect(report.output).not.toContain(String(subject));
  });

  it('exports every row and every notice for an auditor, into a file for the owner alone', async () => {
    const out = file('ledger.json');
    expect((await run('ledger', 'export', '--out', out)).output).toContain('Written to');
    expect(statSync(out).mode & 0o777).toBe(0o600);
    const { head, rows, notices } = JSON.parse(readFileSync(out, 'utf8'));
    expect([rows.length, rows.at(-1).hash, notices.length]).toEqual([head.seq, head.hash, 1]);
    const again = await run('ledger', 'export', '--out', out);
    expect([again.code, again.output]).toEqual([1, expect.stringContaining('already exists')]);
    const csv = (await run('ledger', 'export', '--format=csv')).output.trim().split('\r\n');
    expect(csv).toHaveLength(head.seq + 1);
    expect(csv[0]).toMatch(/^seq,at,subject,.*,previous,hash$/u);
  });

  it('signs a head, and finds by it that rows were cut off', async () => {
    const out = file('head.jws');
    expect((await run('ledger', 'head', '--sign', '--out', out)).code).toBe(0);
    expect(await run('ledger', 'verify', '--head', out)).toEqual({
      code: 0,
      output: expect.stringContaining('(meets)'),
    });
    await program.end();
    const database = new DatabaseSync(join(folder, '.dejiren', 'dejiren.db'));
    withoutTriggers(database, () => {
      for (const table of ['standings', 'subjects', 'ledger', 'ledger_head']) database.exec(`DELETE FROM ${table}`);
    });
    database.close();
    expect((await run('ledger', 'verify')).code).toBe(0);
    expect(await run('ledger', 'verify', '--head', out)).toEqual({
      code: 1,
      output: expect.stringContaining('(truncated)'),
    });
    const receipt = await run('receipt', 'verify', file('receipt.jws'));
    expect([receipt.code, receipt.output]).toEqual([1, expect.stringContaining('✗ Row 1')]);
  });

  it('wrote no receipt to the log, nor to a file of its own', () => {
    const jws = readFileSync(file('receipt.jws'), 'utf8').trim();
    const [, body = '', signature = ''] = jws.split('.');
    expect(program.output()).not.toMatch(JWS);
    expect(canariesIn([body.slice(0, 60), signature], join(folder, '.dejiren'), program.output())).toEqual([]);
  });
});
