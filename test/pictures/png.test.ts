import { PNG } from 'pngjs';
import { notesOf, packPng } from './png';

function screenshot(colourAt: (x: number, y: number) => readonly [number, number, number, number]): Buffer {
  const png = new PNG({ width: 40, height: 30 });
  for (let y = 0; y < 30; y += 1) for (let x = 0; x < 40; x += 1) png.data.set(colourAt(x, y), (y * 40 + x) * 4);
  return PNG.sync.write(png);
}

describe('a picture’s file', () => {
  it('has the picture’s own dots, transparent ones among them, where the colours are few', () => {
    const before = screenshot((x, y) => [x, y % 4, 7, x < 3 ? 0 : 255]);
    const after = PNG.sync.read(packPng(before));
    expect(after.data.equals(PNG.sync.read(before).data)).toBe(true);
  });

  it('keeps the colours that are met most often where they are many, and the nearest for the others', () => {
    // Forty colours of twenty dots each, above four hundred of one dot.
    const before = PNG.sync.read(screenshot((x, y) => (y < 20 ? [x, 0, 0, 255] : [x, 100 + y, 50, 255])));
    const after = PNG.sync.read(packPng(PNG.sync.write(before)));
    const often = 40 * 20 * 4;
    expect(after.data.subarray(0, often).equals(before.data.subarray(0, often))).toBe(true);
    const worst = Math.max(...before.data.map((value, at) => Math.abs(value - (after.data[at] ?? 0))));
    expect(worst).toBeGreaterThan(0);
    expect(worst).toBeLessThanOrEqual(20);
    expect([after.width, after.height]).toEqual([40, 30]);
  });

  it('says what was noted in it', () => {
    const file = packPng(
      screenshot(() => [1, 2, 3, 255]),
      { 'Drawn-From': 'abc', 'Drawn-By': 'Chromium 1' },
    );
    expect(notesOf(file)).toEqual({ 'Drawn-From': 'abc', 'Drawn-By': 'Chromium 1' });
    expect(notesOf(screenshot(() => [1, 2, 3, 255]))).toEqual({});
  });
});
