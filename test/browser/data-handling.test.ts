import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { createNotice, type Notice } from '../../src/consent/notice';
import { createDataHandlingPage } from '../../src/http/data-handling';
import { startWebServer, type WebServer } from '../../src/prove/doubles/web-server';
import { DATA_HANDLING } from '../../src/vendors/registry';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const SHOTS = process.env.SCREENSHOTS;
const withChromium = existsSync(CHROMIUM) ? describe : describe.skip;
if (!existsSync(CHROMIUM)) console.warn(`SKIPPED: no Chromium at ${CHROMIUM}; set CHROMIUM to its path.`);

const noticesOf = (vendors: readonly string[]): readonly Notice[] =>
  [...DATA_HANDLING.values()]
    .filter(({ vendor }) => vendors.includes(vendor))
    .map((handling) => {
      const { vendor } = handling;
      const endpoint = `a-resource-with-a-rather-long-name-for-${vendor}.services.example.com`;
      const route = { vendor, endpoint, region: 'jp', model: 'model-1', sharesForTraining: false };
      return createNotice({ ...handling, route });
    });

withChromium('/data-handling in Chromium', () => {
  let browser: Browser;
  let server: WebServer;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(() => browser?.close());
  afterEach(() => server.close());

  async function open(
    vendors: readonly string[],
    look: { readonly width: number; readonly colorScheme: 'light' | 'dark' },
  ): Promise<Page> {
    const { handle } = createDataHandlingPage(noticesOf(vendors));
    server = await startWebServer((request, response) => void handle(request, response));
    const { width, colorScheme } = look;
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    await page.goto(`${server.url}/data-handling`);
    if (SHOTS !== undefined)
      await page.screenshot({ path: join(SHOTS, `data-handling-${width}-${colorScheme}.png`), fullPage: true });
    return page;
  }
  const numberIn = (page: Page, expression: string): Promise<number> => page.evaluate(expression);

  it.each(['light', 'dark'] as const)('fits a phone, in %s, with every vendor', async (colorScheme) => {
    const page = await open([...DATA_HANDLING.keys()], { width: 360, colorScheme });
    expect(await numberIn(page, 'document.documentElement.scrollWidth')).toBe(360);
    const background: string = await page.evaluate(
      "getComputedStyle(document.querySelector('aside')).backgroundColor + getComputedStyle(document.querySelector('aside')).color",
    );
    expect(background).toMatch(colorScheme === 'dark' ? /^rgb\(58, 49, 21\)rgb\(255/u : /^rgb\(255, 244, 214\)rgb\(0/u);
    await page.close();
  });

  it('is read in the other language by a link, and vendor by vendor', async () => {
    const page = await open(['openai', 'bedrock'], { width: 1180, colorScheme: 'light' });
    await page.getByRole('link', { name: '日本語' }).click();
    expect(await numberIn(page, "document.querySelector('#ja').getBoundingClientRect().top")).toBeLessThan(5);
    await page.locator('#ja').getByRole('link', { name: 'Amazon Bedrock', exact: true }).click();
    const top = await numberIn(page, "document.querySelector('#ja-bedrock').getBoundingClientRect().top");
    expect(Math.abs(top)).toBeLessThan(5);
    await page.close();
  });

  it('prints each vendor on a page of its own, and the addresses of its sources', async () => {
    const page = await open(['openai-compatible', 'preview'], { width: 1180, colorScheme: 'dark' });
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/gu)).toHaveLength(4);
    await server.close();
    await page.close();

    const long = await open(['openai'], { width: 1180, colorScheme: 'light' });
    await long.emulateMedia({ media: 'print' });
    const shown: string = await long.evaluate(
      "getComputedStyle(document.querySelector('cite a'), '::after').content + getComputedStyle(document.querySelector('nav')).display",
    );
    expect(shown).toBe('" https://openai.com/enterprise-privacy"none');
    await long.close();
  });
});
