import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { askCards, type NamedCard } from '../pictures/cards';
import { drawFile, drawnBy, drawnFrom, readDrawn } from '../pictures/drawn';
import { drawIcon, ICONS } from '../pictures/icons';
import { FOLDER, PICTURES } from '../pictures/list';
import { notesOf } from '../pictures/png';
import { COLUMNS, drawSheet } from '../pictures/sheets';
import { CHROMIUM, hasChromium, Studio } from '../pictures/studio';

const withChromium = hasChromium ? describe : describe.skip;
if (!hasChromium) console.warn(`SKIPPED: no Chromium at ${CHROMIUM}; set CHROMIUM to its path.`);

const REDRAW = 'what it shows has changed: npm run pictures draws it again';
/** Of the dots of a picture, how many may differ where the same browser draws it with the same fonts. */
const MOST_DIFFERENT = 0.001;

/** How many dots of two pictures differ, from 0 to 1; all of them where their sizes do. */
function differenceOf(one: Buffer, other: Buffer): number {
  const [a, b] = [PNG.sync.read(one), PNG.sync.read(other)];
  if (a.width !== b.width || a.height !== b.height) return 1;
  return pixelmatch(a.data, b.data, undefined, a.width, a.height, { threshold: 0.1 }) / (a.width * a.height);
}

const fileOf = (name: string): Buffer => readFileSync(join(FOLDER, `${name}.png`));

describe('the pictures of the docs', () => {
  it.each(PICTURES.filter(({ needsBrowser }) => !needsBrowser))('$name shows what is sent now', async (picture) => {
    const { from } = readDrawn(notesOf(fileOf(picture.name)));
    expect([picture.name, drawnFrom(await picture.draw(undefined)) === from ? 'as it is' : REDRAW]).toEqual([
      picture.name,
      'as it is',
    ]);
  });
});

withChromium('what is drawn in Chromium', () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await Studio.open();
  });
  afterAll(() => studio?.close());

  it.each(PICTURES)('the picture $name is as it is drawn now', async (picture) => {
    const file = fileOf(picture.name);
    const { from, by } = readDrawn(notesOf(file));
    const drawing = await picture.draw(studio);
    expect([picture.name, drawnFrom(drawing) === from ? 'as it is' : REDRAW]).toEqual([picture.name, 'as it is']);
    if (by !== (await drawnBy(studio))) {
      console.warn(`${picture.name}: another browser or other fonts drew it, so that its dots are not compared.`);
      return;
    }
    expect(differenceOf(file, await drawFile(drawing, studio))).toBeLessThan(MOST_DIFFERENT);
  });

  it.each(ICONS)('the icon of $side dots is drawn from the mark', async (icon) => {
    expect(existsSync(icon.path)).toBe(true);
    expect(differenceOf(readFileSync(icon.path), await drawIcon(icon, studio))).toBeLessThan(0.01);
  });

  describe.each([
    ['slack', 'desktop'],
    ['slack', 'phone'],
    ['teams', 'desktop'],
    ['teams', 'phone'],
  ] as const)('each card that asks for consent, in %s on a %s', (platform, screen) => {
    it.each(['en', 'ja'] as const)('is under one screen, in %s', async (language) => {
      const cards = askCards();
      const sheet = { platform, language, theme: 'light', column: COLUMNS[platform][screen] } as const;
      const heights = await studio.heights(drawSheet(sheet, cards));
      const mine = cards.filter((one: NamedCard) => one.language === language);
      expect(heights.size).toBe(mine.length);
      const high = [...heights].filter(([, height]) => height > ROOM[screen]);
      expect(high).toEqual([]);
      expect(Math.min(...heights.values())).toBeGreaterThan(50);
    });
  });
});

/**
 * What a screen leaves for one message, in CSS pixels. A laptop's window of 800 has some 210 of title bar, channel
 * header and composer; a phone's screen of 844 has some 230 of status bar, header, composer and home indicator.
 */
const ROOM = { desktop: 590, phone: 614 } as const;
