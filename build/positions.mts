import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import process from 'node:process';
import { decode } from '@jridgewell/sourcemap-codec';

/**
 * Makes the table by which the program tells where in its own code an error came from (`src/log/position.ts`): of a
 * bundle's source map, what leads to dejiren's own files, by line. The map itself would take half a second and 60 MB to
 * be read, in the midst of people's answers.
 *
 * Run as: node build/positions.mts MAP TABLE; the map is taken away.
 */
const [mapPath = '', tablePath = ''] = process.argv.slice(2);

interface SourceMap {
  readonly sources: readonly string[];
  readonly mappings: string;
}

const { sources, mappings }: SourceMap = JSON.parse(readFileSync(mapPath, 'utf8'));
const files: string[] = [];
/** By the map's number of a source: its number in the table; -1 for code of others. */
const numbers = sources.map((source) => {
  const file = relative(process.cwd(), resolve(dirname(mapPath), source));
  return /^(?:src|adapters)\//u.test(file) ? files.push(file) - 1 : -1;
});

/** For each line of the bundle, its positions in order: column, file and line, over and over. */
const lines: Record<number, number[]> = {};
for (const [index, segments] of decode(mappings).entries()) {
  const line: number[] = [];
  let [lastFile, lastLine] = [-1, 0];
  for (const [column, source, sourceLine] of segments) {
    const file = source === undefined ? -1 : (numbers[source] ?? -1);
    const ownLine = file < 0 ? 0 : (sourceLine ?? 0) + 1;
    if (file === lastFile && ownLine === lastLine) continue;
    line.push(column, file, ownLine);
    [lastFile, lastLine] = [file, ownLine];
  }
  if (line.length > 0) lines[index + 1] = line;
}
writeFileSync(tablePath, JSON.stringify({ files, lines }));
rmSync(mapPath);
