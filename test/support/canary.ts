import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The forms in which words could lie in a file or a log. */
function formsOf(canary: string): readonly Buffer[] {
  const bytes = Buffer.from(canary);
  // Base64 of a text depends on where in a group of three bytes it begins: the middle is the same in each.
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/u, '')
      .slice(shift === 0 ? 0 : 4, -4),
  );
  const words = [
    canary,
    ...base64,
    bytes.toString('hex'),
    encodeURIComponent(canary),
    JSON.stringify(canary).slice(1, -1),
  ];
  const ascii = canary.replace(/[^\p{ASCII}]/gu, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return [...new Set([...words, ascii])].map((form) => Buffer.from(form)).concat([Buffer.from(canary, 'utf16le')]);
}

/** Which of these words lie in any file below a folder, or in the text, in any form. */
export function canariesIn(canaries: readonly string[], folder: string, printed: string): readonly string[] {
  const places = [Buffer.from(printed), ...filesBelow(folder).map((path) => readFileSync(path))];
  return canaries.filter((canary) => formsOf(canary).some((form) => places.some((place) => place.includes(form))));
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
