import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { sentencesFor } from '../../src/language/sentences';
import { startFakeOpenAi } from '../../src/prove/doubles/openai/server';
import { answer, createGate } from '../../src/prove/doubles/vendor-script';
import { runProgram, startProgram } from '../support/program';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const SHOTS = process.env.SCREENSHOTS;
const withChromium = existsSync(CHROMIUM) ? describe : describe.skip;
if (!existsSync(CHROMIUM)) console.warn(`SKIPPED: no Chromium at ${CHROMIUM}; set CHROMIUM to its path.`);

const { card, ending, label } = sentencesFor('en');
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];

withChromium('the real program in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [...FLAGS, '--disable-component-update', '--disable-sync'],
    });
  });
  afterAll(() => browser?.close());

  async function open(url: string): Promise<Page> {
    const page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1180, height: 820 } });
    page.setDefaultTimeout(8_000);
    await page.goto(url);
    await page.locator('#who-ben').check({ force: true });
    return page;
  }
  async function say(page: Page, words: string): Promise<void> {
    await page.locator('#box').fill(words);
    await page.keyboard.press('Enter');
  }
  async function shoot(page: Page, name: string): Promise<void> {
    if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, `${name}.png`), animations: 'disabled' });
  }

  it('with an empty environment: asks before it sends, then shows what would have been sent', async () => {
    const program = await startProgram();
    try {
      const page = await open(program.url);
      await say(page, '@dejiren What would be sent if I asked this? Ask @Aiko too.');
      await page.getByRole('button', { name: card.buttons.agreeAndAnswer }).waitFor();
      expect(await page.getByText('Nothing left dejiren').count()).toBe(0);
      await shoot(page, 'real-card');
      await page.getByRole('button', { name: card.buttons.agreeAndAnswer }).click();
      await page.getByText('Nothing left dejiren').first().waitFor();
      await page.getByText('@person-1').first().waitFor();
      await page.getByText('safety_identifier').first().waitFor();
      await shoot(page, 'real-answer');
      await page.close();
    } finally {
      expect(await program.end()).toBe(0);
    }
  });

  it('leads from the page to the public article, in the language of the page', async () => {
    const program = await startProgram();
    try {
      const page = await open(program.url);
      await page.getByRole('radio', { name: '日本語', exact: true }).check({ force: true });
      const link = page.getByRole('link', { name: 'データの取り扱いについて' });
      const [article] = await Promise.all([page.waitForEvent('popup'), link.click()]);
      await article.getByRole('heading', { level: 1, name: 'dejirenと生成AIの連携におけるデータの取り扱い' }).waitFor();
      await shoot(article, 'article-from-page');
      await page.close();
    } finally {
      expect(await program.end()).toBe(0);
    }
  });

  it('gives a signed receipt to copy or to save as a file, which the program verifies, and leads to all of the record', async () => {
    const program = await startProgram();
    try {
      const page = await open(program.url);
      await say(page, '/dejiren-optin on');
      await page.getByText(card.granted('Preview')).waitFor();
      await say(page, '/dejiren-optin receipt');
      const shown = page.locator('.card .code code');
      await shown.waitFor();
      await shoot(page, 'receipt');
      const [saved] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Download' }).click(),
      ]);
      expect(saved.suggestedFilename()).toBe('dejiren-receipt-preview.jws');
      const path = join(program.folder, 'receipt.jws');
      await saved.saveAs(path);
      expect(readFileSync(path, 'utf8')).toBe(await shown.textContent());
      const { code, output } = await runProgram({ folder: program.folder, args: ['receipt', 'verify', path] });
      expect([code, output]).toEqual([0, expect.stringContaining('✓ The row is in this ledger.')]);
      await page.getByRole('button', { name: card.buttons.export }).click();
      await page.getByText(card.exportWhole).waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      await page.close();
    } finally {
      expect(await program.end()).toBe(0);
    }
  });

  it('with a model: opting out in mid-answer stops it, hangs up on the vendor, and the card comes again', async () => {
    const model = await startFakeOpenAi();
    const gate = createGate();
    const program = await startProgram({
      env: {
        OPENAI_COMPATIBLE_BASE_URL: model.baseURL,
        OPENAI_COMPATIBLE_API_KEY: model.apiKey,
        OPENAI_COMPATIBLE_MODEL: model.model,
        DEJIREN_EGRESS_HOSTS: model.host,
      },
    });
    try {
      const page = await open(program.url);
      await say(page, '@dejiren hello');
      await page.getByRole('button', { name: card.buttons.agreeAndAnswer }).click();
      await page.getByText('Hello from the fake.', { exact: true }).waitFor();
      model.script(answer(['FIRST words. ', 'SECOND words. '], { gate }));
      gate.next();
      await say(page, '@dejiren go on');
      await page.getByText('FIRST words.').first().waitFor();
      await say(page, '/dejiren-optin off');
      await page.getByText(ending.withdrawn).first().waitFor();
      expect(await model.requests.at(-1)?.over).toBe('hung-up');
      gate.open();
      const before = model.requests.length;
      await say(page, '@dejiren and now?');
      await page.getByText(label.lead.withdrawn).first().waitFor();
      expect(model.requests).toHaveLength(before);
      expect(await page.getByText('SECOND words.').count()).toBe(0);
      await page.close();
    } finally {
      await program.end();
      await model.close();
    }
  });
});
