import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPage } from '../../../src/prove/play/local-page';
import { type Program, startProgram } from '../../support/program';

describe('the local page, over several runs on one data folder', () => {
  let program: Program;
  const folder = mkdtempSync(join(tmpdir(), 'dejiren-'));
  const start = async (): Promise<void> => {
    program = await startProgram({ folder, env: { DEJIREN_VENDOR: 'preview' } });
  };
  beforeAll(start);
  afterAll(async () => {
    await program?.end();
    rmSync(folder, { recursive: true });
  });
  const send = async (path: string, body: Record<string, unknown>) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${program.url}/local/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
  const say = (person: string, text: string, act?: string) =>
    send('messages', { person, language: 'en', conversation: `direct-${person}`, text, ...(act && { act }) });
  const pageOf = (person: string) => openPage(Number(new URL(program.url).port), person);
  const answered = (text: string, words: string): boolean => text.includes(words);

  it('answers every question, however often dejiren was started anew', async () => {
    await say('ben', '/dejiren-optin on');
    for (let run = 0; run < 3; run += 1) {
      const page = await pageOf('ben');
      for (const number of [1, 2]) {
        const words = `question ${number} of run ${run}`;
        await say('ben', words);
        await page.until(() =>
          page
            .messages()
            .some(
              ({ author, text, answer }) => author === 'dejiren' && answer?.state === 'ended' && answered(text, words),
            ),
        );
      }
      page.close();
      await program.end();
      await start();
    }
  });

  it('does once what a page sends twice, after a start anew too, and answers each time', async () => {
    const page = await pageOf('chika');
    const cards = (): number => page.messages().filter(({ card }) => card !== undefined).length;
    const both = await Promise.all([
      say('chika', '/dejiren-optin', 'act-toggle-1'),
      say('chika', '/dejiren-optin', 'act-toggle-1'),
    ]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    await page.until(() => cards() === 1);
    await say('chika', '/dejiren-optin off', 'act-off-1');
    page.close();
    await program.end('SIGKILL');
    await start();
    const again = await pageOf('chika');
    expect((await say('chika', '/dejiren-optin', 'act-toggle-1')).status).toBe(200);
    await say('chika', 'a question', 'act-question-1');
    await say('chika', 'a question', 'act-question-1');
    const seen = () => again.messages();
    await again.until(() => seen().some(({ card }) => card !== undefined));
    expect(seen().filter(({ text }) => text === 'a question')).toHaveLength(1);
    // Withdrawn, so that they are asked: the toggle did not toggle back.
    expect(seen().filter(({ card }) => card !== undefined)).toHaveLength(1);
    expect(seen().some(({ answer }) => answer !== undefined)).toBe(false);
    const [card] = seen().filter((message) => message.card !== undefined);
    const press = { person: 'chika', language: 'en', card: card?.id, version: 0, button: 0, act: 'act-press-1' };
    expect(await send('action', press)).toEqual({ status: 200, body: {} });
    expect(await send('action', press)).toEqual({ status: 200, body: {} });
    await again.until(() => seen().some(({ answer }) => answer?.state === 'ended'));
    expect(seen().filter(({ answer }) => answer !== undefined)).toHaveLength(1);
    again.close();
  });

  it('takes two of the same words for two, where nothing says that they are one', async () => {
    const page = await pageOf('aiko');
    for (let time = 0; time < 2; time += 1) await say('aiko', '/dejiren-optin help');
    await page.until(() => page.messages().filter(({ card }) => card !== undefined).length === 2);
    page.close();
  });
});
