import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What `build/positions.mts` makes of the bundle's source map. */
interface Table {
  readonly files: readonly string[];
  /** By line of the bundle: column, file (-1: code of others) and line, over and over. */
  readonly lines: Readonly<Record<string, readonly number[]>>;
}

/** A stack is read no further. */
const MOST_CHARACTERS = 32 * 1024;
const OWN = /^(?:src|adapters)\/[\w./-]+:\d+$/u;

/** Positions that were found: no more than the table has. */
const found = new Set<string>();

/** Whether a word is a position in dejiren's own code, at which an error was found. */
export function isPosition(word: string): boolean {
  return found.has(word);
}

/**
 * Makes what tells where in dejiren's own code an error came from, e.g. `src/dispatch/dispatcher.ts:182`: the innermost
 * frame of its stack that is ours. Undefined where there is none, and where the program was not built. Never throws.
 *
 * A stack holds the error's message, and names of functions and files, all of which may be words of somebody's. Nothing
 * of it is taken but two numbers, line and column, from frames of the very file that runs; the name is our own, from the
 * table that was made when the program was built.
 *
 * @example
 * const positionOf = createPositions({ program: __filename, readTable: () => readFileSync(path, 'utf8') });
 * log.error('turn-broke', { position: positionOf(error) });
 */
export function createPositions(parts: {
  /** The file that runs, as stacks name it. */
  readonly program: string;
  /** Read at the first error, and kept. */
  readonly readTable: () => string;
}): (error: unknown) => string | undefined {
  let table: Table | undefined;
  const known = (): Table => {
    table ??= JSON.parse(parts.readTable()) as Table;
    return table;
  };
  return (error) => {
    try {
      for (const [line, column] of framesOf(error, parts.program)) {
        const position = positionAt(known(), line, column);
        if (position !== undefined) return position;
      }
    } catch {
      // An error that breaks whoever looks at it, or no table.
    }
    return undefined;
  };
}

/** Of the program that runs. */
export const positionOf = createPositions({
  program: __filename,
  readTable: () => readFileSync(join(dirname(__filename), 'positions.json'), 'utf8'),
});

/** Line and column, both from 1, of every frame in the program's file, the innermost first. */
function* framesOf(error: unknown, program: string): Generator<readonly [line: number, column: number]> {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return;
  const stack = error.stack.slice(0, MOST_CHARACTERS);
  // Frames stand after the message, which could have lines that look like some.
  const message = stack.indexOf(String(error.message));
  const frames = message < 0 ? '' : stack.slice(message + String(error.message).length);
  for (const frame of frames.split('\n')) {
    const at = frame.startsWith('    at ') ? frame.indexOf(`${program}:`) : -1;
    const [, line, column] =
      at < 0 ? [] : (/^(\d{1,7}):(\d{1,9})\)?$/u.exec(frame.slice(at + program.length + 1)) ?? []);
    if (line !== undefined && column !== undefined) yield [Number(line), Number(column)];
  }
}

/** The last entry of the line that begins at the column or before it. */
function positionAt({ files, lines }: Table, line: number, column: number): string | undefined {
  const entries = lines[line] ?? [];
  let [low, high] = [0, entries.length / 3];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle * 3] ?? 0) < column) low = middle + 1;
    else high = middle;
  }
  const file = files[entries[(low - 1) * 3 + 1] ?? -1];
  const position = `${file}:${entries[(low - 1) * 3 + 2]}`;
  if (file === undefined || position.length > 120 || !OWN.test(position)) return undefined;
  found.add(position);
  return position;
}
