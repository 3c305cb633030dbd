import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { sentencesFor } from '../../src/language/sentences';
import { ANSWER, type PreviewChat, startPreviewChat } from './preview-chat';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** What `npm run build:page` made. */
const PAGE_DIR = join(__dirname, '../../dist/page');
const SHOTS = process.env.SCREENSHOTS;
const withChromium = existsSync(CHROMIUM) ? describe : describe.skip;
if (!existsSync(CHROMIUM)) console.warn(`SKIPPED: no Chromium at ${CHROMIUM}; set CHROMIUM to its path.`);

const en = sentencesFor('en');

/** What scrolls, as far as the tests look at it. */
interface View {
  readonly scrollTop: number;
  readonly scrollHeight: number;
  readonly clientHeight: number;
  scrollTo(x: number, y: number): void;
}

/** Waits for what the page does by itself, in its own time. */
async function expectSoon(holds: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + 6_000;
  while (!(await holds())) if (Date.now() > until) throw new Error('it never came to hold');
}

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
  const toChannel = (on = page): Promise<void> => on.getByRole('button', { name: '#general' }).click();
  const answered = (on = page): Promise<void> => on.getByText('Preview · on this machine').last().waitFor();
  const agree = en.card.buttons.agreeAndAnswer;
  const agreeTo = async (question: string): Promise<void> => {
    await say(question);
    await page.getByRole('button', { name: agree, exact: true }).click();
    await answered();
  };
  const view = (): Locator => page.locator('.scroll');
  const focused = (): Promise<string> => page.evaluate('document.activeElement.id');
  const isInView = (selector: string): Promise<boolean> =>
    page.locator(selector).evaluate((element: { getBoundingClientRect(): { top: number; bottom: number } }) => {
      const { top, bottom } = element.getBoundingClientRect();
      return top >= 0 && bottom <= 800;
    });

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
    await page.getByRole('button', { name: 'What would be sent' }).click();
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
    const stop = page.getByRole('button', { name: 'Stop' });
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
    await page.getByRole('button', { name: 'dejirenとのダイレクトメッセージ' }).click();
    const box = page.locator('#box');
    await box.fill('変換中');
    await box.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
    expect(await box.inputValue()).toBe('変換中');
    await page.keyboard.press('Enter');
    await page.getByText('あなただけに表示されています').waitFor();
    await shoot('japanese-dark');
    await page.getByRole('button', { name: sentencesFor('ja').card.buttons.agreeAndAnswer, exact: true }).click();
    await page.getByText('Preview · このコンピューター').waitFor();
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
    await toChannel();
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
    await toChannel();
    await say('@dejiren hi');
    await page.getByRole('button', { name: agree, exact: true }).waitFor();
    await page.locator('label', { hasText: 'Chika' }).click();
    await page.getByText('hi', { exact: false }).first().waitFor();
    // The channel stands there before and after: what was private is gone once it is Chika's.
    await page.getByText('Only you can see this').first().waitFor({ state: 'detached' });
    expect(await page.getByText('Only you can see this').count()).toBe(0);
  });

  it('hints in the channel that dejiren answers who mentions it, and does so at a press', async () => {
    await toChannel();
    await say('What is the holiday policy?');
    const hint = page.locator('.hint');
    await hint.waitFor();
    await shoot('hint');
    await say('@Aiko do you know?');
    await page.getByText('@Aiko', { exact: true }).waitFor();
    expect(await hint.count()).toBe(1);
    await page.getByRole('button', { name: 'Ask dejiren' }).click();
    await hint.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: agree, exact: true }).click();
    await answered();
    const thread = page.locator('.thread').first();
    expect(await thread.locator('.said').allTextContents()).toEqual([
      'What is the holiday policy?',
      '@dejiren What is the holiday policy?',
    ]);
    expect(await thread.locator('.prose').count()).toBe(1);
  });

  it('copies an answer as it was written, and a block of code alone', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await agreeTo('hi');
    await page.getByRole('button', { name: 'Copy', exact: true }).last().click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    // A link is copied as the address that it shows.
    const copied = ANSWER.replace('[https://example.com/a](https://example.com/a)', 'https://example.com/a');
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(copied);
    await page.locator('.code').getByRole('button', { name: 'Copy' }).click();
    await page.locator('.code').getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      '{ "role": "user", "text": "what would be sent if I asked this?" }',
    );
  });

  it('asks again, and brings what was asked into view', async () => {
    await agreeTo('hi');
    await view().evaluate((element: View) => element.scrollTo(0, 0));
    preview.hold();
    await page.locator('.after').getByRole('button', { name: 'Ask again' }).click();
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    await expectSoon(() => isInView('.said >> nth=1'));
    preview.release();
    await page.locator('.after').nth(1).waitFor();
    expect(await page.locator('.said').allTextContents()).toEqual(['hi', 'hi']);
  });

  it('stops an answer with Escape, wherever the focus is', async () => {
    await agreeTo('hi');
    preview.hold();
    await say('again');
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    await page.locator('.after').getByRole('button', { name: 'Copy' }).first().focus();
    await page.keyboard.press('Escape');
    await page.locator('.ending', { hasText: en.ending.stopped }).waitFor();
    await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
    preview.release();
  });

  it('goes along with an answer while the reader is at its end, and leaves a reader who is not', async () => {
    await agreeTo('hi');
    preview.hold();
    await say('again');
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    const top = (): Promise<number> => view().evaluate(({ scrollTop }: View) => scrollTop);
    const rest = (): Promise<number> =>
      view().evaluate(({ scrollHeight, scrollTop, clientHeight }: View) => scrollHeight - scrollTop - clientHeight);
    await expectSoon(async () => (await rest()) <= 24);
    const before = (await top()) - 60;
    await view().evaluate((element: View, y: number) => element.scrollTo(0, y), before);
    preview.release();
    await page.locator('.after').nth(1).waitFor();
    expect(await top()).toBe(before);
    await page.getByRole('button', { name: 'Newest messages' }).click();
    await expectSoon(async () => (await rest()) <= 24);
    preview.hold();
    await say('once more');
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    preview.release();
    await page.locator('.after').nth(2).waitFor();
    await expectSoon(async () => (await rest()) <= 24);
  });

  it('leaves the focus where it was after agreeing: in the box for a mouse, on the card for a keyboard', async () => {
    await say('hi');
    await page.getByRole('button', { name: agree, exact: true }).click();
    await answered();
    expect(await focused()).toBe('box');
    await say('/dejiren-optin off');
    await page.getByText(en.ending.withdrawn).or(page.locator('.card').nth(1)).first().waitFor();
    await say('and now?');
    const button = page.getByRole('button', { name: agree, exact: true });
    await button.focus();
    await page.keyboard.press('Enter');
    await page.locator('.after').nth(1).waitFor();
    expect(await page.evaluate('document.activeElement.className')).toContain('card');
  });

  it('unfolds the details of a card below what is being read', async () => {
    await say('hi');
    const details = page.getByRole('button', { name: en.card.buttons.details, exact: true });
    await details.waitFor();
    const top = (): Promise<number> => view().evaluate(({ scrollTop }: View) => scrollTop);
    const before = await top();
    await details.click();
    await page.locator('.card .details').waitFor();
    expect(await details.getAttribute('aria-expanded')).toBe('true');
    expect(await top()).toBe(before);
    expect(await isInView('.card h3')).toBe(true);
    await details.click();
    await page.locator('.card .details').waitFor({ state: 'detached' });
  });

  it('tells what to do where dejiren is gone, and keeps the draft', async () => {
    await agreeTo('hi');
    await page.context().setOffline(true);
    await say('are you there?');
    await page.getByText('Your message is still in the box').waitFor();
    expect(await page.locator('#box').inputValue()).toBe('are you there?');
    await page.context().setOffline(false);
    faults.length = 0;
  });

  it('takes no more files than dejiren would, and says so before it sends them', async () => {
    const names = Array.from({ length: 11 }, (_, index) => `${index + 1}.txt`);
    const files = names.map((name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(name) }));
    await page.locator('input[type=file]').setInputFiles(files);
    await page.locator('.tray').waitFor();
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('These files are too large').waitFor();
    expect(await page.locator('.tray b').allTextContents()).toEqual(names);
    await page.getByRole('button', { name: 'Remove 11.txt' }).click();
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('.message .tray').waitFor();
    expect(await page.locator('.composer .tray').count()).toBe(0);
  });
});
