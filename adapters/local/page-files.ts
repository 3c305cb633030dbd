import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Reach } from '../kit/this-machine';
import { SECURITY_HEADERS } from './guard';

/** A file of the page: where it is asked for, and what it is. */
export interface PageFile {
  readonly path: string;
  readonly name: string;
  readonly type: string;
  readonly reach: Reach;
}

/** What formulas are set in. */
const FONTS = [
  ...['AMS-Regular', 'Caligraphic-Bold', 'Caligraphic-Regular', 'Fraktur-Bold', 'Fraktur-Regular', 'Main-Bold'],
  ...['Main-BoldItalic', 'Main-Italic', 'Main-Regular', 'Math-BoldItalic', 'Math-Italic', 'SansSerif-Bold'],
  ...['SansSerif-Italic', 'SansSerif-Regular', 'Script-Regular', 'Size1-Regular', 'Size2-Regular', 'Size3-Regular'],
  ...['Size4-Regular', 'Typewriter-Regular'],
];

const INDEX: PageFile = { path: '/', name: 'index.html', type: 'text/html; charset=utf-8', reach: 'open' };

export const PAGE_FILES: readonly PageFile[] = [
  INDEX,
  ...['app', 'chunk', 'code', 'maths'].map((name) => own(`${name}.js`, 'text/javascript; charset=utf-8')),
  ...['style', 'maths'].map((name) => own(`${name}.css`, 'text/css; charset=utf-8')),
  ...FONTS.map((name) => own(`KaTeX_${name}.woff2`, 'font/woff2')),
];

function own(name: string, type: string): PageFile {
  return { path: `/local/${name}`, name, type, reach: 'own' };
}

/** The built page. Each file is read when it is first asked for, and kept. */
export interface PageFolder {
  /** Rejects where the page was not built. */
  check(): Promise<void>;
  /** Undefined where there is no such file. */
  read(file: PageFile): Promise<Buffer | undefined>;
}

export function openPageFolder(folder: string): PageFolder {
  const kept = new Map<PageFile, Buffer>();
  async function load(file: PageFile): Promise<Buffer> {
    const content = kept.get(file) ?? (await readFile(join(folder, file.name)));
    kept.set(file, content);
    return content;
  }
  return {
    async check() {
      await load(INDEX);
    },
    read: (file) => load(file).catch(() => undefined),
  };
}

export function sendPageFile(response: ServerResponse, { type }: PageFile, content: Buffer): void {
  response.writeHead(200, { ...SECURITY_HEADERS, 'content-type': type, 'content-length': content.length });
  response.end(content);
}
