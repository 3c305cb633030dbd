import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import process from 'node:process';
import { askCards, otherCards } from './cards';
import { drawFile } from './drawn';
import { drawIcon, ICONS, MARK_CONTENT, MARK_FILE } from './icons';
import { FOLDER, PICTURES } from './list';
import { drawSheet, SHEETS } from './sheets';
import { CHROMIUM, hasChromium, Studio } from './studio';

const REVIEW = join(__dirname, '../../dist/pictures');

/** Draws the pictures of the docs and the icons; with `--all`, every card as well, on sheets to look through. */
async function main(wishes: readonly string[]): Promise<void> {
  if (!hasChromium) throw new Error(`There is no Chromium at ${CHROMIUM}; set CHROMIUM to its path.`);
  const studio = await Studio.open();
  try {
    writeFileSync(MARK_FILE, MARK_CONTENT);
    for (const icon of ICONS) write(icon.path, await drawIcon(icon, studio));
    mkdirSync(FOLDER, { recursive: true });
    for (const picture of PICTURES)
      write(join(FOLDER, `${picture.name}.png`), await drawFile(await picture.draw(studio), studio));
    if (!wishes.includes('--all')) return;
    mkdirSync(REVIEW, { recursive: true });
    // Each vendor's first question, every reason for one of them, and what comes of it.
    const asked = askCards().filter(({ name }) => /^ask-openai-(?!compatible)|-first-(?:en|ja)$/u.test(name));
    const cards = [...asked, ...otherCards()];
    for (const sheet of SHEETS) write(join(REVIEW, `${sheet.name}.png`), await studio.draw(drawSheet(sheet, cards), 1));
  } finally {
    await studio.close();
  }
}

function write(path: string, bytes: Uint8Array): void {
  writeFileSync(path, bytes);
  process.stdout.write(`${relative(process.cwd(), path)} ${Math.round(bytes.length / 1_000)} kB\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
