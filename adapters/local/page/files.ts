/** Files of one message, and bytes of all of them: what dejiren takes, which grows by a third on the way. */
const MOST_FILES = 10;
const MOST_BYTES = 11 * 1024 * 1024;

export function fitsInOneMessage(files: readonly File[]): boolean {
  return files.length <= MOST_FILES && files.reduce((sum, { size }) => sum + size, 0) <= MOST_BYTES;
}

/** A file as the page posts it. */
export async function asPosted(file: File): Promise<{ name: string; mediaType: string; data: string }> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return { name: file.name, mediaType: file.type || typeByName(file.name), data: btoa(binary) };
}

/** More arguments than this a function call cannot take. */
const CHUNK = 8_192;

/** Browsers do not know some kinds of text. */
function typeByName(name: string): string {
  return /\.(md|csv|tsv|log|ya?ml|toml|ini|ts|py|rb|go|rs|java|c|h|cpp|sql|sh)$/iu.test(name) ? 'text/plain' : '';
}
