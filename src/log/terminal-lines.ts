import process from 'node:process';
import type { DestinationStream } from 'pino';

/** Writes the log's JSON lines as short ones, for a person at a terminal: `10:20:30 info turn-ended code=answered`. */
export function createTerminalLines(write: (line: string) => unknown = (line) => process.stdout.write(line)) {
  return {
    write(json: string): void {
      write(shortLine(json));
    },
  } satisfies DestinationStream;
}

const LEVELS: Readonly<Record<string, string>> = { 20: 'debug', 30: 'info', 40: 'warn', 50: 'error' };

function shortLine(json: string): string {
  const { level, time, event, ...fields }: Record<string, string | number> = JSON.parse(json);
  const rest = Object.entries(fields).map(([name, value]) => ` ${name}=${value}`);
  return `${String(time).slice(11, 19)} ${LEVELS[String(level)] ?? level} ${event}${rest.join('')}\n`;
}
