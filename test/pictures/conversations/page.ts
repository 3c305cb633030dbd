import type { Page } from 'playwright-core';
import { type Drawing, FONTS, type Look } from '../frame';
import type { Studio } from '../studio';
import { DEJIREN, LINES, openOffice } from './office';

/** What stands on the local page when somebody new asks, and after they agreed. */
export type PageScene = 'asked' | 'answered';

const HEIGHT = 760;

/**
 * The local page as a browser has it, in a conversation with the real program: its elements and its style, held still.
 * What moves is not in it: times, ids, and where the address is.
 */
export async function localPage(scene: PageScene, look: Look, studio: Studio): Promise<Drawing> {
  const { language, theme, width } = look;
  const lines = LINES[language];
  const office = await openOffice({ DEJIREN_LANGUAGE: language });
  const context = await studio.browser.newContext({
    locale: language === 'ja' ? 'ja-JP' : 'en-GB',
    colorScheme: theme,
    viewport: { width, height: HEIGHT },
    reducedMotion: 'reduce',
  });
  try {
    office.answers(lines.answer);
    const page = await context.newPage();
    await page.goto(office.url);
    await page.locator(language === 'ja' ? '#who-aiko' : '#who-ben').check({ force: true });
    await page.getByRole('textbox').fill(lines.question);
    await page.keyboard.press('Enter');
    await page.locator('.card button.primary').waitFor();
    if (scene === 'answered') {
      await page.locator('.card button.primary').click();
      await page
        .getByText(lines.answer.split('\n').at(-1) ?? '')
        .first()
        .waitFor();
      await page.getByText('OpenAI').last().waitFor();
    }
    return { html: await stillOf(page, theme), width, height: HEIGHT };
  } finally {
    await context.close();
    await office.close();
  }
}

/** The page's elements with its styles inside, and nothing that runs or moves. */
async function stillOf(page: Page, theme: Look['theme']): Promise<string> {
  await page.evaluate('document.fonts.ready');
  const held = await page.evaluate(`(async () => {
    for (const time of document.querySelectorAll('time')) { time.textContent = '${DEJIREN.time}'; time.removeAttribute('datetime'); }
    for (const input of document.querySelectorAll('input')) input.toggleAttribute('checked', input.checked);
    for (const box of document.querySelectorAll('*'))
      if (box.scrollTop > 0) box.setAttribute('data-scrolled', String(Math.round(box.scrollTop)));
    const sheets = [...document.querySelectorAll('link[rel=stylesheet]')].map(({ href }) => href);
    const styles = await Promise.all(sheets.map(async (href) => (await fetch(href)).text()));
    const root = document.documentElement;
    return { lang: root.lang, body: document.body.outerHTML, style: styles.join('\\n') };
  })()`);
  const { lang, body, style } = held as { readonly lang: string; readonly body: string; readonly style: string };
  const still = body.replace(/<script[\s\S]*?<\/script>|<noscript[\s\S]*?<\/noscript>/gu, '');
  const fonts = style.replace(/@font-face\s*\{[^}]*\}/gu, '');
  return `<!doctype html><html lang="${lang}" data-theme="${theme}"><meta charset="utf-8"><style>${fonts}${FONTS}*{animation:none!important;transition:none!important;caret-color:transparent!important}</style>${still}<script>for (const box of document.querySelectorAll('[data-scrolled]')) box.scrollTop = Number(box.dataset.scrolled);</script></html>`;
}
