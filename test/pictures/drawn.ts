import { createHash } from 'node:crypto';
import type { Drawing } from './frame';
import { type Notes, packPng } from './png';
import type { Studio } from './studio';

/** What a picture's file notes: a hash of all that it shows, and which browser drew it with which fonts. */
const FROM = 'Drawn-From';
const BY = 'Drawn-By';

/** Attributes that are made anew in each run where they count something, and that no picture shows. */
const MOVING = / (?:id|for|name|aria-[a-z]+|data-(?!card\b|scrolled\b)[\w-]+)="[^"]*\d[^"]*"/gu;

/**
 * A hash of what a picture is drawn from: its elements, words and style. It is the same on every machine, whatever fonts
 * are there, and as long as nothing that is shown changed.
 */
export function drawnFrom({ html, width, height = 0 }: Drawing): string {
  const still = html.replace(MOVING, '').replace(/127\.0\.0\.1:\d+/gu, 'this-machine');
  return createHash('sha256').update(`${width}x${height}\n${still}`).digest('hex');
}

/** Which dots were drawn by the same browser with the same fonts can be compared, and no others. */
export async function drawnBy(studio: Studio): Promise<string> {
  return `${studio.browser.version()} ${await studio.fonts()}`;
}

/** Draws a picture into the bytes of its file. */
export async function drawFile(drawing: Drawing, studio: Studio): Promise<Buffer> {
  const notes: Notes = { [FROM]: drawnFrom(drawing), [BY]: await drawnBy(studio) };
  return packPng(await studio.draw(drawing), notes);
}

/** What the notes in a picture's file say. */
export function readDrawn(notes: Notes): { readonly from: string | undefined; readonly by: string | undefined } {
  return { from: notes[FROM], by: notes[BY] };
}
