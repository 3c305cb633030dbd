import { lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Search, Sighting } from './search';

export interface FileFinding {
  readonly place: string;
  readonly where: 'content' | 'name';
  readonly sighting: Sighting;
}

export interface FileWatch {
  /**
   * Looks at every file that is new, or is not as it was. `written`: every path that the program opened to write to, or
   * gave to a file, where that is known. `changed` has its own files alone: other programs write to the same machine.
   */
  look(written: ReadonlySet<string> | undefined): {
    readonly findings: readonly FileFinding[];
    readonly changed: readonly string[];
  };
}

export interface WatchedFolders {
  /** The program's, and nobody else's. */
  readonly own: string;
  /** Where the program itself lies. */
  readonly beside: string;
}

const MOST_BYTES = 256 * 1024 * 1024;
/** Of files that may be another program's. */
const MOST_FOREIGN_BYTES = 8 * 1024 * 1024;
/** Places that every program may write to. */
const SHARED = ['/dev/shm', '/var/tmp', '/run/lock', '/var/log'] as const;

/** Remembers how the files in these folders, and in those that all programs share, are now. */
export function watchFiles(
  { own, beside }: WatchedFolders,
  search: Search,
  shared: readonly string[] = SHARED,
): FileWatch {
  const folders = [own, beside, ...shared];
  const before = signatures(folders);
  const isWithin = (path: string, folder: string): boolean => path.startsWith(`${folder}/`);
  return {
    look(written = new Set()) {
      const paths = new Set([...written].map((path) => resolve(path)));
      const after = signatures(folders);
      for (const path of paths) if (statOf(path)?.isFile() === true && !after.has(path)) after.set(path, 'written');
      const changed = [...after].filter(([path, signature]) => before.get(path) !== signature).map(([path]) => path);
      const isOwn = (path: string): boolean => isWithin(path, own) || paths.has(path);
      const findings = changed.flatMap((path): FileFinding[] => {
        const named = search.in(Buffer.from(path));
        const held = search.inFile(contentOf(path, isOwn(path) ? MOST_BYTES : MOST_FOREIGN_BYTES));
        return [
          ...(named === undefined ? [] : [{ place: path, where: 'name' as const, sighting: named }]),
          ...(held === undefined ? [] : [{ place: path, where: 'content' as const, sighting: held }]),
        ];
      });
      return { findings, changed: changed.filter(isOwn) };
    },
  };
}

/** Size, times and inode of every file and folder: what is written anew has others. */
function signatures(folders: readonly string[]): Map<string, string> {
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

function contentOf(path: string, mostBytes: number): Buffer {
  const stats = statOf(path);
  try {
    if (stats?.isSymbolicLink() === true) return Buffer.from(readlinkSync(path));
    if (stats?.isFile() !== true || stats.size > mostBytes) return Buffer.alloc(0);
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}
