import { crc32, deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';

/** What a picture's file says of itself: of what it was drawn, and by what. */
export type Notes = Readonly<Record<string, string>>;

const SIGNATURE = 8;
const HEAD = 8;
const CRC = 4;

/**
 * A picture as a small file, with notes beside its pixels. It has the 256 colours that are met most often, and the
 * nearest of them for every other: what is lost are shades on the edges of letters. Source: "Portable Network Graphics",
 * w3.org/TR/png-3.
 */
export function packPng(screenshot: Uint8Array, notes: Notes = {}): Buffer {
  const { width, height, data } = PNG.sync.read(Buffer.from(screenshot));
  const { colours, indexOf } = paletteOf(data);
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      rows[y * (width + 1) + 1 + x] = indexOf.get(data.readUInt32BE((y * width + x) * 4)) ?? 0;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const alpha = Buffer.from(colours.map((colour) => colour & 255));
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', head),
    ...Object.entries(notes).map(([keyword, text]) => chunk('tEXt', Buffer.from(`${keyword}\0${text}`, 'latin1'))),
    chunk('PLTE', Buffer.from(colours.flatMap((colour) => channelsOf(colour).slice(0, 3)))),
    ...(alpha.every((one) => one === 255) ? [] : [chunk('tRNS', alpha)]),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The notes of a picture's file. */
export function notesOf(file: Uint8Array): Notes {
  const bytes = Buffer.from(file);
  const notes: Record<string, string> = {};
  for (let at = SIGNATURE; at + HEAD <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString('latin1', at + 4, at + HEAD) === 'tEXt') {
      const [keyword = '', text = ''] = bytes.toString('latin1', at + HEAD, at + HEAD + length).split('\0');
      notes[keyword] = text;
    }
    at += HEAD + length + CRC;
  }
  return notes;
}

interface Palette {
  readonly colours: readonly number[];
  /** For every colour of the picture, which of the palette stands for it. */
  readonly indexOf: ReadonlyMap<number, number>;
}

function paletteOf(pixels: Buffer): Palette {
  const counts = new Map<number, number>();
  for (let at = 0; at < pixels.length; at += 4) {
    const colour = pixels.readUInt32BE(at);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const byUse = [...counts.entries()].sort(([one, often], [other, less]) => less - often || one - other);
  const colours = byUse.slice(0, 256).map(([colour]) => colour);
  return {
    colours,
    indexOf: new Map(byUse.map(([colour], index) => [colour, index < 256 ? index : nearest(colour, colours)])),
  };
}

function nearest(colour: number, colours: readonly number[]): number {
  const channels = channelsOf(colour);
  const distance = (other: number): number =>
    channelsOf(other).reduce((sum, value, index) => sum + (value - (channels[index] ?? 0)) ** 2, 0);
  return colours.reduce((best, other, index) => (distance(other) < distance(colours[best] ?? 0) ? index : best), 0);
}

function channelsOf(colour: number): readonly number[] {
  return [colour >>> 24, (colour >>> 16) & 255, (colour >>> 8) & 255, colour & 255];
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
