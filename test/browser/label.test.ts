import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import type { Language } from '../../src/model/turn';
import { type LocalChat, startLocalChat } from '../adapters/local/local-chat';
import { everyNotice, type LabelVariant, labelsOf } from '../support/label-variants';
import { until } from '../support/until';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** What `npm run build:page` made. */
const PAGE_DIR = join(__dirname, '../../dist/page');
const SHOTS = process.env.SCREENSHOTS;
const withChromium = existsSync(CHROMIUM) ? describe : describe.skip;
if (!existsSync(CHROMIUM)) console.warn(`SKIPPED: no Chromium at ${CHROMIUM}; set CHROMIUM to its path.`);

const SCREENS = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
] as const;
const LANGUAGES = ['en', 'ja'] as const;
const MOST_SHOWN = 3;

/** The labels that take the most room: with a box to tick, and a line above the others. */
function longest(language: Language): readonly LabelVariant[] {
  const sizeOf = ({ card }: LabelVariant): number =>
    [card.title, ...card.paragraphs, ...(card.lines ?? []).map(({ value }) => value), card.footnote ?? ''].join('')
      .length;
  const all = everyNotice().flatMap((notice) => labelsOf(notice, language));
  const boxed = all.filter(({ card }) => card.choice !== undefined);
  return [all, boxed].flatMap((some) =>
    [...some].sort((one, other) => sizeOf(other) - sizeOf(one)).slice(0, MOST_SHOWN),
  );
}

const LONGEST = { en: longest('en'), ja: longest('ja') };

interface Box {
  readonly y: number;
  readonly height: number;
}

withChromium.each(SCREENS)('the label on a page of $width × $height', (viewport) => {
  let browser: Browser;
  let chat: LocalChat;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    });
    chat = await startLocalChat({ pageDir: PAGE_DIR });
  });
  afterAll(async () => {
    await browser?.close();
    await chat?.close();
  });

  it.each(LANGUAGES)('is whole on one screen, its question first, whatever stands on it (%s)', async (language) => {
    for (const { name, card } of LONGEST[language]) {
      const page = await browser.newPage({ viewport, locale: language });
      page.setDefaultTimeout(20_000);
      await page.goto(chat.url);
      await page.locator('#box').fill('hello?');
      const before = chat.heard.asked.length;
      await page.keyboard.press('Enter');
      await until(() => chat.heard.asked.length > before);
      await chat.heard.asked.at(-1)?.surface.tellPrivately(card);
      const shown = page.locator('.card').last();
      await shown.getByText(card.title).waitFor();
      const view: Box | null = await page.locator('.scroll').boundingBox();
      const box: Box | null = await shown.boundingBox();
      if (SHOTS !== undefined)
        await page.screenshot({ path: join(SHOTS, `label-${language}-${viewport.width}.png`), animations: 'disabled' });
      expect([name, (box?.height ?? 0) <= (view?.height ?? 0)]).toEqual([name, true]);
      expect([name, (box?.y ?? 0) >= (view?.y ?? 0)]).toEqual([name, true]);
      await page.close();
    }
  });
});
