import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { BRAND, markAddress } from '../../src/kit/brand';
import { ICONS, iconFrom, MARK_CONTENT, MARK_FILE } from './icons';
import { notesOf } from './png';

const ROOT = join(__dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** "Relative luminance" and "contrast ratio", w3.org/TR/WCAG22. */
function contrastOf(one: string, other: string): number {
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5]
      .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

describe('the mark', () => {
  it.each(ICONS)('of $side dots is drawn from the one SVG, and has that size', (icon) => {
    const file = readFileSync(icon.path);
    const { width, height } = PNG.sync.read(file);
    expect([width, height]).toEqual([icon.side, icon.side]);
    expect(notesOf(file)['Drawn-From']).toBe(iconFrom(icon));
  });

  it('stands in a file of its own, as it is', () => {
    expect(readFileSync(MARK_FILE, 'utf8')).toBe(MARK_CONTENT);
  });

  it('is white on nothing for Teams’ outline', () => {
    const outline = ICONS.find(({ form }) => form === 'outline');
    const { data } = PNG.sync.read(readFileSync(outline?.path ?? ''));
    const dots = [...Array(data.length / 4).keys()].map((at) => [...data.subarray(at * 4, at * 4 + 4)]);
    const visible = dots.filter(([, , , alpha]) => alpha !== 0);
    expect(visible.length).toBeGreaterThan(100);
    expect(dots.length - visible.length).toBeGreaterThan(400);
    expect(visible.filter(([red, green, blue]) => red !== 255 || green !== 255 || blue !== 255)).toEqual([]);
  });

  it('stands within the middle that Teams promises to show of the colour icon', () => {
    const { data, width } = PNG.sync.read(readFileSync(join(ROOT, 'manifests/teams/color.png')));
    const middle = 120;
    const edge = (width - middle) / 2;
    const outside = [...Array(width * width).keys()].filter((at) => {
      const [x, y] = [at % width, Math.floor(at / width)];
      return x < edge || y < edge || x >= edge + middle || y >= edge + middle;
    });
    const colours = new Set(outside.map((at) => data.subarray(at * 4, at * 4 + 4).toString('hex')));
    expect([...colours]).toEqual([`${BRAND.light.accent.slice(1)}ff`]);
  });
});

describe('the colour', () => {
  it.each([
    ['what is written on it, in the light theme', BRAND.light.onAccent, BRAND.light.accent],
    ['what is written on it, in the dark theme', BRAND.dark.onAccent, BRAND.dark.accent],
    ['itself on the light theme’s paper', BRAND.light.accent, '#ffffff'],
    ['itself on the dark theme’s paper', BRAND.dark.accent, '#17191d'],
    ['the mark on its tile', '#ffffff', BRAND.light.accent],
  ])('can be read: %s', (_what, one, other) => {
    expect(contrastOf(one, other)).toBeGreaterThanOrEqual(4.5);
  });

  it('is the same wherever it is told', () => {
    const { light, dark } = BRAND;
    const style = read('adapters/local/page/style/base.css');
    expect(style).toContain(`--accent: light-dark(${light.accent}, ${dark.accent});`);
    expect(style).toContain(`--on-accent: light-dark(${light.onAccent}, ${dark.onAccent});`);
    for (const name of ['manifest.json', 'manifest-1.28.json'])
      expect(JSON.parse(read(`manifests/teams/${name}`)).accentColor).toBe(light.accent);
    for (const name of ['http.json', 'socket-mode.json'])
      expect(JSON.parse(read(`manifests/slack/${name}`)).display_information.background_color).toBe(light.accent);
  });

  it('has its mark on the local page’s tab', () => {
    expect(read('adapters/local/page/index.html')).toContain(markAddress());
  });
});
