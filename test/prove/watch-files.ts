import { lstatSync, readdirSync, readFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { Search, Sighting } from './search';

export interface FileFinding {
  readonly place: string;
  readonly where: 'content' | 'name';
  readonly sighting: Sighting;
}

export interface FileWatch {
  /** Looks at every file that is new, or is not as it was. */
  look(more: ReadonlySet<string>): { readonly findings: readonly FileFinding[]; readonly changed: readonly string[] };
}

const MOST_BYTES = 256 * 1024 * 1024;

/** Remembers how the files below these folders are; `besides`: folders that are passed over. */
export function watchFiles(folders: readonly string[], besides: readonly string[], search: Search): FileWatch {
  const passed = new Set(besides);
  const before = signatures(folders, passed);
  return {
    look(more) {
      const after = signatures(folders, passed);
      for (const path of more) {
        const stats = statOf(path);
        if (stats?.isFile() === true && !after.has(path)) after.set(path, 'written');
      }
      const changed = [...after].filter(([path, signature]) => before.get(path) !== signature).map(([path]) => path);
      const findings = changed.flatMap((path): FileFinding[] => {
        const named = search.in(Buffer.from(path));
        const held = search.inFile(contentOf(path));
        return [
          ...(named === undefined ? [] : [{ place: path, where: 'name' as const, sighting: named }]),
          ...(held === undefined ? [] : [{ place: path, where: 'content' as const, sighting: held }]),
        ];
      });
      return { findings, changed };
    },
  };
}

/** Size, times and inode of every file and folder: what is written anew has others. */
function signatures(folders: readonly string[], besides: ReadonlySet<string>): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (folder: string): void => {
    let names: readonly string[];
    try {
      names = readdirSync(folder);
    } catch {
      return;
    }
    for (const name of names) {
      const path = join(folder, name);
      if (besides.has(path)) continue;
      const stats = statOf(path);
      if (stats === undefined) continue;
      if (stats.isDirectory()) {
        found.set(path, `folder ${stats.ino}`);
        visit(path);
      } else found.set(path, `${stats.ino} ${stats.size} ${stats.mtimeMs} ${stats.ctimeMs}`);
    }
  };
  for (const folder of folders) visit(folder);
  return found;
}

function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}

function contentOf(path: string): Buffer {
  const stats = statOf(path);
  if (stats?.isFile() !== true || stats.size > MOST_BYTES) return Buffer.alloc(0);
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}
