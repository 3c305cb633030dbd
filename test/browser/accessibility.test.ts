import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { sentencesFor } from '../../src/language/sentences';
import { type PreviewChat, startPreviewChat } from './preview-chat';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const PAGE_DIR = join(__dirname, '../../dist/page');
const SHOTS = process.env.SCREENSHOTS;
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const withChromium = existsSync(CHROMIUM) ? describe : describe.skip;
if (!existsSync(CHROMIUM)) console.warn(`SKIPPED: no Chromium at ${CHROMIUM}; set CHROMIUM to its path.`);

interface Look {
  readonly language: 'en' | 'ja';
  readonly colorScheme: 'light' | 'dark';
  readonly width: number;
  readonly height: number;
}

const LOOKS: readonly Look[] = (['en', 'ja'] as const).flatMap((language) =>
  (['light', 'dark'] as const).flatMap((colorScheme) => [
    { language, colorScheme, width: 390, height: 844 },
    { language, colorScheme, width: 1280, height: 800 },
  ]),
);

/** Runs in the page: what is covered by something else, or reaches over its right edge. */
const COVERED = `(() => {
  const view = document.querySelector('.scroll').getBoundingClientRect();
  const odd = [];
  for (const element of document.querySelectorAll('button, a, input, textarea, h1, h2, h3, p, dt, dd, time, li, td, th')) {
    const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
    if (width < 2 || height < 2 || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (element.closest('.sr-only, .skip, [inert]') || getComputedStyle(element).opacity === '0') continue;
    const name = element.tagName + '.' + element.className + ' ' + element.textContent.slice(0, 30);
    const scrolls = element.closest('pre, .table, .maths');
    if (right > innerWidth + 1 && !scrolls) odd.push('too wide: ' + name);
    const x = (left + right) / 2;
    const y = (top + bottom) / 2;
    const clip = element.closest('.scroll') ? view : { top: 0, bottom: innerHeight };
    if (scrolls || x < 0 || x > innerWidth || y < clip.top || y > clip.bottom) continue;
    const at = document.elementFromPoint(x, y);
    const label = element.closest('label');
    if (at && !element.contains(at) && !at.contains(element) && !(label && label.contains(at)))
      odd.push(name + ' is covered by ' + at.tagName + '.' + at.className);
  }
  return odd;
})()`;

withChromium.each(LOOKS)('the local page in $language, $colorScheme, $width × $height', (look) => {
  const { language, colorScheme, width, height } = look;
  const sentences = sentencesFor(language);
  let browser: Browser;
  let preview: PreviewChat;
  let page: Page;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
    preview = await startPreviewChat(PAGE_DIR);
    page = await browser.newPage({
      viewport: { width, height },
      colorScheme,
      locale: language,
      reducedMotion: 'reduce',
    });
    page.setDefaultTimeout(15_000);
    await page.goto(preview.chat.url);
    await page.locator('.vendor').waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await preview?.chat.close();
  });

  async function say(words: string): Promise<void> {
    await page.locator('#box').fill(words);
    await page.keyboard.press('Enter');
  }

  /** Nothing that axe finds fault with, nothing covered, nothing wider than the page. */
  async function holds(name: string): Promise<void> {
    if (SHOTS !== undefined)
      await page.screenshot({ path: join(SHOTS, `${name}-${language}-${colorScheme}-${width}.png`) });
    await page.evaluate(AXE);
    const violations = await page.evaluate(
      "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html.slice(0, 200) + ' ' + node.failureSummary)]))",
    );
    expect(violations).toEqual([]);
    expect(await page.evaluate(COVERED)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  }

  it('is sound while it is empty, with a card, and with an answer', async () => {
    await holds('empty');
    await say('What would be sent?');
    const agree = page.getByRole('button', { name: sentences.card.buttons.agreeAndAnswer, exact: true });
    await agree.waitFor();
    const card = await page.locator('.card').boundingBox();
    const view = await page.locator('.scroll').boundingBox();
    expect(card?.y).toBeGreaterThanOrEqual(view?.y ?? Number.NaN);
    expect((card?.y ?? 0) + (card?.height ?? 0)).toBeLessThanOrEqual((view?.y ?? 0) + (view?.height ?? 0));
    await holds('card');
    await page.getByRole('button', { name: sentences.card.buttons.details, exact: true }).click();
    await page.locator('.card .details').waitFor();
    await holds('details');
    await agree.click();
    await page.locator('.after').waitFor();
    await page.locator('.hljs-attr').first().waitFor();
    await page.locator('.maths.block .katex').waitFor();
    await page.evaluate('document.fonts.ready');
    await page.locator('.scroll').evaluate((view: { scrollTo(x: number, y: number): void }) => view.scrollTo(0, 180));
    await holds('answer');
  });

  it('is sound while an answer grows, in the channel with a hint, in a thread, and with the menu open', async () => {
    preview.hold();
    await say('And now?');
    await page.locator('.stop').waitFor();
    await holds('streaming');
    preview.release();
    await page.locator('.stop').waitFor({ state: 'detached' });
    if (width < 760) {
      await page.locator('.menu').click();
      await page.locator('.close-menu').waitFor();
      await holds('menu');
    }
    await page.getByRole('button', { name: '#general' }).click();
    await page.locator('.empty').waitFor();
    await holds('channel');
    await say('What is the holiday policy?');
    await page.locator('.hint').waitFor();
    await say('/dejiren-optin status');
    await page.locator('.card').waitFor();
    await holds('hint');
    await page.locator('.reply-button').click();
    await page.locator('.top .icon-button:not(.menu)').waitFor();
    await page.context().setOffline(true);
    await say('Nobody hears this');
    await page.locator('.toast').waitFor();
    await holds('thread');
    await page.context().setOffline(false);
  });
});
