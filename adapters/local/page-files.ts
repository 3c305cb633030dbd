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

export const PAGE_FILES: readonly PageFile[] = [
  { path: '/', name: 'index.html', type: 'text/html; charset=utf-8', reach: 'open' },
  { path: '/local/app.js', name: 'app.js', type: 'text/javascript; charset=utf-8', reach: 'own' },
  { path: '/local/style.css', name: 'style.css', type: 'text/css; charset=utf-8', reach: 'own' },
];

/** Reads the built page into memory. Rejects where it was not built. */
export async function readPageFiles(folder: string): Promise<ReadonlyMap<PageFile, Buffer>> {
  const read = PAGE_FILES.map(async (file) => [file, await readFile(join(folder, file.name))] as const);
  return new Map(await Promise.all(read));
}

export function sendPageFile(response: ServerResponse, { type }: PageFile, content: Buffer): void {
  response.writeHead(200, { ...SECURITY_HEADERS, 'content-type': type, 'content-length': content.length });
  response.end(content);
}
