import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Drawing } from './frame';

export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const hasChromium = existsSync(CHROMIUM);

/** Draws the same on every machine: no network, no hinting by the machine's settings, one scale. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
  '--disable-lcd-text',
  '--force-color-profile=srgb',
  '--hide-scrollbars',
];

/** A machine may have much else to do. */
const PATIENCE_MS = 240_000;
const FAMILIES = ["'Noto Sans CJK JP'", "'Noto Sans Mono CJK JP'", 'sans-serif', 'monospace'];

/** A browser in which pages are drawn. Close it. */
export class Studio {
  readonly browser: Browser;
  #fonts: Promise<string> | undefined;

  private constructor(browser: Browser) {
    this.browser = browser;
  }

  static async open(): Promise<Studio> {
    return new Studio(await chromium.launch({ executablePath: CHROMIUM, args: FLAGS }));
  }

  /** A picture of the whole page, with so many dots for each pixel. */
  async draw(drawing: Drawing, scale = 2): Promise<Buffer> {
    const fullPage = drawing.height === undefined;
    return this.#with(drawing, scale, (page) => page.screenshot({ fullPage, animations: 'disabled' }));
  }

  /** How high everything with a `data-name` is drawn, by that name. */
  async heights(drawing: Drawing): Promise<ReadonlyMap<string, number>> {
    return this.#with(drawing, 1, async (page) => {
      const found: [string, number][] = await page.evaluate(
        '[...document.querySelectorAll("[data-name]")].map((one) => [one.dataset.name, one.getBoundingClientRect().height])',
      );
      return new Map(found);
    });
  }

  /** Tells apart which fonts are there: how wide they make the same words. */
  fonts(): Promise<string> {
    this.#fonts ??= this.#measureFonts();
    return this.#fonts;
  }

  async #measureFonts(): Promise<string> {
    const words = 'Wavy 0123 同意しました ÄÖ';
    const html = FAMILIES.map(
      (family) => `<span style="font:100px ${family};white-space:nowrap">${words}</span><br>`,
    ).join('');
    return this.#with({ html, width: 2_000 }, 1, async (page) => {
      const widths: number[] = await page.evaluate(
        '[...document.querySelectorAll("span")].map((one) => Math.round(one.getBoundingClientRect().width))',
      );
      return widths.join('-');
    });
  }

  /** A picture of an SVG, with what it leaves out transparent. */
  async drawSvg(svg: string, side: number): Promise<Buffer> {
    const html = `<!doctype html><style>*{margin:0}svg{display:block;width:${side}px;height:${side}px}</style>${svg}`;
    const page = await this.browser.newPage({ viewport: { width: side, height: side } });
    try {
      await page.setContent(html);
      return await page.screenshot({ omitBackground: true });
    } finally {
      await page.close();
    }
  }

  close(): Promise<void> {
    return this.browser.close();
  }

  async #with<Result>(
    { html, width, height = 100 }: Drawing,
    scale: number,
    use: (page: Page) => Promise<Result>,
  ): Promise<Result> {
    const page = await this.browser.newPage({ viewport: { width, height }, deviceScaleFactor: scale });
    page.setDefaultTimeout(PATIENCE_MS);
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    try {
      await page.setContent(html);
      await page.evaluate('document.fonts.ready');
      if (faults.length > 0) throw new Error(`the page did not draw: ${faults.join('; ')}`);
      return await use(page);
    } finally {
      await page.close();
    }
  }
}
