import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { createAdminPage } from '../../src/http/admin-page';
import { startWebServer, type WebServer } from '../../src/prove/doubles/web-server';
import { VENDORS } from '../../src/vendors/registry';
import { noticeOf, servePage } from '../support/data-handling';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const SHOTS = process.env.SCREENSHOTS;
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const withChromium = existsSync(CHROMIUM) ? describe : describe.skip;
if (!existsSync(CHROMIUM)) console.warn(`SKIPPED: no Chromium at ${CHROMIUM}; set CHROMIUM to its path.`);

const LOOKS = (['light', 'dark'] as const).flatMap((colorScheme) =>
  (['en', 'ja'] as const).flatMap((locale) => [390, 1280].map((width) => ({ colorScheme, locale, width }))),
);

withChromium('the pages beside the chat, in Chromium', () => {
  let browser: Browser;
  let server: WebServer;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await server.close();
  });

  /** A browser of a language, which the page's policy does not keep from looking at the page by script. */
  const open = async (look: BrowserContextOptions & { readonly width: number }): Promise<Page> => {
    const { width, ...rest } = look;
    const context = await browser.newContext({ ...rest, viewport: { width, height: 844 }, bypassCSP: true });
    const page = await context.newPage();
    await page.goto(`${server.url}/data-handling`);
    return page;
  };
  const shoot = async (page: Page, name: string): Promise<void> => {
    if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
  };
  const numberIn = (page: Page, expression: string): Promise<number> => page.evaluate(expression);
  const faultsOf = async (page: Page): Promise<readonly string[]> => {
    await page.evaluate(AXE);
    return page.evaluate(
      "axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)))",
    );
  };
  const ALL = VENDORS.map((vendor) =>
    noticeOf(vendor, { endpoint: `a-resource-with-a-rather-long-name-for-${vendor}.services.example.com` }),
  );

  it.each(LOOKS)('fits, and is free of barriers: $locale, $colorScheme, $width wide', async (look) => {
    server = await servePage(ALL, 'en');
    const page = await open(look);
    await shoot(page, `data-handling-${look.locale}-${look.width}-${look.colorScheme}`);
    expect(await page.locator('html').getAttribute('lang')).toBe(look.locale);
    expect(await numberIn(page, 'document.documentElement.scrollWidth')).toBe(look.width);
    for (const summary of await page.locator('summary').all()) await summary.evaluate('(one) => one.click()');
    expect(await numberIn(page, 'document.documentElement.scrollWidth')).toBe(look.width);
    expect(await faultsOf(page)).toEqual([]);
  });

  it('is read in the other language by a link, and part by part', async () => {
    server = await servePage(ALL, 'en');
    const page = await open({ width: 1280, locale: 'en', javaScriptEnabled: false });
    await page.getByRole('link', { name: '日本語' }).click();
    await page.getByRole('heading', { level: 1, name: 'データの取り扱い' }).waitFor();
    await page.getByRole('navigation', { name: '目次' }).getByRole('link', { name: 'Amazon Bedrock' }).click();
    expect(page.url()).toMatch(/\?lang=ja#bedrock$/u);
    const box = await page.getByRole('heading', { level: 2, name: 'Amazon Bedrock' }).boundingBox();
    expect(Math.abs(box?.y ?? Number.POSITIVE_INFINITY)).toBeLessThan(5);
  });

  it('prints what can be read, and the addresses of the sources', async () => {
    server = await servePage([noticeOf('openai')], 'en');
    const page = await open({ width: 1280, locale: 'en', colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 718, height: 1_000 });
    await shoot(page, 'data-handling-print');
    for (const name of ['Contents', 'Language'])
      expect(await page.getByRole('navigation', { name }).isVisible()).toBe(false);
    expect(await page.locator('blockquote').first().isVisible()).toBe(true);
    const [address, ink] = await page.evaluate<readonly string[]>(
      "[getComputedStyle(document.querySelector('cite a'), '::after').content, getComputedStyle(document.body).color]",
    );
    expect(address).toMatch(/^" https:\/\/\S+"$/u);
    expect(ink).toBe('rgb(31, 35, 38)');
    expect(await numberIn(page, 'document.documentElement.scrollWidth')).toBe(718);
    const pdf = await page.pdf({ format: 'A4' });
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/gu)?.length ?? 0;
    expect([pages > 2, pages < 12]).toEqual([true, true]);
  });

  it.each(LOOKS.filter(({ locale }) => locale === 'en'))(
    'has an operator’s page that fits, and is free of barriers: $colorScheme, $width wide',
    async (look) => {
      const url = 'https://vendor.example/a-page-with-a-rather-long-name-about-its-handling-of-data';
      const all = ALL.map(({ vendor }) => ({ vendor, key: 'training', url, state: 'changed', reviewBy: '2027-05-23' }));
      const { handle } = createAdminPage({ notices: ALL, sources: () => ({ at: Date.parse('2026-11-28'), all }) });
      server = await startWebServer((request, response) => void handle(request, response));
      const page = await open(look);
      await shoot(page, `admin-${look.width}-${look.colorScheme}`);
      expect(await numberIn(page, 'document.documentElement.scrollWidth')).toBe(look.width);
      expect(await faultsOf(page)).toEqual([]);
    },
  );
});
