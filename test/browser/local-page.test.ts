import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { sentencesFor } from '../../src/language/sentences';
import { type PreviewChat, startPreviewChat } from './preview-chat';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** What `npm run build:page` made. */
const PAGE_DIR = join(__dirname, '../../dist/page');
const SHOTS = process.env.SCREENSHOTS;
const withChromium = existsSync(CHROMIUM) ? describe : describe.skip;
if (!existsSync(CHROMIUM)) console.warn(`SKIPPED: no Chromium at ${CHROMIUM}; set CHROMIUM to its path.`);

const en = sentencesFor('en');

withChromium('the local page in Chromium', () => {
  let browser: Browser;
  let preview: PreviewChat;
  let page: Page;
  const faults: string[] = [];

  const open = async (options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> => {
    const opened = await browser.newPage({ locale: 'en-GB', viewport: { width: 1180, height: 800 }, ...options });
    opened.setDefaultTimeout(6_000);
    opened.on('pageerror', ({ name }) => faults.push(name));
    opened.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    opened.on('request', (request) => {
      if (!request.url().startsWith(preview.chat.url) && !request.url().startsWith('data:')) faults.push(request.url());
    });
    await opened.goto(preview.chat.url);
    await opened.locator('#who-ben').waitFor({ state: 'attached' });
    return opened;
  };
  const say = async (text: string, on = page): Promise<void> => {
    await on.locator('#box').fill(text);
    await on.keyboard.press('Enter');
  };
  const shoot = async (name: string, on = page): Promise<void> => {
    if (SHOTS !== undefined) await on.screenshot({ animations: 'disabled', path: join(SHOTS, `${name}.png`) });
  };
  const agree = en.card.buttons.agreeAndAnswer;

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    faults.length = 0;
    preview = await startPreviewChat(PAGE_DIR);
    page = await open();
  });
  afterEach(async () => {
    const found = [...faults];
    await page.close();
    await preview.chat.close();
    expect(found).toEqual([]);
  });

  it('asks before it answers, and answers the same question once agreed', async () => {
    await shoot('empty');
    await page.getByRole('button', { name: '@dejiren what would be sent' }).click();
    await page.keyboard.press('Enter');
    await page.getByText('Only you can see this').waitFor();
    await shoot('card');
    await page.getByRole('button', { name: agree, exact: true }).click();
    await page.getByText('Preview · on this machine').waitFor();
    await shoot('answer');
    const answer = page.locator('.prose');
    expect(await answer.locator('ol li').count()).toBe(2);
    expect(await answer.locator('img, script').count()).toBe(0);
    const link = answer.locator('a');
    expect(await link.getAttribute('href')).toBe('https://example.com/a');
    expect(await link.getAttribute('rel')).toContain('noopener');
    expect(await answer.textContent()).toContain('a link (https://example.com/a?b=c)');
    expect(await answer.textContent()).toContain('<img src=x');
    expect(await answer.locator('s').allTextContents()).toEqual(['small']);
    await answer.locator('.hljs-attr').first().waitFor();
    await answer.locator('.maths.block .katex').waitFor();
    expect(await answer.getByRole('checkbox', { name: 'asked' }).isChecked()).toBe(true);
    expect(await answer.locator('td.to-right').count()).toBe(2);
  });

  it('stops an answer with the button, and goes no further after opting out', async () => {
    await say('@dejiren hi');
    await page.getByRole('button', { name: agree, exact: true }).click();
    await page.getByText('Preview · on this machine').waitFor();
    preview.hold();
    await say('@dejiren again');
    const stop = page.getByRole('button', { name: 'Stop the answer' });
    await stop.waitFor();
    await shoot('streaming');
    await stop.click();
    await page.locator('.ending', { hasText: en.ending.stopped }).waitFor();
    await stop.waitFor({ state: 'hidden' });
    await say('@dejiren once more');
    await stop.waitFor();
    await say('/dejiren-optin off');
    await page.locator('.ending', { hasText: en.ending.withdrawn }).waitFor();
    preview.release();
    expect(await page.locator('.prose').last().textContent()).not.toContain('pseudonym');
    await say('@dejiren and now?');
    await page.getByRole('button', { name: agree, exact: true }).waitFor();
    await shoot('withdrawn');
  });

  it('speaks Japanese, sends nothing while an input method composes, and is dark on demand', async () => {
    await page.getByText('日本語', { exact: true }).last().click();
    await page.getByText('Dark').or(page.getByText('ダーク')).click();
    await page.getByRole('radio', { name: 'Aiko' }).check({ force: true });
    await page.getByRole('button', { name: 'dejiren とのダイレクトチャット' }).click();
    const box = page.locator('#box');
    await box.fill('変換中');
    await box.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
    expect(await box.inputValue()).toBe('変換中');
    await page.keyboard.press('Enter');
    await page.getByText('あなただけに表示されています').waitFor();
    await shoot('japanese-dark');
    await page.getByRole('button', { name: sentencesFor('ja').card.buttons.agreeAndAnswer, exact: true }).click();
    await page.getByText('Preview · このマシン上').waitFor();
    await shoot('japanese-dark-answer');
    await page.reload();
    await page.getByText('ダーク').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('ja');
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    const stored = await page.evaluate('Object.keys(localStorage).sort()');
    expect(stored).toEqual(['dejiren-language', 'dejiren-theme']);
  });

  it('fits a phone of 360 pixels', async () => {
    const phone = await open({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
    await shoot('phone-empty', phone);
    await phone.getByRole('button', { name: 'Open the menu' }).click();
    await phone.getByRole('button', { name: 'Close the menu' }).waitFor();
    await shoot('phone-menu', phone);
    await phone.keyboard.press('Escape');
    await say('@dejiren what would be sent?', phone);
    await phone.getByRole('button', { name: agree, exact: true }).waitFor();
    await shoot('phone-card', phone);
    await phone.getByRole('button', { name: agree, exact: true }).click();
    await phone.getByText('Preview · on this machine').waitFor();
    await shoot('phone-answer', phone);
    expect(await phone.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await phone.close();
  });

  it('can be used with the keyboard alone', async () => {
    await page.locator('#box').focus();
    await page.keyboard.type('@dejiren hi');
    await page.keyboard.press('Enter');
    const button = page.getByRole('button', { name: agree, exact: true });
    await button.waitFor();
    const focused = (): Promise<unknown> => page.evaluate('document.activeElement.textContent');
    for (let presses = 0; presses < 40 && (await focused()) !== agree; presses++)
      await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Preview · on this machine').waitFor();
    await page.getByRole('button', { name: 'Reply in thread' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Back to the channel' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Back to the channel' }).waitFor({ state: 'hidden' });
    expect(await page.evaluate('document.activeElement.id')).toBe('box');
  });

  it('shows another person the channel, and nothing private', async () => {
    await say('@dejiren hi');
    await page.getByRole('button', { name: agree, exact: true }).waitFor();
    await page.locator('label', { hasText: 'Chika' }).click();
    await page.getByText('hi', { exact: false }).first().waitFor();
    // The channel stands there before and after: what was private is gone once it is Chika's.
    await page.getByText('Only you can see this').first().waitFor({ state: 'detached' });
    expect(await page.getByText('Only you can see this').count()).toBe(0);
  });
});
